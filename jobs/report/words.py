"""Codes in the words of those who read the lists and the report: Danish, or English on request."""

import re
from typing import Final

from jobs.report.texts import load_texts
from sagstjek.findings import Because, Finding, Outcome
from sagstjek.requirements import FOREVER, Forbidden, Requirement, Severity
from sagstjek.taxonomy import taxonomy

Language = str

OUTCOMES: Final[dict[Language, dict[Outcome, str]]] = {
    "da": {
        Outcome.FULFILLED: "opfyldt",
        Outcome.MISSING: "ikke fundet på sagen",
        Outcome.MISFILED: "ligger på en anden sag",
        Outcome.LATE: "for sent",
        Outcome.EXPIRED: "udløbet",
        Outcome.UNCERTAIN: "usikker",
        Outcome.UNASSESSABLE: "kan ikke vurderes",
        Outcome.FORBIDDEN: "bør ikke ligge her",
    },
    "en": {
        Outcome.FULFILLED: "fulfilled",
        Outcome.MISSING: "not found on the case",
        Outcome.MISFILED: "lies on another case",
        Outcome.LATE: "late",
        Outcome.EXPIRED: "expired",
        Outcome.UNCERTAIN: "uncertain",
        Outcome.UNASSESSABLE: "cannot be assessed",
        Outcome.FORBIDDEN: "should not be here",
    },
}

MARKS: Final = {Severity.CRITICAL: "▲", Severity.MAJOR: "◆", Severity.MINOR: "●"}
"""A mark beside the word, so that severity shows without colour."""

_BECAUSE: Final[dict[Language, dict[Because, str]]] = {
    "da": {
        Because.ACCEPTED: "Dokumentet er fundet.",
        Because.NOTHING_FOUND: "Alle dokumenter på sagen er læst, og ingen af dem er {types}{wanted}.",
        Because.NO_CASE: "Der er ikke fundet nogen sag for ansættelsen.",
        Because.UNREADABLE_DOCUMENTS: "{unread} af sagens dokumenter kunne ikke læses helt; "
        "{types} kan være blandt dem.",
        Because.NOT_FULLY_READ: "{unread} af sagens dokumenter er ikke læst til ende; {types} kan være blandt dem.",
        Because.CANDIDATE_UNDER_REVIEW: "{evidence} er måske {types}; se på det.",
        Because.TYPE_IN_SET: "{evidence} er nok noget andet, men kan være {types}; se på det.",
        Because.PERSON_UNCERTAIN: "{evidence} er {types}, men det er ikke sikkert, hvem det handler om.",
        Because.ON_OTHER_CASE: "{evidence} er {types} for medarbejderen, men ligger på en anden sag.",
        Because.DATED_TOO_LATE: "{evidence} er dateret efter fristen{due}.",
        Because.DATE_UNKNOWN: "{evidence} er fundet, men bærer ingen læselig dato.",
        Because.NO_LONGER_VALID: "{evidence} gælder ikke længere.",
        Because.FIELD_EMPTY: "Medarbejderlistens felt '{field}' er tomt, så det vides ikke, om kravet gælder.",
        Because.MUST_NOT_BE_HERE: "{evidence} er {types} og bør ikke ligge på sagen.",
    },
    "en": {
        Because.ACCEPTED: "The document was found.",
        Because.NOTHING_FOUND: "Every document of the case was read, and none is {types}{wanted}.",
        Because.NO_CASE: "No case was found for the employment.",
        Because.UNREADABLE_DOCUMENTS: "{unread} of the documents of the case could not be read in full; "
        "{types} may be among them.",
        Because.NOT_FULLY_READ: "{unread} of the documents of the case were not read to the end; "
        "{types} may be among them.",
        Because.CANDIDATE_UNDER_REVIEW: "{evidence} may be {types}; have a look.",
        Because.TYPE_IN_SET: "{evidence} is probably something else, but may be {types}; have a look.",
        Because.PERSON_UNCERTAIN: "{evidence} is {types}, but it is not certain whom it is about.",
        Because.ON_OTHER_CASE: "{evidence} is {types} of this employee, but lies on another case.",
        Because.DATED_TOO_LATE: "{evidence} is dated after the deadline{due}.",
        Because.DATE_UNKNOWN: "{evidence} was found, but bears no legible date.",
        Because.NO_LONGER_VALID: "{evidence} is no longer valid.",
        Because.FIELD_EMPTY: "The roster field '{field}' is empty, so it is not known whether the requirement applies.",
        Because.MUST_NOT_BE_HERE: "{evidence} is {types} and should not lie on the case.",
    },
}

_ACTIONS: Final[dict[Language, dict[Outcome, str]]] = {
    "da": {
        Outcome.MISSING: "indhent hos {ask}",
        Outcome.MISFILED: "flyt til den rette sag",
        Outcome.LATE: "bekræft eller undtag",
        Outcome.EXPIRED: "indhent nyt hos {ask}",
        Outcome.UNCERTAIN: "se efter og bekræft",
        Outcome.UNASSESSABLE: "udfyld feltet på medarbejderlisten",
    },
    "en": {
        Outcome.MISSING: "obtain from {ask}",
        Outcome.MISFILED: "move to the right case",
        Outcome.LATE: "confirm or exempt",
        Outcome.EXPIRED: "obtain a new one from {ask}",
        Outcome.UNCERTAIN: "look and confirm",
        Outcome.UNASSESSABLE: "fill in the roster field",
    },
}

_ASKED: Final[dict[Language, dict[str, str]]] = {
    "da": {"leder": "lederen", "medarbejder": "medarbejderen", "myndighed": "myndigheden"},
    "en": {"leder": "the manager", "medarbejder": "the employee", "myndighed": "the authority"},
}

_FORBIDDEN: Final[dict[Language, dict[str, str]]] = {
    "da": {"slet": "foreslås slettet", "vurder": "vurdér", "flyt": "foreslås flyttet"},
    "en": {"slet": "proposed for deletion", "vurder": "assess", "flyt": "proposed to be moved"},
}


def type_names(codes: tuple[str, ...], language: Language) -> str:
    """Return the names of document types, joined as in a sentence."""
    known = taxonomy()
    names = [known[code].name if language == "da" else known[code].en for code in codes if code in known]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {'eller' if language == 'da' else 'or'} {names[-1]}"


def why(finding: Finding, rule: Requirement | Forbidden, language: Language) -> str:
    """Return in a sentence why a finding is what it is."""
    said = _BECAUSE[language][finding.because].format(
        types=_in_sentence(type_names(finding.types, language)),
        evidence=_document(finding.evidence, language),
        field=finding.field,
        unread=finding.unread,
        wanted=_wanted(rule, language),
        due=f" {load_texts(language).day(finding.due)}" if finding.due else "",
    )
    return said[:1].upper() + said[1:]


def _document(evidence: str, language: Language) -> str:
    """Return `document_id#part` in words."""
    document_id, _, part = evidence.rpartition("#")
    return f"dokument {document_id}, del {part}," if language == "da" else f"document {document_id}, part {part},"


def _in_sentence(names: str) -> str:
    """Return names of types as common nouns: small, but for CV and MUS."""
    return re.sub(r"(?<![\w/])[A-ZÆØÅ](?=[a-zæøå])", lambda capital: capital[0].lower(), names)


def _wanted(rule: Requirement | Forbidden, language: Language) -> str:
    """Return what a document must be beside its type: others of that type may lie on the case."""
    if not isinstance(rule, Requirement) or (rule.dated is None and rule.valid == FOREVER):
        return ""
    of_time, valid = {
        "da": (" fra det tidsrum, som kravet handler om", " og gælder endnu"),
        "en": (" from the time that the requirement is about", " and still valid"),
    }[language]
    return f"{of_time if rule.dated else ''}{'' if rule.valid == FOREVER else valid}"


def action(outcome: Outcome, ask_or_action: str, language: Language) -> str:
    """Return what is proposed to be done.

    Args:
        ask_or_action: whom the requirement asks, or what the prohibition proposes.
    """
    if outcome is Outcome.FORBIDDEN:
        return _FORBIDDEN[language].get(ask_or_action, ask_or_action)
    asked = _ASKED[language].get(ask_or_action, ask_or_action)
    return _ACTIONS[language].get(outcome, "").format(ask=asked)
