"""From examples to a model: features, weights, calibration on templates that the scoring model has not seen."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.svm import LinearSVC

from models.breaks import BreakModel, pair_features
from models.calibration import fit_calibration
from models.dataset import Example, PagePile
from models.features import Features, learn_features
from models.labeller import Labeller
from sagstjek.shapes import PartText

Scores = npt.NDArray[np.float64]
COVERAGE: Final = 0.99
ACCURACY: Final = 0.99
FOLDS: Final = 5
_TITLE_LOST: Final = 0.3
_TITLE_WRONG: Final = 0.12
_HEAD_ONLY: Final = 0.2
_REGULARISATION: Final = 0.05


@dataclass(frozen=True, slots=True)
class Linear:
    """Features and weights, before calibration."""

    features: Features
    weights: npt.NDArray[np.float32]
    offset: npt.NDArray[np.float32]

    def scores(self, parts: Sequence[PartText]) -> Scores:
        """Return raw scores, (n_parts, n_types)."""
        return np.asarray(self.features.transform(parts) @ self.weights + self.offset, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Held:
    """Scores of examples by models that had not seen their templates; rows follow the examples."""

    scores: Scores
    truth: npt.NDArray[np.int64]


def train(examples: Sequence[Example], piles: Sequence[PagePile], seed: int = 1) -> tuple[Labeller, Held]:
    """Return a calibrated model, and the held-out scores that its calibration rests on."""
    types = tuple(sorted({example.type for example in examples}))
    held = held_out(examples, types, seed)
    calibration = fit_calibration(held.scores, held.truth, coverage=COVERAGE, accuracy=ACCURACY)
    linear = fit_linear(examples, types, seed)
    model = Labeller(types, linear.features, linear.weights, linear.offset, calibration, fit_breaks(piles))
    return model, held


def held_out(examples: Sequence[Example], types: Sequence[str], seed: int = 1) -> Held:
    """Return each example's scores from a model trained without its template."""
    truth = np.array([types.index(example.type) for example in examples])
    groups = np.array([example.template for example in examples])
    scores = np.zeros((len(examples), len(types)))
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    for inside, outside in folds.split(np.zeros(len(truth)), truth, groups):
        linear = fit_linear([examples[n] for n in inside], types, seed)
        scores[outside] = linear.scores([examples[n].part for n in outside])
    return Held(scores, truth)


def fit_linear(examples: Sequence[Example], types: Sequence[str], seed: int = 1) -> Linear:
    """Return one-against-all weights over features of augmented examples."""
    varied = augment(examples, seed)
    parts = [example.part for example in varied]
    features = learn_features(parts, [example.template for example in varied])
    truth = np.array([types.index(example.type) for example in varied])
    machine = LinearSVC(C=_REGULARISATION, random_state=seed, dual=True, max_iter=3000, tol=1e-3)
    machine.fit(features.transform(parts), truth, sample_weight=template_weights(varied))
    weights = np.zeros((machine.coef_.shape[1], len(types)), dtype=np.float32)
    offset = np.full(len(types), -3.0, dtype=np.float32)
    weights[:, machine.classes_] = machine.coef_.T
    offset[machine.classes_] = machine.intercept_
    return Linear(features, weights, offset)


def template_weights(examples: Sequence[Example]) -> npt.NDArray[np.float64]:
    """Return a weight an example, so that every template of a type counts alike; the mean is 1."""
    counts: dict[str, int] = {}
    for example in examples:
        counts[example.template] = counts.get(example.template, 0) + 1
    weights = np.array([1 / counts[example.template] for example in examples])
    return np.asarray(weights / weights.mean())


def augment(examples: Sequence[Example], seed: int) -> list[Example]:
    """Return the examples with titles lost or wrong now and then, and some with only the head of the text.

    Titles help but may lie; a part is often judged when only the head of its first page has been read.
    """
    rng = Random(seed)
    titles = [example.part.title for example in examples]
    varied = []
    for example in examples:
        part, chance = example.part, rng.random()
        if chance < _TITLE_LOST:
            part = dataclasses.replace(part, title="", member="")
        elif chance < _TITLE_LOST + _TITLE_WRONG:
            part = dataclasses.replace(part, title=rng.choice(titles))
        if rng.random() < _HEAD_ONLY and len(part.text) > 400:
            part = dataclasses.replace(part, text=part.text[: int(len(part.text) * rng.uniform(0.3, 0.6))])
        varied.append(dataclasses.replace(example, part=part))
    return varied


def fit_breaks(piles: Sequence[PagePile]) -> BreakModel:
    """Return the page-begins model of these piles."""
    rows, truth = [], []
    for pile in piles:
        if len(pile.pages) > 1:
            rows.append(pair_features(pile.pages))
            truth += [page.number in pile.firsts for page in pile.pages[1:]]
    machine = LogisticRegression(C=0.5, max_iter=400)
    machine.fit(np.concatenate(rows), np.array(truth))
    return BreakModel(machine.coef_[0].astype(np.float32), float(machine.intercept_[0]))
