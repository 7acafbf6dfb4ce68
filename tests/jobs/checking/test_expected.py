"""What calibration expects."""

import pytest

from jobs.checking.expected import expected
from tests.jobs.checking.small import findings


def test_sums_of_probabilities_of_what_is_missing_and_of_what_is_fulfilled():
    found = expected(findings())
    assert found.false.value == pytest.approx(0.3)
    assert found.missed.value == pytest.approx(0.01)
    assert (found.false.low, found.false.high) == (0, 2)


def test_nothing():
    assert expected([]).false.high == 0
