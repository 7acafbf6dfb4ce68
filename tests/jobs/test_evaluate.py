"""Figures on truth made by hand, where each of them is known."""

import datetime as dt
import re

from connectors.labels import Label
from jobs.evaluate import gap_lines, pair_up, part_lines, true_filed
from sagstjek.cpr import Cpr
from sagstjek.findings import Because, Finding, Outcome
from sagstjek.people import Employment
from sagstjek.shapes import CprBasis, Document, Part, Reason, Status, unreadable

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


LABELS = [
    label("A", "cv"),  # right and accepted
    label("B", "mus", (1, 2)),  # a bundle cut one page late
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
    "C": (part(1, "loenaftale", status=Status.REVIEW, candidates=("loenaftale", "pension")),),
    "D": (unreadable(1, Reason.ENCRYPTED),),
    "E": (part(1, "andet", misfiled=True), part(2, "cv", member="a.pdf", cpr=OTTO)),
}


def figures(lines):
    """Right and total of every share, by what the line says."""
    found = {}
    for line in lines:
        name = re.split(r" {2,}| (?=recall|precision)", line.strip())[0]
        shares = re.findall(r"([\d.]+) % \([\d.]+-[\d.]+, n = (\d+)\)", line)
        found[name] = [(round(float(value) / 100 * int(total)), int(total)) for value, total in shares]
    return found


def test_parts_are_paired_with_what_covers_them_most():
    pairs = {(p.document_id, p.label.type): p for p in pair_up(LABELS, PARTS)}
    assert len(pairs) == len(LABELS)
    assert pairs["B", "mus"].part.number == 1
    assert pairs["B", "ferie"].part.number == 2
    assert not pairs["B", "ferie"].same_place
    assert pairs["E", "cv"].part.member == "a.pdf"
    assert pairs["E", "cv"].same_place
    assert pairs["F", "barsel"].part is None
    assert not pairs["F", "barsel"].read
    assert not pairs["D", "orlov"].read


def test_figures_on_parts():
    found = figures(part_lines(list(pair_up(LABELS, PARTS)), PARTS))
    assert found == {
        "parts in truth": [],
        "could not be read": [(2, 8)],
        "type right, of those read": [(5, 6)],
        "accepted without a look": [(5, 6)],
        "type right, of those accepted": [(5, 5)],
        "truth in the prediction set": [(6, 6)],
        "page ranges exact": [(0, 2), (0, 2)],
        "person right": [(5, 6)],
        "misfiled": [(1, 1), (1, 2)],
        "confused most": [],
    }


def test_confusions_are_named():
    lines = list(part_lines(list(pair_up(LABELS, PARTS)), PARTS))
    assert lines[0].split()[-1] == "8"
    assert lines[-1].endswith("pension as loenaftale (1)")


def test_exact_page_ranges_count():
    labels = [label("B", "mus", (1, 3)), label("B", "ferie", (4, 5))]
    assert figures(part_lines(list(pair_up(labels, PARTS)), {"B": PARTS["B"]}))["page ranges exact"] == [(2, 2), (2, 2)]


def test_truth_is_filed_as_a_perfect_audit_would_see_it():
    documents = {"B": Document("B", "x", "S1", NANCY), "A": Document("A", "y", "S1", NANCY)}
    extra = (("document_date", "2011-05-03"), ("valid_until", ""), ("duplicate_of", "A#1"))
    labels = [*LABELS[1:3], label("A", "cv", cpr=None, extra=extra)]
    filed = list(true_filed(labels, documents))
    assert [f.ref for f in filed] == ["B#1", "B#1", "A#1"]
    assert filed[1].part.misfiled
    assert filed[1].part.cpr == OTTO
    copy = filed[2].part
    assert (copy.cpr, copy.status, copy.duplicate_of) == (NANCY, Status.DUPLICATE, "A#1")
    assert copy.document_date == dt.date(2011, 5, 3)


def test_labels_of_documents_that_left_the_index_are_passed_over():
    assert list(true_filed(LABELS, {})) == []


def finding(number, outcome, requirement="r"):
    employment = Employment(str(number), NANCY, "Nancy", dt.date(2011, 5, 3))
    return Finding(employment, requirement, outcome, Because.NOTHING_FOUND)


def test_figures_on_gaps():
    truth = [
        *(finding(n, Outcome.MISSING) for n in range(4)),
        *(finding(n, Outcome.FULFILLED) for n in range(4, 9)),
        finding(9, Outcome.LATE),
        finding(0, Outcome.FORBIDDEN, "f"),
    ]
    said = [
        finding(0, Outcome.MISSING),
        finding(1, Outcome.MISSING),
        finding(2, Outcome.UNCERTAIN),
        finding(3, Outcome.FULFILLED),
        finding(4, Outcome.MISSING),
        *(finding(n, Outcome.FULFILLED) for n in range(5, 9)),
        finding(9, Outcome.LATE),
        finding(1, Outcome.FORBIDDEN, "f"),
    ]
    lines = list(gap_lines(said, truth))
    assert figures(lines) == {
        "requirements held against people": [],
        "reported missing, really so": [(2, 3)],
        "really missing, reported so": [(2, 4)],
        "really missing, not warned of": [(1, 4)],
        "uncertain": [(1, 10)],
        "outcome exactly right": [(7, 10)],
    }
    assert lines[0].endswith("10, of them really missing 4")
