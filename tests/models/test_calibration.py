"""Probabilities that mean what they say."""

import numpy as np
import pytest

from models.calibration import accept_at, expected_calibration_error, fit_calibration, set_floor
from models.evaluate import Share, bootstrap

RNG = np.random.default_rng(4)
TRUTH = RNG.integers(0, 5, 4000)
SCORES = RNG.normal(size=(4000, 5)) + 2.0 * np.eye(5)[TRUTH]
HALF = slice(0, 2000), slice(2000, None)


def test_calibrated_on_other_documents():
    fitted = fit_calibration(SCORES[HALF[0]] * 7, TRUTH[HALF[0]], coverage=0.95, possible=0.99, accuracy=0.9)
    chances = fitted.probabilities(SCORES[HALF[1]] * 7)
    truth = TRUTH[HALF[1]]
    assert expected_calibration_error(chances, truth) < 0.03
    inside = chances[np.arange(len(truth)), truth] >= fitted.set_floor
    assert 0.93 < inside.mean() < 0.97
    sure = chances.max(axis=1) >= fitted.accept_at
    assert (chances.argmax(axis=1) == truth)[sure].mean() > 0.85


def test_too_few_documents_put_every_type_in_the_set():
    assert set_floor(np.full((10, 2), 0.5), np.zeros(10, dtype=int), 0.99) == 0.0


def test_never_right_is_never_accepted():
    assert accept_at(np.array([[0.9, 0.1]] * 5), np.ones(5, dtype=int), 0.99) > 1


@pytest.mark.parametrize(("right", "total", "low", "high"), [(0, 0, 0, 1), (10, 10, 0.72, 1), (50, 100, 0.40, 0.60)])
def test_wilson(right, total, low, high):
    found = Share(right, total).interval
    assert found == pytest.approx((low, high), abs=0.01)


def test_bootstrap_draws_templates():
    right = np.array([True] * 50 + [False] * 50)
    low, high = bootstrap(right, ["a"] * 50 + ["b"] * 50)
    assert (low, high) == (0.0, 1.0)
