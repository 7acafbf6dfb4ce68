"""Where documents begin in a pile of pages: a linear model over each page and the one before it."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from sagstjek.shapes import Extent, Page

Array = npt.NDArray[np.float32]
_HEAD_LINES: Final = 7
_HEAD_CUES: Final = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"\bkommune\b",
        r"\bdato\b|\bden \d|\d{1,2}\. ?[a-z]{3,9} \d{4}|\d{2}[-.]\d{2}[-.]\d{2,4}",
        r"^\s*(kære|hej|til|dear|att)\b",
        r"\b(cpr|personnr|j\.?nr|sagsnr|journalnr)\b",
        r"^\s*(vedr|emne|ang)\b",
        r"\bside 1\b|\b1 ?/ ?\d\b|\b1 af \d",
        r"\bside [2-9]|\b[2-9] ?/ ?\d\b|\b[2-9] af \d|^\s*- ?[2-9] ?-\s*$",
        r"\bfortsat\b|\bfortsættelse\b|\bcontinued\b",
        r"^\s*\d+\.\s|^\s*[-•*]\s|^\s*§",
        r"\bnavn\b",
        r"\btlf\b|\btelefon\b|@",
        r"^\s*bilag\b",
    )
)
_END_CUES: Final = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"(venlig hilsen|mvh|vh|med hilsen)",
        r"(underskrift|underskrevet|sign\.|dato og)",
        r"\bfortsættes\b|\bvend\b|\bnæste side\b",
        r"\bside \d+ af \d+",
        r"[,;a-zæøå]\s*$",
    )
)
_OWN: Final = len(_HEAD_CUES) + len(_END_CUES) + 12


@dataclass(frozen=True, slots=True)
class BreakModel:
    """Weights of the page-begins model; `weights` (n_features,), `offset` a number."""

    weights: Array = field(repr=False)
    offset: float

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> "BreakModel":
        """Return the model in an artefact's arrays.

        Raises:
            ValueError: it weighs something else than `pair_features` gives.
        """
        if arrays["break_weights"].shape != (feature_count(),):
            raise ValueError
        return cls(arrays["break_weights"].astype(np.float32), float(arrays["break_offset"][0]))

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return the model as arrays of an artefact."""
        return {
            "break_weights": self.weights.astype(np.float32),
            "break_offset": np.array([self.offset], dtype=np.float32),
        }

    @property
    def digest(self) -> str:
        """Content hash, 12 hexadecimal digits."""
        content = b"".join(array.tobytes() for _, array in sorted(self.arrays().items()))
        return hashlib.sha256(content).hexdigest()[:12]

    def begins(self, pages: Sequence[Page]) -> list[float]:
        """Return for each page the probability that it begins a document; 1 for the first."""
        if len(pages) < 2:
            return [1.0] * len(pages)
        chances = expit(pair_features(pages) @ self.weights + self.offset)
        return [1.0, *(float(chance) for chance in chances)]


def pair_features(pages: Sequence[Page]) -> Array:
    """Return a row for each page but the first, from it and the page before, (n_pages - 1, n_features) float32."""
    return np.array([_row(a, b) for a, b in pairwise(pages)], dtype=np.float32)


def _row(before: Page, page: Page) -> list[float]:
    lines = [line.strip() for line in page.text.splitlines() if line.strip()]
    top = "\n".join(lines[:_HEAD_LINES])
    first = lines[0] if lines else ""
    end = before.text.rstrip()[-400:]
    whole = before.extent is Extent.WHOLE
    return [
        *(float(cue.search(top) is not None) for cue in _HEAD_CUES),
        *(float(whole and cue.search(end) is not None) for cue in _END_CUES),
        float(first[:1].islower()),
        float(first.isupper() and len(first) > 3),
        min(len(first), 80) / 80,
        float(np.mean([len(line) for line in lines[:_HEAD_LINES]])) / 80 if lines else 0.0,
        min(len(lines), 60) / 60,
        float(whole),
        min(len(before.text), 3000) / 3000 if whole else 0.5,
        float(abs(before.aspect - page.aspect) > 0.05),
        float(before.source is not page.source),
        _overlap(before.text, page.text),
        _overlap(_numbers(before.text), _numbers(page.text)),
        float(any(len(line) < 45 and line[:1].isupper() and not line.endswith((".", ",")) for line in lines[:3])),
    ]


def _overlap(one: str, other: str) -> float:
    a, b = set(one.lower().split()), set(other.lower().split())
    return len(a & b) / max(min(len(a), len(b)), 1)


def _numbers(text: str) -> str:
    return " ".join(re.findall(r"\d{4,}", text))


def feature_count() -> int:
    """Return the number of columns of `pair_features`."""
    return _OWN
