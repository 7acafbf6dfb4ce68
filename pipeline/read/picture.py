"""Pictures as the OCR wants them: greyscale, black on white, at about the wanted resolution."""

import io
import math
from typing import Final

import numpy as np
from PIL import Image, ImageOps

from sagstjek.errors import DocumentError
from sagstjek.shapes import Reason

# Pillow would warn of large pictures and refuse larger ones; `check_size` goes by our limit instead.
Image.MAX_IMAGE_PIXELS = None

A4_LONG: Final = 297 / 25.4
"""The long side of A4 in inches."""
_PLAUSIBLE_DPI: Final = (90.0, 1300.0)
_LONGEST: Final = 24.0
"""Inches; a page that would be longer has a wrong resolution in its header."""
_COARSE: Final = 120
"""Dpi below which Tesseract reads an enlarged picture better: 98 % of the words of a worn page, not 95 %."""
_MOST_ENLARGED: Final = 2.0
_NEGATIVE: Final = 100
"""Mean grey level below which a one-bit page is white on black."""


def open_picture(data: bytes, max_pixels: int) -> Image.Image:
    """Return the picture, not yet decoded.

    Raises:
        DocumentError: it has too many pixels.
    """
    image = Image.open(io.BytesIO(data))
    check_size(image.width, image.height, max_pixels)
    return image


def check_size(width: float, height: float, max_pixels: int) -> None:
    """Raise `DocumentError` (`too_large`) for a picture with too many pixels."""
    if width * height > max_pixels:
        raise DocumentError(Reason.TOO_LARGE)


def resolution(image: Image.Image) -> tuple[float, float]:
    """Return the resolution in dpi, across and down; as of an A4 page where the header makes no sense."""
    across, down = image.info.get("dpi", (0, 0))
    across, down = float(across), float(down)
    low, high = _PLAUSIBLE_DPI
    if low <= across <= high and low <= down <= high and max(image.width / across, image.height / down) <= _LONGEST:
        return across, down
    guess = max(image.size) / A4_LONG
    return guess, guess


def factor(has: float, wanted: float) -> int:
    """Return by how much to reduce: as much as leaves at least 0.77 of the wanted resolution, and whole.

    Whole factors are exact and twice as fast as resampling; 300 dpi halved reads as well as 300 dpi,
    while 200 dpi brought to 150 reads worse.
    """
    return max(1, math.floor(has / wanted + 0.3))


def grey(image: Image.Image) -> Image.Image:
    """Return the picture as mode `L`, transparency on white, a one-bit negative turned positive."""
    if image.mode == "1":
        bilevel = image.convert("L")
        return ImageOps.invert(bilevel) if _mean(bilevel) < _NEGATIVE else bilevel
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return _from_deep(image)
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        coloured = image.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        return Image.alpha_composite(paper, coloured).convert("L")
    return image if image.mode == "L" else image.convert("L")


def to_resolution(image: Image.Image, has: tuple[float, float], wanted: int) -> Image.Image:
    """Return a greyscale picture at about the wanted dpi, with square pixels; a coarse one is enlarged.

    Args:
        image: mode `L`.
        has: its resolution across and down.
        wanted: dpi.
    """
    across, down = has
    by = factor(across, wanted), factor(down, wanted)
    if by != (1, 1):
        image = image.reduce(by)
        across, down = across / by[0], down / by[1]
    finer = max(across, down)  # a fax has half the lines
    if finer < _COARSE:
        finer *= min(wanted / finer, _MOST_ENLARGED)
    if 0.95 < finer / across < 1.05 and 0.95 < finer / down < 1.05:
        return image
    size = round(image.width * finer / across), round(image.height * finer / down)
    return image.resize(size, Image.Resampling.BICUBIC)


def _mean(image: Image.Image) -> float:
    small = image.reduce(max(1, min(image.size) // 200))
    histogram = small.histogram()
    return sum(level * count for level, count in enumerate(histogram)) / max(1, small.width * small.height)


def _from_deep(image: Image.Image) -> Image.Image:
    """16 bit, or more: stretched to what is there."""
    values = np.asarray(image, dtype=np.float32)
    low, high = float(values.min()), float(values.max())
    return Image.fromarray(((values - low) * (255 / max(high - low, 1.0))).astype(np.uint8))
