"""What a decision on a part's type rests on, without its words: hashed terms, and numbers.

Kept by the ledger, so that another model or threshold decides again without reading again. Terms are hashed
(Weinberger et al., "Feature Hashing", 2009) and their order is lost; digits are masked and people's names left out
before that. Whoever has the evidence can test a guess of a word, so it is personal data like the rest of the ledger.
"""

import hashlib
import re
import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from models.corpus import names
from models.cue_features import cue_features, cues
from models.layout_features import NAMES, layout_features
from models.text_features import body, fold, head, title
from sagstjek.errors import ModelError
from sagstjek.shapes import PartText

FORMAT: Final = 1
"""Raised whenever the same text gives other columns: evidence of another format cannot be decided again."""
BLOCK_BITS: Final = 21
"""Each block of terms has 2 to the power of this many columns."""
_MASK: Final = (1 << BLOCK_BITS) - 1
_WORD: Final = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_NAME_LENGTH: Final = 4
"""Letters up to which a name may also be a word: Bo, Maj, Dam."""
_STEM, _LONG_STEM, _COMPOUND = 5, 7, 10
_MOST: Final = 255
_HEADER: Final = struct.Struct("<BIH")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The columns that a part has, how often, and its numbers.

    Attributes:
        columns: (n,) uint32, rising. counts: (n,) uint8.
        numbers: (m,) float16: cues and layout.
    """

    columns: npt.NDArray[np.uint32] = field(repr=False)
    counts: npt.NDArray[np.uint8] = field(repr=False)
    numbers: npt.NDArray[np.float16] = field(repr=False)

    def pack(self) -> bytes:
        """Return the evidence as bytes, about 2 kB a page."""
        gaps = np.diff(self.columns, prepend=np.uint32(0)).astype("<u4")
        planes = gaps.view(np.uint8).reshape(-1, 4).T  # like bytes together pack better
        head_bytes = _HEADER.pack(FORMAT, len(self.columns), len(self.numbers))
        return head_bytes + zlib.compress(
            planes.tobytes() + self.counts.tobytes() + self.numbers.astype("<f2").tobytes(), 6
        )

    @classmethod
    def unpack(cls, data: bytes) -> "Evidence":
        """Return the evidence in bytes.

        Raises:
            ModelError: it was kept by a version that saw other things in a text.
        """
        known, size, numbers = _HEADER.unpack_from(data)
        if known != FORMAT:
            raise ModelError("what was kept of the documents is of another version; they must be read again.")
        raw = np.frombuffer(zlib.decompress(data[_HEADER.size :]), dtype=np.uint8)
        gaps = np.ascontiguousarray(raw[: 4 * size].reshape(4, size).T).view("<u4").ravel()
        values = np.frombuffer(raw[5 * size :].tobytes(), dtype="<f2", count=numbers)
        return cls(np.cumsum(gaps, dtype=np.uint32), raw[4 * size : 5 * size], values.astype(np.float16))


@cache
def evidence_id() -> str:
    """Return what all that makes evidence of a text comes to: format, cues, layout; 12 hexadecimal digits."""
    content = f"{FORMAT}\0{[(code, cue.pattern) for code, cue in cues()]}\0{NAMES}"
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def observe(part: PartText) -> Evidence:
    """Return the evidence of a part."""
    texts = (body(part), head(part), title(part))
    hits: Counter[int] = Counter()
    for number, (place, cut) in enumerate(BLOCKS.values()):
        base = number << BLOCK_BITS
        hits.update(base | (zlib.crc32(term.encode()) & _MASK) for term in cut(texts[place]))
    columns = np.fromiter(sorted(hits), dtype=np.uint32, count=len(hits))
    counts = np.fromiter((min(hits[int(c)], _MOST) for c in columns), dtype=np.uint8, count=len(columns))
    numbers = np.concatenate((cue_features([part])[0], layout_features([part])[0])).astype(np.float16)
    return Evidence(columns, counts, numbers)


@cache
def people_names() -> frozenset[str]:
    """Return first names and surnames that are no terms; very short ones are words too."""
    pools = (names.WOMEN, names.MEN, names.SURNAMES, names.FOREIGN_WOMEN, names.FOREIGN_MEN, names.FOREIGN_SURNAMES)
    return frozenset(fold(name) for pool in pools for name in pool if len(name) > _NAME_LENGTH)


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word not in people_names()]


def words_and_pairs(text: str) -> Iterator[str]:
    """Yield each word, and each two in a row."""
    words = _words(text)
    return chain(words, (f"{one} {other}" for one, other in pairwise(words)))


def stems(text: str) -> Iterator[str]:
    """Yield beginnings and ends of words: Danish joins and bends its words, and OCR misreads a letter of them."""
    for word in _words(text):
        if len(word) > _STEM:
            yield f"{word[:_STEM]}-"
            yield f"-{word[-_STEM:]}"
        if len(word) >= _COMPOUND:
            yield f"{word[:_LONG_STEM]}-"
            yield f"-{word[-_LONG_STEM:]}"


def letters(text: str) -> Iterator[str]:
    """Yield three, four and five letters in a row within words."""
    for word in _words(text):
        padded = f" {word} "
        for length in (3, 4, 5):
            for start in range(len(padded) - length + 1):
                yield padded[start : start + length]


BLOCKS: Final[Mapping[str, tuple[int, Callable[[str], Iterator[str]]]]] = {
    "body_words": (0, words_and_pairs),
    "body_stems": (0, stems),
    "head_words": (1, words_and_pairs),
    "head_letters": (1, letters),
    "title_letters": (2, letters),
}
"""Blocks of terms in the order of their columns: which text (body, head, title), and how it is cut."""
