"""Findings of a small audit, made by hand."""

import datetime as dt

from sagstjek.cpr import Cpr
from sagstjek.findings import Because, Finding, Outcome
from sagstjek.people import Employment
from sagstjek.requirements import Forbidden, Requirement, Severity
from sagstjek.rules import Rules
from sagstjek.shapes import Document, Part, Reading, Reason, Status, unreadable

DAY = dt.date(2026, 11, 23)
RULES = Rules(
    (
        Requirement("brev", "Ansættelsesbrev", ("ansaettelsesbrev",), ground="Lov 1", ground_confidence="hoej"),
        Requirement("attest", "Børneattest", ("boerneattest",), severity=Severity.CRITICAL),
        Requirement("mus", "MUS", ("mus",), severity=Severity.MINOR, ask="medarbejder"),
        Requirement("ingen", "Gælder for ingen", ("cv",)),
    ),
    (Forbidden("gammel", "Gammel attest", ("straffeattest",), action="slet"),),
    (Requirement("fra", "Slået fra", ("cv",)),),
    "abc",
)


def employment(number, unit="Skolen", name="Åse Sørensen", year=2011, **more):
    cpr = Cpr(f"2512{number % 90 + 10}{9000 + number % 900:04}")
    return Employment(f"a{number}", cpr, name, dt.date(year, 5, 3), unit=unit, case_id=f"s{number}", **more)


def finding(whom, requirement, outcome, because=Because.NOTHING_FOUND, confidence=0.9, **more):
    return Finding(whom, requirement, outcome, because, ("boerneattest",), confidence, **more)


def reading(number, *parts, case="s1", cpr=None, size=1000):
    document = Document(f"d{number}", "x", case, cpr, title="Hemmelig titel")
    return document, Reading(f"d{number}", "c", "v", parts, size=size)


def small_audit():
    """Return employments, findings and readings: every outcome once, and what lies wrong."""
    people = [employment(1), employment(2, "Børnehaven"), employment(3, "")]
    findings = [
        finding(people[0], "brev", Outcome.FULFILLED, Because.ACCEPTED),
        finding(people[0], "attest", Outcome.MISSING),
        finding(people[0], "gammel", Outcome.FORBIDDEN, Because.MUST_NOT_BE_HERE, evidence="d1#1"),
        finding(people[1], "brev", Outcome.LATE, Because.DATED_TOO_LATE, evidence="d2#1", due=dt.date(2011, 6, 3)),
        finding(people[1], "attest", Outcome.UNCERTAIN, Because.UNREADABLE_DOCUMENTS, unread=1),
        finding(people[1], "mus", Outcome.EXPIRED, Because.NO_LONGER_VALID, evidence="d2#1"),
        finding(people[2], "attest", Outcome.MISFILED, Because.ON_OTHER_CASE, evidence="d1#2"),
        finding(people[2], "mus", Outcome.UNASSESSABLE, Because.FIELD_EMPTY, field="ansættelsesform"),
    ]
    good = Part(1, media="pdf", type="cv", status=Status.ACCEPTED, pages=3, pages_read=1)
    other = Part(2, media="pdf", type="boerneattest", status=Status.REVIEW, pages=1, pages_read=1, misfiled=True)
    readings = [
        reading(1, good, other, cpr=people[0].cpr),
        reading(2, good, unreadable(2, Reason.UNSUPPORTED, member="a.bin", media="unknown"), case="s2"),
        reading(3, unreadable(1, Reason.ENCRYPTED, media="docx"), case="s9", cpr=Cpr("0108589995")),
        reading(4, unreadable(1, Reason.NOT_FOUND), case=""),
        reading(5, good, case="s8"),
    ]
    return people, findings, readings
