"""The truth beside what the audit says."""

import datetime as dt

from jobs.evaluation.pairs import pair_up, true_filed
from sagstjek.shapes import Document, Status
from tests.jobs.evaluation.truth import LABELS, NANCY, OTTO, PARTS, label


def test_parts_are_paired_with_what_covers_them_most():
    pairs = {(p.document_id, p.label.type): p for p in pair_up(LABELS, PARTS)}
    assert len(pairs) == len(LABELS)
    assert pairs["B", "mus"].part.number == 1
    assert pairs["B", "ferie"].part.number == 2
    assert not pairs["B", "ferie"].same_place
    assert pairs["B", "mus"].traps == ("bundle", "rotated")
    assert pairs["E", "cv"].part.member == "a.pdf"
    assert pairs["E", "cv"].same_place
    assert pairs["F", "barsel"].part is None
    assert not pairs["F", "barsel"].read
    assert not pairs["D", "orlov"].read


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
