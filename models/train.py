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
from models.corpus.compose import school_of
from models.dataset import Example, PagePile
from models.evidence import observe
from models.features import Features, Prepared
from models.labeller import Labeller
from models.vocabulary import Matrix

Scores = npt.NDArray[np.float64]
COVERAGE: Final = 0.99
POSSIBLE: Final = 0.999
ACCURACY: Final = 0.99
FOLDS: Final = 5
_TITLE_LOST: Final = 0.3
_TITLE_WRONG: Final = 0.12
_HEAD_ONLY: Final = 0.2
_REGULARISATION: Final = 0.05


@dataclass(frozen=True, slots=True)
class Linear:
    """Features and weights, before calibration. `weights` (n_features, n_types), `offset` (n_types,)."""

    features: Features
    weights: npt.NDArray[np.float32]
    offset: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Held:
    """Scores of examples by models that had not seen their templates; rows follow the examples."""

    scores: Scores
    truth: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Examples made ready to learn from: varied, counted, with their truth."""

    examples: tuple[Example, ...]
    types: tuple[str, ...]
    prepared: Prepared
    truth: npt.NDArray[np.int64]

    @classmethod
    def of(cls, examples: Sequence[Example], seed: int, *, varied: bool = True) -> "Lesson":
        """Return the lesson of these examples. `varied`: with titles lost and texts cut now and then."""
        taught = tuple(augment(examples, seed)) if varied else tuple(examples)
        types = tuple(sorted({example.type for example in taught}))
        truth = np.array([types.index(example.type) for example in taught])
        return cls(taught, types, Prepared.of([observe(example.part) for example in taught]), truth)

    def fit(self, rows: npt.NDArray[np.int64], seed: int) -> tuple[Linear, Matrix]:
        """Return one-against-all weights learnt from some of the examples, and all examples as features."""
        some = [self.examples[n] for n in rows]
        features, matrix = self.prepared.learn(rows, [example.template for example in some])
        machine = LinearSVC(C=_REGULARISATION, random_state=seed, dual=True, max_iter=3000, tol=1e-3)
        machine.fit(matrix[rows], self.truth[rows], sample_weight=template_weights(some))
        weights = np.zeros((matrix.shape[1], len(self.types)), dtype=np.float32)
        offset = np.full(len(self.types), -3.0, dtype=np.float32)
        weights[:, machine.classes_] = machine.coef_.T
        offset[machine.classes_] = machine.intercept_
        return Linear(features, weights, offset), matrix


def train(examples: Sequence[Example], piles: Sequence[PagePile], seed: int = 1) -> tuple[Labeller, Held]:
    """Return a calibrated model, and the held-out scores that its calibration rests on."""
    lesson = Lesson.of(examples, seed)
    held = held_out(lesson, seed)
    calibration = fit_calibration(held.scores, held.truth, coverage=COVERAGE, possible=POSSIBLE, accuracy=ACCURACY)
    linear, _ = lesson.fit(np.arange(len(lesson.truth)), seed)
    model = Labeller(lesson.types, linear.features, linear.weights, linear.offset, calibration, fit_breaks(piles))
    return model, held


def held_out(lesson: Lesson, seed: int = 1) -> Held:
    """Return each example's scores from a model trained without its template, or others of the same school."""
    groups = np.array([school_of(example.template) for example in lesson.examples])
    scores = np.zeros((len(groups), len(lesson.types)))
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    for inside, outside in folds.split(np.zeros(len(groups)), lesson.truth, groups):
        linear, matrix = lesson.fit(inside, seed)
        scores[outside] = matrix[outside] @ linear.weights + linear.offset
    return Held(scores, lesson.truth)


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
