"""N-gram vocabularies that hold no names: a term counts only when several templates share it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias, cast

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from models.corpus import names
from models.text_features import fold

Matrix: TypeAlias = sparse.csr_matrix
_SHARE = 0.2
"""Share of a template's documents from which the template has a term."""
_WORD_LENGTH = 4
"""Letters up to which a name may also be a word: Bo, Maj, Dam."""


@dataclass(frozen=True, slots=True)
class Grams:
    """How a text is cut: `word` or `char_wb`, from how many to how many, how many terms are kept.

    Attributes:
        min_templates: a term is kept when at least so many templates have it.
    """

    name: str
    analyzer: str
    low: int
    high: int
    most: int
    min_templates: int = 3


@cache
def people_names() -> frozenset[str]:
    """Return first names and surnames that no vocabulary holds; very short ones are words too."""
    pools = (names.WOMEN, names.MEN, names.SURNAMES, names.FOREIGN_WOMEN, names.FOREIGN_MEN, names.FOREIGN_SURNAMES)
    return frozenset(fold(name) for pool in pools for name in pool if len(name) > _WORD_LENGTH)


class Vocabulary:
    """Terms of one kind of n-gram with their idf weights."""

    def __init__(self, grams: Grams, terms: Sequence[str], idf: npt.NDArray[np.float32]) -> None:
        self.grams = grams
        self.terms = tuple(terms)
        self.idf = idf
        self._counter = _counter(grams, vocabulary={term: n for n, term in enumerate(self.terms)})

    def transform(self, texts: Sequence[str]) -> Matrix:
        """Return sublinear tf-idf rows of length 1, (n_texts, n_terms) float32."""
        return weigh(self._counter.transform(texts), self.idf)


@dataclass(frozen=True, slots=True)
class Counted:
    """All terms of some texts, counted once; vocabularies of parts of them are chosen without reading again."""

    grams: Grams
    names: npt.NDArray[np.object_]
    counts: Matrix

    @classmethod
    def of(cls, grams: Grams, texts: Sequence[str]) -> "Counted":
        """Return the counts of these texts."""
        counter = _counter(grams)
        counts = counter.fit_transform(texts)
        return cls(grams, counter.get_feature_names_out(), counts.tocsr())

    def choose(self, rows: npt.NDArray[np.int64], templates: Sequence[str]) -> tuple[Vocabulary, Matrix]:
        """Return the vocabulary learnt from some of the texts, and all texts in it.

        The terms that most templates share, in sorted order. A template has a term when a fifth of its
        documents have it. That keeps out what is drawn at random, and with it the names of people, who are
        seldom in many documents of one template.

        Args:
            rows: of the texts to learn from. templates: of each of them.
        """
        present = self.counts[rows].copy()
        present.data[:] = 1
        groups, of = np.unique(np.array(templates), return_inverse=True)
        sizes = np.bincount(of)
        shares = sparse.csr_matrix((1 / sizes[of], (of, np.arange(len(rows)))), dtype=np.float32) @ present
        spread = np.asarray((shares >= _SHARE).sum(axis=0)).ravel()
        kept = np.flatnonzero(spread >= min(self.grams.min_templates, len(groups)))
        if self.grams.analyzer == "word":
            kept = kept[[people_names().isdisjoint(self.names[n].split()) for n in kept]]
        kept = np.sort(kept[np.argsort(-spread[kept], kind="stable")][: self.grams.most])
        idf = (np.log((1 + len(groups)) / (1 + spread[kept])) + 1).astype(np.float32)
        terms = [str(self.names[n]) for n in kept]
        return Vocabulary(self.grams, terms, idf), weigh(self.counts[:, kept], idf)


def weigh(counts: Matrix, idf: npt.NDArray[np.float32]) -> Matrix:
    """Return counts as sublinear tf-idf rows of length 1, float32."""
    weighted = counts.astype(np.float32)
    weighted.data = (1 + np.log(weighted.data)) * idf[weighted.indices]
    return cast("Matrix", normalize(weighted, copy=False))


def _counter(grams: Grams, vocabulary: dict[str, int] | None = None) -> CountVectorizer:
    return CountVectorizer(
        analyzer=grams.analyzer,
        ngram_range=(grams.low, grams.high),
        lowercase=False,
        token_pattern=r"(?u)\b\w[\w'-]*\b" if grams.analyzer == "word" else None,
        vocabulary=vocabulary,
        dtype=np.float32,
    )
