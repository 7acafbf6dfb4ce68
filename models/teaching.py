"""Which decisions teach most: parts that many doubtful others look like.

Greedy maximisation of a facility-location function weighted by doubt (Wei, Iyer and Bilmes, "Submodularity in data
subset selection and active learning", 2015): a part is worth the doubt of all that it stands for and that no part
chosen before stands for.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from models.vocabulary import Matrix

_LIKE: Final = 0.35
"""Likeness (cosine) from which one part says something of another."""


def teaching_order(
    features: Matrix, doubt: npt.NDArray[np.float64], count: int, known: npt.NDArray[np.int64] | None = None
) -> list[int]:
    """Return up to `count` rows, the one that teaches most first.

    Args:
        features: (n, n_features), of at most some thousand parts: all are held against all.
        doubt: (n,) how unsure each answer is, 0-1.
        known: rows that were decided before.
    """
    like = likeness(features)
    served = np.zeros(len(doubt))
    for row in known if known is not None else ():
        served = np.maximum(served, like[row])
    order: list[int] = []
    taken = np.zeros(len(doubt), dtype=bool)
    if known is not None:
        taken[known] = True
    for _ in range(min(count, int((~taken).sum()))):
        gain = np.maximum(like - served, 0) @ doubt
        gain[taken] = -1.0
        best = int(gain.argmax())
        order.append(best)
        taken[best] = True
        served = np.maximum(served, like[best])
    return order


def likeness(features: Matrix) -> npt.NDArray[np.float32]:
    """Return how like the parts are to one another, (n, n) 0-1; 0 where they have little in common."""
    norms = np.sqrt(np.asarray(features.multiply(features).sum(axis=1)).ravel())
    cosine = np.asarray((features @ features.T).todense(), dtype=np.float32) / np.maximum(np.outer(norms, norms), 1e-9)
    return np.where(cosine >= _LIKE, cosine, 0).astype(np.float32)
