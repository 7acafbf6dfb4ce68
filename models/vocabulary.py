"""Which terms count, and how much: those that several templates share, and so no name and no number of anybody."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias, cast

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.preprocessing import normalize

from models.evidence import BLOCK_BITS, Evidence

Matrix: TypeAlias = sparse.csr_matrix
_SHARE: Final = 0.2
"""Share of a template's documents from which the template has a term."""


@dataclass(frozen=True, slots=True)
class Grams:
    """A block of terms, a key of `models.evidence.BLOCKS`.

    Attributes:
        most: how many terms are kept. min_templates: a term is kept when at least so many templates have it.
        weight: of the block beside the others.
    """

    name: str
    most: int
    min_templates: int
    weight: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of one block with their idf weights.

    Attributes:
        columns: (n_terms,) uint32, rising. idf: (n_terms,) float32.
    """

    grams: Grams
    columns: npt.NDArray[np.uint32] = field(repr=False)
    idf: npt.NDArray[np.float32] = field(repr=False)

    def transform(self, counts: Matrix) -> Matrix:
        """Return sublinear tf-idf rows of the block's weight in length, (n_parts, n_terms) float32.

        Args:
            counts: (n_parts, n_terms) of `count`.
        """
        weighted = counts.astype(np.float32)
        if not len(self.columns):
            return weighted
        weighted.data = (1 + np.log(weighted.data)) * self.idf[weighted.indices]
        return cast("Matrix", normalize(weighted, copy=False) * np.float32(self.grams.weight))


def count(evidence: Sequence[Evidence], columns: npt.NDArray[np.uint32]) -> Matrix:
    """Return how often each part has each of these columns, (n_parts, n_columns) float32."""
    found, counts, ends = [], [], [0]
    for item in evidence:
        places = np.searchsorted(columns, item.columns)
        here = places < len(columns)
        here[here] = columns[places[here]] == item.columns[here]
        found.append(places[here])
        counts.append(item.counts[here])
        ends.append(ends[-1] + len(found[-1]))
    shape = (len(evidence), len(columns))
    if not found:
        return sparse.csr_matrix(shape, dtype=np.float32)
    return sparse.csr_matrix((np.concatenate(counts).astype(np.float32), np.concatenate(found), ends), shape)


@dataclass(frozen=True, slots=True)
class Counted:
    """All terms of one block in some parts, counted once; vocabularies of parts of them are chosen from it."""

    grams: Grams
    columns: npt.NDArray[np.uint32] = field(repr=False)
    counts: Matrix = field(repr=False)

    @classmethod
    def of(cls, grams: Grams, block: int, evidence: Sequence[Evidence]) -> "Counted":
        """Return the counts of a block. `block` is its number."""
        inside = [item.columns[item.columns >> BLOCK_BITS == block] for item in evidence]
        columns, times = np.unique(np.concatenate(inside), return_counts=True)
        columns = columns[times > 1]
        return cls(grams, columns, count(evidence, columns))

    def choose(self, rows: npt.NDArray[np.int64], templates: Sequence[str]) -> tuple[Vocabulary, Matrix]:
        """Return the vocabulary learnt from some of the parts, and all parts in it.

        The terms that most templates share. A template has a term when a fifth of its documents have it. That
        keeps out what is drawn at random, and with it the names of people.

        Args:
            rows: of the parts to learn from. templates: of each of them.
        """
        present = self.counts[rows].copy()
        present.data[:] = 1
        groups, of = np.unique(np.array(templates), return_inverse=True)
        sizes = np.bincount(of)
        shares = sparse.csr_matrix((1 / sizes[of], (of, np.arange(len(rows)))), dtype=np.float32) @ present
        spread = np.asarray((shares >= _SHARE).sum(axis=0)).ravel()
        kept = np.flatnonzero(spread >= min(self.grams.min_templates, len(groups)))
        kept = np.sort(kept[np.argsort(-spread[kept], kind="stable")][: self.grams.most])
        idf = (np.log((1 + len(groups)) / (1 + spread[kept])) + 1).astype(np.float32)
        vocabulary = Vocabulary(self.grams, self.columns[kept], idf)
        return vocabulary, vocabulary.transform(sparse.csr_matrix(self.counts[:, kept]))
