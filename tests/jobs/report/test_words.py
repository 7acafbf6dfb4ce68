"""Why a finding is what it is, in sentences that are true and good Danish."""

import datetime as dt

import pytest

from jobs.report.words import action, type_names, why
from sagstjek.cpr import Cpr
from sagstjek.findings import Because, Finding, Outcome
from sagstjek.people import Employment
from sagstjek.requirements import FOREVER, Forbidden, Requirement, Valid, Window

HIRED = Employment("1", Cpr("2512489996"), "Nancy Berggren", dt.date(2011, 5, 3))
RULE = Requirement("r", "Attest", ("boerneattest", "cv"))
YEARLY, AROUND = Valid(12), Window("orlov_start", 28, 28)


def said(because, language="da", rule=RULE, types=("boerneattest", "cv"), **more):
    return why(Finding(HIRED, rule.id, Outcome.MISSING, because, types, **more), rule, language)


def test_types_stand_as_common_nouns_in_a_sentence():
    assert said(Because.CANDIDATE_UNDER_REVIEW, evidence="20#3") == (
        "Dokument 20, del 3, er måske børneattest eller CV; se på det."
    )
    assert type_names(("boerneattest", "mus"), "da") == "Børneattest eller MUS/udviklingssamtale"


@pytest.mark.parametrize(
    ("dated", "valid", "ending"),
    [
        (None, FOREVER, "er børneattest eller CV."),
        (AROUND, FOREVER, "er børneattest eller CV fra det tidsrum, som kravet handler om."),
        (None, YEARLY, "er børneattest eller CV og gælder endnu."),
    ],
)
def test_nothing_found_claims_no_more_than_was_looked_for(dated, valid, ending):
    rule = Requirement("r", "Attest", RULE.types, dated=dated, valid=valid)
    assert said(Because.NOTHING_FOUND, rule=rule).endswith(ending)


@pytest.mark.parametrize("unread", [1, 3])
def test_counts_are_grammatical(unread):
    assert said(Because.NOT_FULLY_READ, unread=unread).startswith(
        f"{unread} af sagens dokumenter er ikke læst til ende"
    )


def test_days_are_in_words():
    late = {"evidence": "20#1", "due": dt.date(2011, 6, 3)}
    assert said(Because.DATED_TOO_LATE, **late) == "Dokument 20, del 1, er dateret efter fristen 3. juni 2011."
    assert said(Because.DATED_TOO_LATE, "en", **late).endswith("deadline 3 June 2011.")


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("because", Because)
def test_every_reason_has_words(because, language):
    text = said(because, language, field="timer", evidence="1#2", unread=2)
    assert text[0].isupper() or text[0].isdigit()
    assert text.endswith(".")
    assert "{" not in text


def test_actions():
    assert action(Outcome.MISSING, "medarbejder", "da") == "indhent hos medarbejderen"
    assert action(Outcome.FORBIDDEN, "slet", "da") == "foreslås slettet"
    assert action(Outcome.MISFILED, "leder", "da") == "flyt til den rette sag"


def test_a_forbidden_document_is_named():
    rule = Forbidden("f", "Straffeattest", ("straffeattest",))
    assert "er straffeattest og bør ikke" in said(Because.MUST_NOT_BE_HERE, rule=rule, types=rule.types, evidence="7#1")
