"""What every OCR engine does."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from PIL import Image

from sagstjek.errors import DocumentError
from sagstjek.shapes import Reason

AUTO: Final = 3
"""Tesseract's page segmentation mode that finds the blocks of a page by itself."""
SURE: Final = 2.0
"""Orientation confidence of Tesseract below which a page is left as it is; right answers have 4 to 16."""
_LONGEST: Final = 32767
"""Pixels of a side that Tesseract takes at most."""
_SCRIPT_HEIGHT: Final = 2300
"""Pixels of the long side from which orientation is found surely: A4 at 200 dpi."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What an engine read. `confidence` 0-1: the mean over words, weighted by length; 0 without text."""

    text: str = field(repr=False)
    confidence: float


class OcrEngine(Protocol):
    """Reads pictures. Deterministic: a picture gives the same text whatever was read before it."""

    @property
    def name(self) -> str:
        """`tesserocr` or `pytesseract`."""
        ...

    @property
    def version(self) -> str:
        """Version of engine and language data; a part of every result's step version."""
        ...

    def recognise(self, image: Image.Image, dpi: int, mode: int = AUTO) -> Recognised:
        """Return the text of a picture.

        Args:
            image: greyscale, upright.
            dpi: its resolution, about.
            mode: Tesseract's page segmentation mode.
        """
        ...

    def orientation(self, image: Image.Image) -> int:
        """Return 0, 90, 180 or 270: the degrees clockwise that turn the picture upright; 0 when unsure."""
        ...


def mean_confidence(words: Sequence[str], confidences: Sequence[float]) -> float:
    """Return the mean of the words' confidences (0-100) as 0-1, weighted by length; 0 without words.

    >>> mean_confidence(["fuld", "x"], [100, 50])
    0.9
    """
    if len(words) != len(confidences):
        return sum(confidences) / len(confidences) / 100 if confidences else 0.0
    length = sum(len(word) for word in words)
    weighted = sum(len(word) * max(value, 0.0) for word, value in zip(words, confidences, strict=True))
    return weighted / length / 100 if length else 0.0


def check_sides(image: Image.Image) -> None:
    """Check that Tesseract can take the picture.

    Raises:
        DocumentError: too large.
    """
    if max(image.size) > _LONGEST:
        raise DocumentError(Reason.TOO_LARGE)


def for_orientation(image: Image.Image) -> Image.Image:
    """Return a small picture enlarged: below 200 dpi the orientation is often found wrong."""
    scale = _SCRIPT_HEIGHT / max(image.size)
    if scale < 1.2:
        return image
    return image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BICUBIC)
