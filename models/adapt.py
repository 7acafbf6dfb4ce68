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

from models.evidence import Evidence
from models.features import OWN, Features
from models.labeller import Labeller
from models.vocabulary import Matrix, Vocabulary

Array = npt.NDArray[np.float64]
STRICTNESS: Final = 0.03


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
    # Questions are asked where doubt is, so answers say nothing of how often the sure are right: thresholds stay.
    calibration = dataclasses.replace(model.calibration, sharpness=1.0, bias=np.zeros(len(model.types)))
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
