"""Probabilities that mean what they say, and prediction sets that hold the truth as often as stated.

Sources: Guo et al., "On Calibration of Modern Neural Networks" (2017), temperature and vector scaling;
Vovk et al., "Algorithmic Learning in a Random World" (2005), and Sadinle et al., "Least Ambiguous
Set-Valued Classifiers" (2019), for the sets. Everything is fitted on scores of documents whose
templates the scoring model has not seen.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """How scores become probabilities, sets and acceptance.

    Attributes:
        sharpness: factor on the scores. bias: added to each type's score, (n_types,).
        set_floor: a type is in the prediction set when its probability is at least this.
        possible_floor: a type is possible when its probability is at least this.
        accept_at: probability from which the accepted are right as often as wanted.
    """

    sharpness: float
    bias: Array
    set_floor: float
    possible_floor: float
    accept_at: float

    def probabilities(self, scores: Array) -> Array:
        """Return calibrated probabilities, (n, n_types), rows sum to 1."""
        return np.asarray(softmax(scores * self.sharpness + self.bias, axis=1))


def fit_calibration(
    scores: Array, truth: npt.NDArray[np.int64], *, coverage: float, possible: float, accuracy: float
) -> Calibration:
    """Return the calibration that fits scores of unseen documents.

    Args:
        scores: (n, n_types). truth: (n,) index of the right type.
        coverage: share of prediction sets that must hold the truth. possible: of the wider sets.
        accuracy: share of the accepted that must be right.
    """
    types = scores.shape[1]

    def loss(values: Array) -> float:
        logs = log_softmax(scores * np.exp(values[0]) + values[1:], axis=1)
        penalty = 0.02 * float(np.square(values[1:]).mean())
        return float(-logs[np.arange(len(truth)), truth].mean() + penalty)

    def slope(values: Array) -> Array:
        sharp = np.exp(values[0])
        wrong = softmax(scores * sharp + values[1:], axis=1)
        wrong[np.arange(len(truth)), truth] -= 1
        wrong /= len(truth)
        return np.concatenate(([float((wrong * scores).sum() * sharp)], wrong.sum(axis=0) + 0.04 * values[1:] / types))

    best = minimize(loss, np.zeros(types + 1), jac=slope, method="L-BFGS-B")
    calibration = Calibration(float(np.exp(best.x[0])), best.x[1:], 0.0, 0.0, 1.0)
    chances = calibration.probabilities(scores)
    return Calibration(
        calibration.sharpness,
        calibration.bias,
        set_floor(chances, truth, coverage),
        set_floor(chances, truth, possible),
        accept_at(chances, truth, accuracy),
    )


def set_floor(chances: Array, truth: npt.NDArray[np.int64], coverage: float) -> float:
    """Return the probability above which a type belongs in the set (split conformal, finite-sample corrected)."""
    of_truth = np.sort(chances[np.arange(len(truth)), truth])
    allowed = int(np.floor((len(truth) + 1) * (1 - coverage)))
    return float(of_truth[allowed - 1]) if allowed >= 1 else 0.0


def accept_at(chances: Array, truth: npt.NDArray[np.int64], accuracy: float) -> float:
    """Return the lowest probability from which the accepted are right often enough; 1.01 when never.

    With the correction for few examples of Angelopoulos et al., "Conformal Risk Control" (2022).
    """
    top = chances.max(axis=1)
    right = chances.argmax(axis=1) == truth
    order = np.argsort(-top, kind="stable")
    wrong = np.cumsum(~right[order]) + 1  # one more than seen: the next one may be wrong
    good = np.flatnonzero(wrong / np.arange(2, len(order) + 2) <= 1 - accuracy)
    return float(top[order[good[-1]]]) if len(good) else 1.01


def expected_calibration_error(chances: Array, truth: npt.NDArray[np.int64], bins: int = 15) -> float:
    """Return the mean distance between stated and true accuracy over equally filled bins, 0-1."""
    top = chances.max(axis=1)
    right = (chances.argmax(axis=1) == truth).astype(float)
    order = np.argsort(top, kind="stable")
    parts = np.array_split(order, bins)
    return float(sum(abs(top[p].mean() - right[p].mean()) * len(p) for p in parts if len(p)) / max(len(top), 1))
