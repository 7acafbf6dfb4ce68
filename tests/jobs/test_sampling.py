"""Estimates from stratified samples: right on average, and as sure as they say."""

import numpy as np
import pytest

from jobs.sampling import Estimate, Stratified, allocate, mean_of, mean_of_many, ratio_of_sums


def test_every_stratum_gets_two_or_all_it_has():
    assert allocate([500, 3, 1], [100.0, 0.001, 0.001], 10) == [7, 2, 1]


def test_a_small_population_is_read_whole():
    assert allocate([4, 3], [1.0, 9.0], 100) == [4, 3]


def test_a_census_leaves_no_doubt():
    found = Stratified(np.array([0, 0, 1]), np.array([2, 1]), 3).total([1.0, 2.0, 4.0])
    assert found == Estimate(7.0, 7.0, 7.0)


def test_units_stand_for_their_stratum():
    sample = Stratified(np.array([0, 0, 1, 1]), np.array([10, 2]), 120)
    assert sample.total([1.0, 3.0, 50.0, 70.0]).value == pytest.approx(100 * 2 + 20 * 60)


def test_what_is_not_in_the_sample_may_still_be_there():
    sample = Stratified(np.array([0] * 60), np.array([6000]), 6000)
    none = sample.count([0.0] * 60)
    assert (none.value, none.low) == (0, 0)
    assert 300 < none.high < 400
    assert Stratified(np.array([0, 0]), np.array([2]), 2).count([0.0, 1.0]) == Estimate(1.0, 1.0, 1.0)


def test_the_mean_of_all_is_known_and_of_many_nearly():
    assert mean_of_many([1.0, 3.0], 2) == Estimate(2.0, 2.0, 2.0)
    found = mean_of_many([1.0, 3.0] * 500, 10_000)
    assert (found.low, found.high) == pytest.approx((1.941, 2.059), abs=0.002)


@pytest.mark.parametrize("looked_at", [2000, 400])
def test_intervals_hold_the_truth_about_as_often_as_they_say(looked_at):
    rng = np.random.default_rng(1)
    strata = np.repeat([0, 1, 2], [1200, 600, 200])
    values = rng.gamma(1.5, np.array([0.02, 0.5, 4.0])[strata])
    held = 0
    for seed in range(200):
        seen = rng.choice(2000, looked_at, replace=False)
        groups = [seen[strata[seen] == stratum] for stratum in range(3)]
        chosen = np.concatenate([rng.choice(some, 25, replace=False) for some in groups])
        counts = np.array([len(some) for some in groups])
        held += Stratified(strata[chosen], counts, 2000, seed).total(values[chosen]).holds(values.sum())
    assert 175 <= held <= 199


def test_more_of_a_stratum_read_is_less_doubt():
    rng = np.random.default_rng(2)
    values = rng.gamma(1.0, 1.0, 60)
    few = Stratified(np.zeros(60, dtype=np.int64), np.array([5000]), 5000).total(values)
    most = Stratified(np.zeros(60, dtype=np.int64), np.array([70]), 70).total(values)
    assert (most.high - most.low) / most.value < (few.high - few.low) / few.value / 2


def test_ratio_of_sums_and_mean():
    ratio = ratio_of_sums([2.0, 4.0, 6.0], [1.0, 2.0, 3.0])
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx((2, 2, 2))
    mean = mean_of([1.0, 2.0, 3.0])
    assert mean.value == 2
    assert 1 <= mean.low < 2 < mean.high <= 3
    assert mean.times(10).value == 20
