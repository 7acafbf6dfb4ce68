"""A small audit made by hand: accepted, reviewed and misfiled parts, and requirements that were not found."""

import datetime as dt

from jobs.checking.draw import draw
from jobs.checking.rows import Archive
from sagstjek.cpr import Cpr
from sagstjek.findings import Because, Finding, Outcome
from sagstjek.people import Employment
from sagstjek.shapes import Document, Part, Reading, Reason, Status

NANCY, OTTO = Cpr("2512489996"), Cpr("0108589995")
DAY = dt.date(2026, 11, 25)
PEOPLE = (
    Employment("E1", NANCY, "Nancy Ann Berggren", dt.date(2011, 5, 3), case_id="S1"),
    Employment("E2", OTTO, "=Otto", dt.date(2012, 5, 3)),
)
CASES = {"S1": NANCY, "S2": OTTO, "S3": None}
TITLES = {"cv": "CV skal findes", "mus": "MUS hvert år"}


def part(number, code="cv", status=Status.ACCEPTED, candidates=None, **more):
    given = {"confidence": 0.99, "cpr": NANCY, "candidates": candidates or (code,)}
    return Part(number, type=code, status=status, **(given | more))


def readings():
    """Forty documents of two parts on the case of Nancy, some on that of Otto."""
    doubt = {"status": Status.REVIEW, "candidates": ("mus", "ferie", "barsel"), "confidence": 0.4}
    for n in range(40):
        yield (
            Document(f"D{n}", f"files/{n}.pdf", "S1", NANCY, title=f"Titel {n}"),
            Reading(f"D{n}", "c", "v", (part(1, first_page=1, last_page=2), part(2, "mus", **doubt))),
        )
    strays = (part(1, "orlov", cpr=NANCY, misfiled=True), part(2, "ferie", cpr=OTTO, confidence=0.7))
    lost = Part(3, status=Status.UNREADABLE, reason=Reason.ENCRYPTED)
    yield Document("D90", "files/90.pdf", "S2", OTTO), Reading("D90", "c", "v", (*strays, lost))


def findings():
    """Nancy has a CV and no MUS; Otto has nothing."""
    return [
        Finding(PEOPLE[0], "cv", Outcome.FULFILLED, Because.ACCEPTED, ("cv",), 0.99, "D0#1"),
        Finding(PEOPLE[0], "mus", Outcome.MISSING, Because.NOTHING_FOUND, ("mus",), 0.9),
        Finding(PEOPLE[1], "cv", Outcome.MISSING, Because.NOTHING_FOUND, ("cv",), 0.8),
        Finding(PEOPLE[1], "mus", Outcome.UNCERTAIN, Because.NOT_FULLY_READ, ("mus",), 0.0),
    ]


def sample(n=30, seed=1):
    return draw(readings(), findings(), "basis", DAY, n, seed)


def archive():
    return Archive(list(readings()), PEOPLE, CASES, TITLES)
