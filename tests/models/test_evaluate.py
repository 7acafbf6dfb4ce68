"""Figures with intervals."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from small import examples, model

from models.evaluate import Bin, Share, bootstrap, calibration_error, evaluate, reliability, with_wrong_titles


@pytest.mark.parametrize(
    ("right", "total", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (50, 100, 0.4038, 0.5962)]
)
def test_wilsons_interval(right, total, low, high):
    assert Share(right, total).interval == pytest.approx((low, high), abs=1e-4)


def test_a_share_of_nothing():
    assert Share(0, 0).value == 0.0
    assert Share(0, 0).interval == (0.0, 1.0)
    assert str(Share(1, 2)).startswith("50.0 % (")


def test_the_bootstrap_draws_templates_not_documents():
    right = np.array([True] * 90 + [False] * 10)
    one_of_ten = [f"t{n // 10}" for n in range(100)]
    spread = bootstrap(right, one_of_ten)
    narrow = bootstrap(right, [str(n) for n in range(100)])
    assert spread[0] <= narrow[0] < 0.9 < narrow[1] <= spread[1]
    assert bootstrap(right, one_of_ten) == spread


def test_groups_sum_up_to_the_whole():
    some = examples()[::5]
    found = evaluate(model(), some)
    for grouped in (found.by_type, found.by_format, found.by_source):
        assert sum(share.total for _, share in grouped) == len(some)
        assert sum(share.right for _, share in grouped) == found.accuracy.right
    assert sum(n for *_, n in found.confusions) == found.accuracy.total - found.accuracy.right
    assert found.risk[-1] == pytest.approx(found.accuracy.value)
    assert found.accepted_right.total == found.accepted.right


def test_wrong_titles_are_of_another_type_and_drawn_the_same_again():
    some = examples()[::7]
    wrong = with_wrong_titles(some)
    assert wrong == with_wrong_titles(some)
    own = {}
    for example in some:
        own.setdefault(example.type, set()).add(example.part.title)
    assert all(
        any(example.part.title in titles for code, titles in own.items() if code != example.type) for example in wrong
    )


def test_reliability_and_its_error():
    top = np.array([0.5] * 10 + [0.9] * 10)
    right = np.array([True, False] * 5 + [True] * 8 + [False] * 2)
    found = reliability(top, right, bins=2)
    assert found == (Bin(0.5, Share(5, 10)), Bin(pytest.approx(0.9), Share(8, 10)))
    assert calibration_error(found) == pytest.approx(0.05)
    assert reliability(top[:0], right[:0]) == ()
    assert calibration_error(()) == 0.0
