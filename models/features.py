"""All features of a part in one sparse row: terms of body, head and title, cues, and layout."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from models.cue_features import feature_count
from models.evidence import BLOCKS, Evidence
from models.layout_features import NAMES
from models.vocabulary import Counted, Grams, Matrix, Vocabulary, count

GRAMS: Final = (
    Grams("body_words", 45_000, 3, 1.0),
    Grams("body_stems", 30_000, 3, 0.9),
    Grams("head_words", 10_000, 3, 0.8),
    Grams("head_letters", 20_000, 4, 0.8),
    Grams("title_letters", 10_000, 3, 0.7),
)
OWN: Final = Grams("own_terms", 30_000, 2, 1.0)
"""Terms of an archive that the model was fitted to, of any block."""
_CUES, _LAYOUT = np.float32(0.3), np.float32(0.35)


@dataclass(frozen=True, slots=True)
class Features:
    """Vocabularies learnt from examples; turns evidence into rows of features."""

    vocabularies: tuple[Vocabulary, ...]

    @property
    def width(self) -> int:
        """Number of columns of `transform`."""
        return sum(len(vocabulary.columns) for vocabulary in self.vocabularies) + feature_count() + len(NAMES)

    def transform(self, evidence: Sequence[Evidence]) -> Matrix:
        """Return the features, (n_parts, n_features) float32 sparse."""
        blocks = [vocabulary.transform(count(evidence, vocabulary.columns)) for vocabulary in self.vocabularies]
        return sparse.csr_matrix(sparse.hstack([*blocks, _numbers(evidence)], format="csr"))


@dataclass(frozen=True, slots=True)
class Prepared:
    """Parts with everything counted that features are made of, for learning from several halves of them."""

    counted: tuple[Counted, ...]
    numbers: Matrix

    @classmethod
    def of(cls, evidence: Sequence[Evidence], grams: Sequence[Grams] = GRAMS) -> "Prepared":
        """Return the parts prepared."""
        order = list(BLOCKS)
        return cls(tuple(Counted.of(g, order.index(g.name), evidence) for g in grams), _numbers(evidence))

    def learn(self, rows: npt.NDArray[np.int64], templates: Sequence[str]) -> tuple[Features, Matrix]:
        """Return the features learnt from some of the parts, and all parts in them.

        Args:
            rows: of the parts to learn from. templates: of each of them; a term must be shared by several.
        """
        chosen = [counted.choose(rows, templates) for counted in self.counted]
        features = Features(tuple(vocabulary for vocabulary, _ in chosen))
        return features, sparse.csr_matrix(sparse.hstack([*(m for _, m in chosen), self.numbers], format="csr"))


def _numbers(evidence: Sequence[Evidence]) -> Matrix:
    """Return the features that need no learning: cues and layout."""
    width = feature_count() + len(NAMES)
    rows = np.array([item.numbers for item in evidence], dtype=np.float32).reshape(len(evidence), width)
    rows[:, : feature_count()] *= _CUES
    rows[:, feature_count() :] *= _LAYOUT
    return sparse.csr_matrix(rows)
