"""Decided again: as if read again with the new model, or read again where that cannot be."""

import dataclasses
import datetime as dt
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from doubles.classifiers import ScriptedClassifier

from pipeline.again import Anew, decide_again
from pipeline.attribute import People
from sagstjek.cpr import Cpr
from sagstjek.people import Employment
from sagstjek.shapes import CprBasis, Document, Mention, Part, Reading, Reason, Role, Status, unreadable

NANCY, BO = Cpr("2512489996"), Cpr("0108589995")
DOCUMENT = Document("1", "1.pdf", case_id="S1", case_cpr=NANCY)
HERE = Mention(NANCY, CprBasis.TEXT, Role.SUBJECT, 0.99)
STRANGER = Mention(BO, CprBasis.TEXT, Role.SUBJECT, 0.8)
PEOPLE = People.of([Employment("E1", NANCY, "Nancy Berggren", dt.date(2010, 1, 4))])
BOTH = People.of(
    [
        Employment("E1", NANCY, "Nancy Berggren", dt.date(2010, 1, 4)),
        Employment("E2", BO, "Bo Holm", dt.date(2010, 1, 4)),
    ]
)
PART = Part(
    1, type="cv", confidence=0.95, candidates=("cv",), status=Status.ACCEPTED, evidence=b"orlov", mentions=(HERE,)
)


def again(*parts, words=None, accept_at=0.9, people=PEOPLE, renamed=()):
    classifier = ScriptedClassifier(words or {"orlov": ("orlov", 0.97)})
    anew = Anew(classifier, accept_at, people, renamed)
    (found,) = decide_again([(DOCUMENT, Reading("1", "c", "v", parts))], anew)
    return found and found.parts


def test_another_model_gives_another_type_and_keeps_the_rest():
    (part,) = again(dataclasses.replace(PART, document_date=dt.date(2020, 1, 1)))
    assert (part.type, part.confidence, part.candidates, part.status) == ("orlov", 0.97, ("orlov",), Status.ACCEPTED)
    assert part.document_date == dt.date(2020, 1, 1)


def test_another_threshold():
    (part,) = again(PART, accept_at=0.99)
    assert (part.status, part.reason) == (Status.REVIEW, Reason.LOW_CONFIDENCE)


def test_read_in_part_and_no_longer_settled_is_read_again():
    assert again(dataclasses.replace(PART, whole=False), accept_at=0.99) is None
    assert again(dataclasses.replace(PART, whole=False)) is not None


def test_poor_text_stays_poor():
    (part,) = again(dataclasses.replace(PART, status=Status.REVIEW, reason=Reason.POOR_TEXT))
    assert (part.status, part.reason) == (Status.REVIEW, Reason.POOR_TEXT)


def test_without_evidence_it_is_read_again():
    assert again(dataclasses.replace(PART, evidence=b"")) is None


def test_what_could_not_be_read_stays_so():
    lost = unreadable(1, Reason.ENCRYPTED)
    assert again(lost) == (lost,)


@pytest.mark.parametrize(("people", "misfiled"), [(PEOPLE, False), (BOTH, True)])
def test_a_number_that_is_now_on_the_roster_may_say_that_the_case_is_wrong(people, misfiled):
    (part,) = again(dataclasses.replace(PART, mentions=(STRANGER,)), people=people)
    assert part.misfiled is misfiled


def test_a_new_name_of_the_case_is_looked_for_where_no_number_says_enough():
    assert again(dataclasses.replace(PART, mentions=()), renamed={NANCY.digits}) is None
    assert again(PART, renamed={NANCY.digits}) is not None
