"""Figures on truth made by hand, where each of them is known."""

import pytest

from jobs.evaluation.figures import measure_gaps, measure_parts
from jobs.evaluation.pairs import pair_up
from models.evaluate import Share
from tests.jobs.evaluation.truth import LABELS, PARTS, SAID_GAPS, TRUE_GAPS, label


def parts(labels=LABELS, found=PARTS):
    return measure_parts(list(pair_up(labels, found)), found)


def test_figures_on_parts():
    found = parts()
    assert found.total == 8
    assert found.unread == Share(2, 8)
    assert found.right == Share(5, 6)
    assert (found.accepted, found.accepted_right) == (Share(5, 6), Share(5, 5))
    assert found.covered == Share(6, 6)
    assert (found.exact, found.exact_precision, found.bundles) == (Share(0, 2), Share(0, 2), Share(0, 2))
    assert found.person == Share(5, 6)
    assert (found.misfiled, found.misfiled_precision) == (Share(1, 1), Share(1, 2))
    assert found.confusions == (("pension", "loenaftale", 1),)


def test_groups():
    found = parts()
    assert dict(found.by_type)["pension"] == Share(0, 1)
    assert dict(found.precision)["loenaftale"] == Share(0, 1)
    assert dict(found.by_trap) == {"bundle": Share(1, 1), "rotated": Share(1, 1), "none": Share(4, 5)}
    assert dict(found.by_format) == {"pdf": Share(1, 1), "unknown": Share(4, 5)}
    assert dict(found.by_source) == {"volume B": Share(1, 1), "composed": Share(1, 1), "other": Share(3, 4)}


def test_risk_and_reliability_take_the_surest_first_and_all_in_the_end():
    found = parts()
    assert found.risk[0][1].value == 1.0
    assert found.risk[-1] == (1.0, Share(5, 6))
    assert sum(one.right.total for one in found.reliability) == 6
    assert (found.reliability[0].stated, found.reliability[0].right) == (pytest.approx(0.3), Share(0, 1))


def test_exact_page_ranges_count():
    labels = [label("B", "mus", (1, 3)), label("B", "ferie", (4, 5))]
    assert parts(labels, {"B": PARTS["B"]}).exact == Share(2, 2)


def test_an_audit_that_read_nothing():
    found = parts(LABELS, {})
    assert (found.unread, found.right, found.risk) == (Share(8, 8), Share(0, 0), ())


def test_figures_on_gaps():
    found = measure_gaps(SAID_GAPS, TRUE_GAPS)
    assert (found.held, found.gone) == (10, 4)
    assert found.false == Share(1, 3)
    assert found.found == Share(2, 4)
    assert found.missed == Share(1, 4)
    assert found.uncertain == Share(1, 10)
    assert found.same == Share(7, 10)
    assert found.by_requirement == (("r", Share(1, 3)),)
