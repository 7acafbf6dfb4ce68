"""Truth made by hand, and what an audit says of it: every figure is known."""

import datetime as dt

from connectors.labels import Label
from sagstjek.cpr import Cpr
from sagstjek.findings import Because, Finding, Outcome
from sagstjek.people import Employment
from sagstjek.shapes import CprBasis, Part, Reason, Status, unreadable

NANCY, OTTO = Cpr("2512489996"), Cpr("0108589995")


def label(document, code, pages=(None, None), **more):
    return Label(code, document, first_page=pages[0], last_page=pages[1], **({"cpr": NANCY} | more))


def part(number, code, pages=(None, None), status=Status.ACCEPTED, candidates=None, **more):
    length = pages[1] - pages[0] + 1 if pages[0] else 0
    given = {"cpr": NANCY, "cpr_basis": CprBasis.TEXT, "pages": length, "confidence": 0.9}
    return Part(
        number,
        first_page=pages[0],
        last_page=pages[1],
        type=code,
        status=status,
        candidates=candidates or (code,),
        **(given | more),
    )


def finding(number, outcome, requirement="r"):
    employment = Employment(str(number), NANCY, "Nancy", dt.date(2011, 5, 3))
    return Finding(employment, requirement, outcome, Because.NOTHING_FOUND)


LABELS = [
    label("A", "cv", extra=(("template", "cv-b07"), ("format", "pdf"))),  # right and accepted
    label("B", "mus", (1, 2), extra=(("template", "mus-ct01"), ("traps", "bundle|rotated"))),  # cut one page late
    label("B", "ferie", (3, 5), cpr=OTTO, extra=(("misfiled", "yes"),)),
    label("C", "pension"),  # taken for something else, but the truth is in the set
    label("D", "orlov"),  # could not be read
    label("E", "cv", member="a.pdf"),  # the attachment is right, the mail beside it too
    label("E", "andet"),
    label("F", "barsel"),  # not in the audit at all
]
PARTS = {
    "A": (part(1, "cv"),),
    "B": (part(1, "mus", (1, 3)), part(2, "ferie", (4, 5), cpr=OTTO, misfiled=True)),
    "C": (part(1, "loenaftale", status=Status.REVIEW, candidates=("loenaftale", "pension"), confidence=0.3),),
    "D": (unreadable(1, Reason.ENCRYPTED),),
    "E": (part(1, "andet", misfiled=True), part(2, "cv", member="a.pdf", cpr=OTTO)),
}
TRUE_GAPS = [
    *(finding(n, Outcome.MISSING) for n in range(4)),
    *(finding(n, Outcome.FULFILLED) for n in range(4, 9)),
    finding(9, Outcome.LATE),
    finding(0, Outcome.FORBIDDEN, "f"),
]
SAID_GAPS = [
    finding(0, Outcome.MISSING),
    finding(1, Outcome.MISSING),
    finding(2, Outcome.UNCERTAIN),
    finding(3, Outcome.FULFILLED),
    finding(4, Outcome.MISSING),
    *(finding(n, Outcome.FULFILLED) for n in range(5, 9)),
    finding(9, Outcome.LATE),
    finding(1, Outcome.FORBIDDEN, "f"),
]
