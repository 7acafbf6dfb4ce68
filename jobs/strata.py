"""Groups of documents that are alike in what reading them takes: by real format, size and age."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Final

from connectors.export_folder import peek
from pipeline.identify import identify
from sagstjek.errors import DocumentError
from sagstjek.shapes import Document

Key = tuple[str, ...]
_HEAD: Final = 64 * 1024
"""Bytes that tell the format of nearly every file."""
_SIZES: Final = ((30_000, "to 30 kB"), (150_000, "to 150 kB"), (1_000_000, "to 1 MB"), (10_000_000, "to 10 MB"))
_YEARS: Final = ((2005, "before 2005"), (2015, "2005-2014"), (dt.MAXYEAR, "2015 and later"))
_LEAST: Final = 8
"""Documents that make a group worth sampling by itself."""
_CLAIMED: Final = frozenset({"ole", "zip", "unknown"})
"""Formats that the first bytes leave open: the extension is taken in addition."""
_PAGES: Final = frozenset({"pdf", "tiff", "jpeg", "png", "gif", "bmp", "webp"})
_DEARER: Final = 3.0
"""How much more a file differs in what it takes when it may be a scan."""
_LOST: Final = "cannot be fetched"


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A document of which the first bytes were seen.

    Attributes:
        size: bytes; 0 when it cannot be fetched.
    """

    document: Document
    reference: str = field(repr=False)
    media: str
    size: int

    @property
    def key(self) -> Key:
        """Format, size class and age class."""
        size = next((name for bound, name in _SIZES if self.size <= bound), "over 10 MB")
        day = self.document.journal_date
        age = next(name for bound, name in _YEARS if day.year < bound or bound == dt.MAXYEAR) if day else "undated"
        return self.media, size, age

    @property
    def weight(self) -> float:
        """What it is likely to add to the doubt about the whole."""
        return sqrt(self.size) * (_DEARER if self.media in _PAGES else 1.0)


def look_at(document: Document, reference: str) -> LookedAt:
    """Return what the first bytes and the store tell of a document."""
    try:
        found = peek(reference, _HEAD)
    except DocumentError:
        return LookedAt(document, reference, _LOST, 0)
    media = identify(found.head)
    if media in _CLAIMED:
        media = f"{media} .{document.path.rpartition('.')[2].lower()[:5]}"
    return LookedAt(document, reference, media, found.size)


def draw_some(documents: Iterable[Document], most: int, seed: int) -> tuple[list[Document], int]:
    """Return a random sample of at most so many documents, in their order, and how many there are in all.

    Reads the documents once and holds only the sample (Vitter, "Random Sampling with a Reservoir", 1985).
    """
    rng = random.Random(seed)
    kept: list[tuple[int, Document]] = []
    count = 0
    for count, document in enumerate(documents, 1):
        if len(kept) < most:
            kept.append((count, document))
        elif (place := rng.randrange(count)) < most:
            kept[place] = (count, document)
    return [document for _, document in sorted(kept, key=lambda pair: pair[0])], count


def group(keys: Sequence[Key], least: int = _LEAST) -> list[Key]:
    """Return the group of each key; small groups lose first their age, then their size, then their format.

    >>> group([("pdf", "a", "x")] * 2 + [("pdf", "a", "y"), ("msg", "b", "x")], least=2)
    [('pdf', 'a', 'x'), ('pdf', 'a', 'x'), ('others',), ('others',)]
    """
    groups: list[Key | None] = [None] * len(keys)
    for depth in range(max(map(len, keys), default=0), 0, -1):
        counts = Counter(key[:depth] for key, done in zip(keys, groups, strict=True) if done is None)
        for place, key in enumerate(keys):
            if groups[place] is None and counts[key[:depth]] >= least:
                groups[place] = key[:depth]
    return [("others",) if found is None else found for found in groups]
