"""All features of a part in one sparse row: n-grams of body, head and title, cues, and layout."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from models.cue_features import cue_features, feature_count
from models.layout_features import NAMES, layout_features
from models.text_features import body, head, title
from models.vocabulary import Counted, Grams, Matrix, Vocabulary
from sagstjek.shapes import PartText

_TEXTS: Final[Mapping[str, Callable[[PartText], str]]] = {"body": body, "head": head, "title": title}
BLOCKS: Final = (
    Grams("body_words", "word", 1, 2, 45_000),
    Grams("body_letters", "char_wb", 3, 5, 45_000, min_templates=4),
    Grams("head_words", "word", 1, 2, 10_000),
    Grams("head_letters", "char_wb", 3, 5, 20_000, min_templates=4),
    Grams("title_letters", "char_wb", 2, 5, 10_000),
)
WEIGHTS: Final[Mapping[str, float]] = {
    "body_words": 1.0,
    "body_letters": 0.9,
    "head_words": 0.8,
    "head_letters": 0.8,
    "title_letters": 0.7,
    "cues": 0.3,
    "layout": 0.35,
}


@dataclass(frozen=True, slots=True)
class Features:
    """Vocabularies learnt from examples; turns parts into rows of features."""

    vocabularies: tuple[Vocabulary, ...]

    @property
    def width(self) -> int:
        """Number of columns of `transform`."""
        return sum(len(vocabulary.terms) for vocabulary in self.vocabularies) + feature_count() + len(NAMES)

    def transform(self, parts: Sequence[PartText]) -> Matrix:
        """Return the features, (n_parts, n_features) float32 sparse."""
        blocks = [
            vocabulary.transform(_texts(vocabulary.grams, parts)) * np.float32(WEIGHTS[vocabulary.grams.name])
            for vocabulary in self.vocabularies
        ]
        return sparse.csr_matrix(sparse.hstack([*blocks, _fixed(parts)], format="csr"))


@dataclass(frozen=True, slots=True)
class Prepared:
    """Parts with everything counted that features are made of, for learning from several halves of them."""

    counted: tuple[Counted, ...]
    fixed: Matrix

    @classmethod
    def of(cls, parts: Sequence[PartText], blocks: Sequence[Grams] = BLOCKS) -> "Prepared":
        """Return the parts prepared."""
        return cls(tuple(Counted.of(grams, _texts(grams, parts)) for grams in blocks), _fixed(parts))

    def learn(self, rows: npt.NDArray[np.int64], templates: Sequence[str]) -> tuple[Features, Matrix]:
        """Return the features learnt from some of the parts, and all parts in them.

        Args:
            rows: of the parts to learn from. templates: of each of them; a term must be shared by several.
        """
        chosen = [counted.choose(rows, templates) for counted in self.counted]
        blocks = [matrix * np.float32(WEIGHTS[vocabulary.grams.name]) for vocabulary, matrix in chosen]
        features = Features(tuple(vocabulary for vocabulary, _ in chosen))
        return features, sparse.csr_matrix(sparse.hstack([*blocks, self.fixed], format="csr"))


def _fixed(parts: Sequence[PartText]) -> Matrix:
    """Return the features that need no learning: cues and layout."""
    layout = layout_features(parts) * np.float32(WEIGHTS["layout"])
    cues = cue_features(parts) * np.float32(WEIGHTS["cues"])
    return sparse.csr_matrix(np.hstack([cues, layout]))


def _texts(grams: Grams, parts: Sequence[PartText]) -> list[str]:
    take = _TEXTS[grams.name.split("_")[0]]
    return [take(part) for part in parts]
