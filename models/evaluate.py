"""How good is it? Figures with intervals, from documents whose templates the model has not seen."""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random
from typing import Final

import numpy as np
import numpy.typing as npt

from models.calibration import expected_calibration_error
from models.dataset import Example
from models.evidence import observe
from models.labeller import Labeller

_VOLUME: Final = re.compile(r".+-(|b|ct|cu|ot|ou)\d+(-\d+)?")
_SOURCES: Final = {"": "volume A", "b": "volume B", "ct": "composed", "cu": "composed", "ot": "odd", "ou": "odd"}


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval. `right` of `total`."""

    right: int
    total: int

    @property
    def value(self) -> float:
        """The share, 0-1; 0 of nothing is 0."""
        return self.right / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval at 95 % (Wilson, 1927)."""
        if not self.total:
            return (0.0, 1.0)
        z, n, p = 1.96, self.total, self.value
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return (max(0.0, middle - half), min(1.0, middle + half))

    def __str__(self) -> str:
        low, high = self.interval
        return f"{100 * self.value:.1f} % ({100 * low:.1f}-{100 * high:.1f}, n = {self.total})"


@dataclass(frozen=True, slots=True)
class Bin:
    """Parts of about one confidence: what the model said on average, and how many were right."""

    stated: float
    right: Share


@dataclass(frozen=True, slots=True)
class Figures:
    """What an evaluation found.

    Attributes:
        accuracy: of the likeliest type. by_template: 95 % interval of it, templates drawn again (bootstrap).
        accepted: share accepted without a look. accepted_right: accuracy among those.
        covered: share of prediction sets that hold the truth. set_size: their mean size.
        by_type: recall of each type. by_format, by_trap, by_source: accuracy.
        confusions: (truth, taken for, how often), most frequent first.
        risk: accuracy of the surest tenth, two tenths ... of the parts.
        reliability: stated against true accuracy, least sure first.
    """

    accuracy: Share
    by_template: tuple[float, float]
    accepted: Share
    accepted_right: Share
    covered: Share
    set_size: float
    calibration_error: float
    by_type: tuple[tuple[str, Share], ...]
    by_format: tuple[tuple[str, Share], ...]
    by_trap: tuple[tuple[str, Share], ...]
    by_source: tuple[tuple[str, Share], ...]
    confusions: tuple[tuple[str, str, int], ...]
    risk: tuple[float, ...]
    reliability: tuple[Bin, ...] = ()


def evaluate(model: Labeller, examples: Sequence[Example]) -> Figures:
    """Return the figures of a model on examples of templates that it has not seen."""
    chances = model.probabilities([observe(example.part) for example in examples])
    truth = np.array([model.types.index(example.type) for example in examples])
    right = chances.argmax(axis=1) == truth
    top = chances.max(axis=1)
    sets = chances >= np.minimum(model.calibration.set_floor, top)[:, None]
    accepted = top >= model.accept_at
    pairs = Counter(
        (example.type, model.types[taken])
        for example, taken, good in zip(examples, chances.argmax(axis=1), right, strict=True)
        if not good
    )
    order = np.argsort(-top, kind="stable")
    return Figures(
        _share(right),
        bootstrap(right, [example.template for example in examples]),
        _share(accepted),
        _share(right[accepted]),
        _share(sets[np.arange(len(truth)), truth]),
        float(sets.sum(axis=1).mean()),
        expected_calibration_error(chances, truth),
        _grouped(examples, right, lambda e: (e.type,)),
        _grouped(examples, right, lambda e: (e.format or e.part.media,)),
        _grouped(examples, right, lambda e: e.traps),
        _grouped(examples, right, lambda e: (source_of(e.template),)),
        tuple((a, b, n) for (a, b), n in pairs.most_common(25)),
        tuple(float(right[order[: max(1, len(order) * tenth // 10)]].mean()) for tenth in range(1, 11)),
        reliability(top, right),
    )


def source_of(template: str) -> str:
    """Return who wrote a template: each volume of the corpus has an author of its own, and shows it in the name.

    >>> source_of("cv-07"), source_of("cv-b07"), source_of("cv-ct07"), source_of("2000017")
    ('volume A', 'volume B', 'composed', 'other')
    """
    match = _VOLUME.fullmatch(template)
    return _SOURCES[match[1]] if match else "other"


def reliability(top: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], bins: int = 10) -> tuple[Bin, ...]:
    """Return stated against true accuracy in equally filled bins, least sure first.

    Args:
        top: (n,) probability of the likeliest type. right: (n,) whether it is the right one.
    """
    parts = np.array_split(np.argsort(top, kind="stable"), bins)
    return tuple(Bin(float(top[rows].mean()), _share(right[rows])) for rows in parts if len(rows))


def calibration_error(found: Sequence[Bin]) -> float:
    """Return the mean distance between stated and true accuracy, 0-1 (Guo et al., 2017)."""
    total = sum(one.right.total for one in found)
    return sum(abs(one.stated - one.right.value) * one.right.total for one in found) / total if total else 0.0


def without_titles(examples: Sequence[Example]) -> list[Example]:
    """Return the examples with their titles removed."""
    return [dataclasses.replace(e, part=dataclasses.replace(e.part, title="", member="")) for e in examples]


def with_wrong_titles(examples: Sequence[Example], seed: int = 1) -> list[Example]:
    """Return the examples with the title of another type each."""
    rng = Random(seed)
    by_type: dict[str, list[str]] = {}
    for example in examples:
        by_type.setdefault(example.type, []).append(example.part.title)
    wrong = []
    for example in examples:
        other = rng.choice([code for code in sorted(by_type) if code != example.type])
        wrong.append(
            dataclasses.replace(example, part=dataclasses.replace(example.part, title=rng.choice(by_type[other])))
        )
    return wrong


def bootstrap(right: npt.NDArray[np.bool_], templates: Sequence[str], draws: int = 500) -> tuple[float, float]:
    """Return the 95 % interval of the accuracy when templates, not documents, are drawn again."""
    groups: dict[str, list[bool]] = {}
    for good, template in zip(right, templates, strict=True):
        groups.setdefault(template, []).append(bool(good))
    sums = np.array([(sum(g), len(g)) for g in groups.values()])
    rng = np.random.default_rng(1)
    picks = sums[rng.integers(0, len(sums), (draws, len(sums)))].sum(axis=1)
    low, high = np.quantile(picks[:, 0] / picks[:, 1], (0.025, 0.975))
    return float(low), float(high)


def _share(right: npt.NDArray[np.bool_]) -> Share:
    return Share(int(right.sum()), len(right))


def _grouped(
    examples: Sequence[Example], right: npt.NDArray[np.bool_], keys: Callable[[Example], tuple[str, ...]]
) -> tuple[tuple[str, Share], ...]:
    counts: dict[str, list[bool]] = {}
    for example, good in zip(examples, right, strict=True):
        for key in keys(example):
            counts.setdefault(key, []).append(bool(good))
    return tuple((key, Share(sum(values), len(values))) for key, values in sorted(counts.items()))
