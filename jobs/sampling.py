"""What a stratified sample says of the whole, with 95 % intervals. Pure: numbers in, numbers out.

Sources: Cochran, "Sampling Techniques" (1977), chapters 5 (stratified) and 12 (sizes of strata estimated from a
larger first sample); Rao and Wu, "Resampling Inference with Complex Survey Data" (1988), for the
bootstrap: within each stratum one observation less is drawn than there is, and weights are pulled towards the
observed ones by how much of the stratum was read, so that a stratum read whole adds no doubt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
DRAWS: Final = 2000
_QUANTILES: Final = (0.025, 0.975)
_Z: Final = 1.96


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its 95 % interval."""

    value: float
    low: float
    high: float

    def times(self, factor: float) -> "Estimate":
        """Return the figure in another unit."""
        return Estimate(self.value * factor, self.low * factor, self.high * factor)

    def holds(self, truth: float) -> bool:
        """Return whether the interval holds the truth, with room for rounding."""
        return self.low - 1e-6 <= truth <= self.high + 1e-6


def allocate(counts: Sequence[int], weights: Sequence[float], total: int) -> list[int]:
    """Return how many to draw from each stratum: about by weight, at least two, never more than there are.

    Args:
        counts: units in each stratum. weights: what each stratum stands for, such as its share of the work.
        total: to draw in all; more when two from each need more.

    >>> allocate([100, 50, 1], [10.0, 10.0, 1.0], 21)
    [10, 10, 1]
    """
    drawn = [min(2, count) for count in counts]
    while sum(drawn) < min(total, sum(counts)):
        rated = [
            (weight / (have + 0.5), -place)
            for place, (weight, have, count) in enumerate(zip(weights, drawn, counts, strict=True))
            if have < count
        ]
        drawn[-max(rated)[1]] += 1
    return drawn


@dataclass(frozen=True)
class Stratified:
    """A stratified sample, ready for estimates; every estimate is made from the same draws.

    Attributes:
        strata: the stratum of each unit that was read, 0 .. n_strata - 1, (n,).
        looked_at: units of each stratum in the first, larger sample, (n_strata,); all of them in a census.
        population: units in all. A census when `looked_at` adds up to it.
        seed: of the bootstrap.
    """

    strata: npt.NDArray[np.int64]
    looked_at: npt.NDArray[np.int64]
    population: int
    seed: int = 1

    def total(self, values: Sequence[float]) -> Estimate:
        """Return the total over the population of what was found for each unit read."""
        found = np.asarray(values, dtype=float)
        return _estimate(float(self._weights @ found), self._draws @ found)

    def count(self, found: Sequence[float]) -> Estimate:
        """Return how many of the population have what was found (1) or not (0) of each unit read.

        By Wilson's interval for as many units as the weights are worth (Kish, 1965): what is rare may not be in the
        sample at all, and drawing that again would say that there is none of it.
        """
        share = float(self._weights @ np.asarray(found, dtype=float)) / self.population
        left = 1 - len(self.strata) / self.population
        if not left:
            return Estimate(share, share, share).times(self.population)
        worth = self._weights.sum() ** 2 / np.square(self._weights).sum() / left
        low, high = wilson(share, worth)
        return Estimate(share, low, high).times(self.population)

    @cached_property
    def _sizes(self) -> Numbers:
        """Units of each stratum in the population, (n_strata,)."""
        return np.asarray(self.looked_at * (self.population / self.looked_at.sum()), dtype=float)

    @cached_property
    def _read(self) -> Numbers:
        """Units read in each stratum, (n_strata,)."""
        return np.bincount(self.strata, minlength=len(self.looked_at)).astype(float)

    @cached_property
    def _weights(self) -> Numbers:
        """How many units of the population each unit read stands for, (n,)."""
        return (self._sizes / np.maximum(self._read, 1))[self.strata]

    @cached_property
    def _draws(self) -> Numbers:
        """The weights in each of the draws, (DRAWS, n)."""
        rng = np.random.default_rng(self.seed)
        draws = np.empty((DRAWS, len(self.strata)))
        sizes = self._drawn_sizes(rng)
        for stratum, read in enumerate(self._read.astype(int)):
            rows = np.flatnonzero(self.strata == stratum)
            weight = sizes[:, stratum, None] / max(read, 1)
            pull = np.sqrt(max(0.0, 1 - read / self.looked_at[stratum]))
            if read < 2 or not pull:
                draws[:, rows] = weight
                continue
            times = rng.multinomial(read - 1, np.full(read, 1 / read), DRAWS)
            draws[:, rows] = weight * (1 + pull * (times * read / (read - 1) - 1))
        return draws

    def _drawn_sizes(self, rng: np.random.Generator) -> Numbers:
        """The sizes of the strata, drawn again where they are known from a first sample only, (DRAWS, n_strata)."""
        seen = int(self.looked_at.sum())
        pull = np.sqrt(max(0.0, 1 - seen / self.population))
        if not pull:
            return np.tile(self._sizes, (DRAWS, 1))
        again = rng.multinomial(seen, self.looked_at / seen, DRAWS) * (self.population / seen)
        return np.asarray(self._sizes + pull * (again - self._sizes))


def ratio_of_sums(above: Sequence[float], below: Sequence[float], seed: int = 1) -> Estimate:
    """Return how many times more the first takes than the second, over paired measurements (bootstrap of the pairs)."""
    pairs = np.array([above, below], dtype=float)
    picks = np.random.default_rng(seed).integers(0, pairs.shape[1], (DRAWS, pairs.shape[1]))
    sums = pairs[:, picks].sum(axis=2)
    return _estimate(float(pairs[0].sum() / pairs[1].sum()), sums[0] / np.maximum(sums[1], 1e-12))


def mean_of_many(values: Sequence[float], population: int) -> Estimate:
    """Return the mean over a population of which a large simple sample was taken (by the normal distribution)."""
    found = np.asarray(values, dtype=float)
    left = 1 - len(found) / population
    half = _Z * float(found.std()) * sqrt(left / len(found))
    return Estimate(float(found.mean()), float(found.mean()) - half, float(found.mean()) + half)


def wilson(share: float, units: float) -> tuple[float, float]:
    """Return the 95 % interval of a share of so many units (Wilson, 1927).

    >>> low, high = wilson(0.0, 60)
    >>> low, round(high, 2)
    (0.0, 0.06)
    """
    middle = (share + _Z * _Z / (2 * units)) / (1 + _Z * _Z / units)
    half = _Z / (1 + _Z * _Z / units) * sqrt(share * (1 - share) / units + _Z * _Z / (4 * units * units))
    return max(0.0, middle - half), min(1.0, middle + half)


def mean_of(values: Sequence[float], seed: int = 1) -> Estimate:
    """Return the mean with the interval of its bootstrap."""
    found = np.asarray(values, dtype=float)
    picks = np.random.default_rng(seed).integers(0, len(found), (DRAWS, len(found)))
    return _estimate(float(found.mean()), found[picks].mean(axis=1))


def _estimate(value: float, draws: Numbers) -> Estimate:
    low, high = np.quantile(draws, _QUANTILES)
    return Estimate(value, float(low), float(high))
