"""A model fitted to one archive: what people decided there, and what its titles say, on top of what it knew.

The scores of the model at hand are kept as the prior and only the difference is learnt, so that a few decisions
suffice (Yang et al., "Cross-domain video concept detection using adaptive SVMs", 2007; here with a softmax). The
difference is sought among combinations of the decided parts (representer theorem), which keeps it small: parts
times types, whatever the number of terms.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import softmax
from sklearn.model_selection import StratifiedKFold

from models.calibration import Calibration, accept_at, set_floor
from models.evidence import Evidence
from models.features import OWN, Features
from models.labeller import Labeller
from models.vocabulary import Matrix, Vocabulary

Array = npt.NDArray[np.float64]
COVERAGE: Final = 0.99
ACCURACY: Final = 0.99
STRICTNESS: Final = 0.03
_ENOUGH: Final = 100
"""Decisions from which the archive's own thresholds are worked out; with fewer the model's stay."""
_FOLDS: Final = 5


@dataclass(frozen=True, slots=True)
class Lesson:
    """One part of the archive, and what it is.

    Attributes:
        weight: 1 for a person's decision, less for what a title says.
    """

    evidence: Evidence = field(repr=False)
    type: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class _Task:
    """Learning in numbers: `kernel` (n, n), `prior` and `truth` (n, n_types), `weight` (n,)."""

    kernel: Array
    prior: Array
    truth: Array
    weight: Array

    def some(self, rows: npt.NDArray[np.int64]) -> "_Task":
        """Return the task of some of the parts."""
        return _Task(self.kernel[np.ix_(rows, rows)], self.prior[rows], self.truth[rows], self.weight[rows])

    def solve(self, strictness: float) -> Array:
        """Return how much each part pulls each type, (n, n_types)."""
        shape = self.truth.shape

        def loss(flat: Array) -> tuple[float, Array]:
            pull = flat.reshape(shape)
            moved = self.kernel @ pull
            chances = softmax(self.prior + moved, axis=1)
            likely = np.log(np.maximum((chances * self.truth).sum(axis=1), 1e-12))
            value = -float((self.weight * likely).sum()) + strictness / 2 * float((pull * moved).sum())
            slope = self.kernel @ (self.weight[:, None] * (chances - self.truth) + strictness * pull)
            return value, slope.ravel()

        best = minimize(loss, np.zeros(self.truth.size), jac=True, method="L-BFGS-B", options={"maxiter": 200})
        return np.asarray(best.x).reshape(shape)


def adapt(model: Labeller, lessons: Sequence[Lesson], strictness: float = STRICTNESS) -> Labeller:
    """Return the model fitted to the archive that the lessons come from; the same model without lessons.

    Args:
        strictness: how hard it is to move the model from what it knew.
    """
    if not lessons:
        return model
    evidence = [lesson.evidence for lesson in lessons]
    features = Features((*model.features.vocabularies, _own_terms(evidence, model.features)))
    matrix = features.transform(evidence)
    task = _task(model, lessons, matrix)
    pull = task.solve(strictness)
    moved = np.asarray(matrix.T @ pull)
    known = model.calibration.sharpness
    weights = moved.astype(np.float32)
    order = _places(features)
    weights[order] += model.weights * np.float32(known)
    offset = (model.offset * known + model.calibration.bias).astype(np.float32)
    calibration = _calibrated(model, task, strictness)
    return dataclasses.replace(
        model, features=features, weights=weights, offset=offset, calibration=calibration, model_id=""
    )


def _task(model: Labeller, lessons: Sequence[Lesson], matrix: Matrix) -> _Task:
    scores = model.features.transform([lesson.evidence for lesson in lessons]) @ model.weights + model.offset
    prior = np.asarray(scores, dtype=np.float64) * model.calibration.sharpness + model.calibration.bias
    truth = np.zeros((len(lessons), len(model.types)))
    truth[np.arange(len(lessons)), [model.types.index(lesson.type) for lesson in lessons]] = 1
    kernel = np.asarray((matrix @ matrix.T).todense(), dtype=np.float64)
    return _Task(kernel, prior, truth, np.array([lesson.weight for lesson in lessons]))


def _own_terms(evidence: Sequence[Evidence], features: Features) -> Vocabulary:
    """Return the archive's own terms: in two parts at least, and not known before."""
    columns, times = np.unique(np.concatenate([item.columns for item in evidence]), return_counts=True)
    known = np.concatenate([vocabulary.columns for vocabulary in features.vocabularies])
    new = (times > 1) & ~np.isin(columns, known)
    picked = np.sort(columns[new][np.argsort(-times[new], kind="stable")][: OWN.most])
    idf = np.log((1 + len(evidence)) / (1 + times[np.searchsorted(columns, picked)])) + 1
    return Vocabulary(OWN, picked, idf.astype(np.float32))


def _places(features: Features) -> npt.NDArray[np.int64]:
    """Return where the columns that the model had before stand among those it has now: own terms lie before numbers."""
    own = len(features.vocabularies[-1].columns)
    before = sum(len(vocabulary.columns) for vocabulary in features.vocabularies[:-1])
    return np.concatenate((np.arange(before), np.arange(before + own, features.width)))


def _calibrated(model: Labeller, task: _Task, strictness: float) -> Calibration:
    """Return thresholds from decisions that the fit has not seen; those of the model where they are too few."""
    decided = np.flatnonzero(task.weight >= 1)
    plain = dataclasses.replace(model.calibration, sharpness=1.0, bias=np.zeros(len(model.types)))
    if len(decided) < _ENOUGH:
        return plain
    truth = task.truth.argmax(axis=1)
    scores = task.prior.copy()
    for inside, outside in StratifiedKFold(_FOLDS, shuffle=True, random_state=1).split(decided, truth[decided] * 0):
        rows = np.setdiff1d(np.arange(len(truth)), decided[outside])
        del inside
        pull = task.some(rows).solve(strictness)
        scores[decided[outside]] += task.kernel[np.ix_(decided[outside], rows)] @ pull
    sharpness = _sharpness(scores[decided], truth[decided])
    sharp = dataclasses.replace(plain, sharpness=sharpness)
    chances = sharp.probabilities(scores[decided])
    return dataclasses.replace(
        sharp,
        set_floor=min(set_floor(chances, truth[decided], COVERAGE), model.calibration.set_floor),
        accept_at=accept_at(chances, truth[decided], ACCURACY),
    )


def _sharpness(scores: Array, truth: npt.NDArray[np.int64]) -> float:
    def loss(value: Array) -> float:
        chances = softmax(scores * np.exp(value[0]), axis=1)
        return -float(np.log(np.maximum(chances[np.arange(len(truth)), truth], 1e-12)).mean())

    return float(np.exp(minimize(loss, np.zeros(1), method="Nelder-Mead").x[0]))
