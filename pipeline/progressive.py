"""Reading as little of a page as settles the question (DESIGN.md, section 3.3)."""

import dataclasses
import time
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image

from pipeline.ocr.engine import OcrEngine
from pipeline.quality import GOOD, is_good_layer, text_quality
from pipeline.read.content import PageSource
from sagstjek.shapes import Extent, Page, Reason, TextSource

HEAD: Final = 0.42
"""Share of a page's height that is its head: letterhead, addressee, date, heading, first lines."""
_FAINTEST: Final = 190
_BELOW_PAPER: Final = 45
"""Grey levels, absolute and below that of the paper, under which a pixel counts as ink: faint print too."""
_BLANK_INK: Final = 0.0006
"""Share of ink pixels below which a page is blank: specks and punch holes, no line of text."""
_EDGE: Final = 0.06
"""Share of the page's edge where shadows and punch holes lie."""
_LINE: Final = 0.012
"""Share of a row of pixels that a line of text has in ink; punch holes, specks and shadows have less."""
_DOUBTFUL: Final = 0.72
"""Confidence of the engine below which the page may lie on its side or upside down."""
_FULL_LAYER: Final = 300
"""Characters from which a good layer is the page; a shorter one may be a journal stamp over a scan."""
_MORE: Final = 1.5
"""Times the characters of a short layer that the head of the picture has when the layer is only a stamp."""
_KEPT: Final = 16
"""Pictures kept until the rest of their page is wanted; decoding one again costs a tenth of reading it."""


class PageReader:
    """Reads the pages of one member with one engine, and remembers how far and which way up each page is."""

    def __init__(self, sources: Sequence[PageSource], engine: OcrEngine, dpi: int) -> None:
        self._sources = sources
        self._engine = engine
        self._dpi = dpi
        self._turned: dict[int, int] = {}
        self._rests: dict[int, Image.Image] = {}
        self.ocr_seconds = 0.0

    def first_look(self, number: int) -> Page:
        """Return the page by its text layer when that is good, else by the head of its picture.

        Args:
            number: of the page, from 1.
        """
        source = self._sources[number - 1]
        layer = source.layer()
        good = is_good_layer(layer)
        if good and len(layer) >= _FULL_LAYER:
            return Page(number, layer, TextSource.TEXT, extent=Extent.WHOLE, aspect=source.aspect)
        image = source.image(self._dpi)
        if image is None:
            text = layer if text_quality(layer) >= GOOD else ""
            kind = TextSource.TEXT if text else TextSource.NONE
            return Page(number, text, kind, extent=Extent.WHOLE if text else Extent.NONE, aspect=source.aspect)
        if is_blank(image):
            return Page(number, aspect=source.aspect, extent=Extent.WHOLE, blank=not layer.strip())
        seen = self._upright(number, image, source.aspect)
        if good and len(seen.text) < _MORE * len(layer):
            return Page(number, layer, TextSource.TEXT, extent=Extent.WHOLE, aspect=source.aspect)
        return seen

    def whole(self, page: Page) -> Page:
        """Return the page with all of it read, the head not again; the same page when it was read already."""
        if page.extent is not Extent.HEAD:
            return page
        rest = self._rests.pop(page.number, None)
        if rest is None:
            image = self._sources[page.number - 1].image(self._dpi)
            if image is None:
                return page
            rest = below_head(turn(image, self._turned.get(page.number, 0)))
        return self._joined(page, rest)

    def finer(self, page: Page) -> Page:
        """Return the page read at double resolution when that reads better, else as it was."""
        image = self._sources[page.number - 1].image(2 * self._dpi)
        if image is None or page.source is TextSource.TEXT:
            return page
        image = turn(image, self._turned.get(page.number, 0))
        again = self._recognise(page.number, image, whole=True, dpi=2 * self._dpi)
        return again if again.confidence > page.confidence else page

    def failure(self, first: int, last: int) -> Reason | None:
        """Return why one of these pages could not be read; None when none failed."""
        reasons = (source.reason for source in self._sources[first - 1 : last])
        return next((reason for reason in reasons if reason is not None), None)

    def _upright(self, number: int, image: Image.Image, aspect: float) -> Page:
        """Read the head, the right way up; with nothing below it, or no text in it, that is the whole page."""
        page = self._head(number, image, aspect)
        image = turn(image, self._turned.get(number, 0))
        if not page.text.strip():
            return dataclasses.replace(self._recognise(number, image, whole=True), aspect=page.aspect)
        if page.extent is Extent.HEAD:
            rest = below_head(image)
            if not has_lines(rest):
                return dataclasses.replace(page, extent=Extent.WHOLE)
            if len(self._rests) < _KEPT:
                self._rests[number] = rest
        return page

    def _head(self, number: int, image: Image.Image, aspect: float) -> Page:
        """Read the head; when it reads badly, find which way is up and read again."""
        page = dataclasses.replace(self._recognise(number, image, whole=False), aspect=aspect)
        if page.confidence >= _DOUBTFUL and page.text.strip():
            return page
        degrees = self._engine.orientation(image)
        if degrees:
            turned = self._recognise(number, turn(image, degrees), whole=False)
            if turned.confidence > page.confidence:
                self._turned[number] = degrees
                page = turned
        return page

    def _joined(self, page: Page, rest: Image.Image) -> Page:
        """Return the page with its rest read too."""
        below = self._recognise(page.number, rest, whole=True)
        sizes = len(page.text), len(below.text)
        return dataclasses.replace(
            page,
            text=f"{page.text.rstrip()}\n{below.text}" if below.text.strip() else page.text,
            confidence=(page.confidence * sizes[0] + below.confidence * sizes[1]) / max(sum(sizes), 1),
            extent=Extent.WHOLE,
        )

    def _recognise(self, number: int, image: Image.Image, *, whole: bool, dpi: int = 0) -> Page:
        looked_at = image if whole else image.crop((0, 0, image.width, head_height(image)))
        started = time.perf_counter()
        read = self._engine.recognise(looked_at, dpi or self._dpi)
        self.ocr_seconds += time.perf_counter() - started
        extent = Extent.WHOLE if looked_at.height == image.height else Extent.HEAD
        return Page(
            number,
            read.text,
            TextSource.OCR if read.text.strip() else TextSource.NONE,
            read.confidence,
            extent,
            image.width / image.height,
        )


def head_height(image: Image.Image) -> int:
    """Return the height in pixels of the head, cut between two lines of text; all of a small or wide picture."""
    wanted = round(image.height * HEAD)
    if image.height < image.width * 0.9 or image.height < 500:
        return image.height
    rows = ink(image.crop((0, wanted, image.width, wanted + image.height // 12))).sum(axis=1)
    return wanted + int(np.argmin(rows)) if len(rows) else image.height


def below_head(image: Image.Image) -> Image.Image:
    """Return what lies below the head."""
    return image.crop((0, head_height(image), image.width, image.height))


def has_lines(image: Image.Image) -> bool:
    """Return whether there is a line of text: a row of pixels with enough ink, away from the edges."""
    edge = round(image.width * _EDGE)
    inner = ink(image)[: round(image.height * (1 - _EDGE / 2)), edge : image.width - edge]
    return bool(inner.size and (inner.mean(axis=1) >= _LINE).any())


def is_blank(image: Image.Image) -> bool:
    """Return whether nothing is printed on a page: its middle has hardly any ink."""
    small = image.convert("L").reduce(2) if min(image.size) > 200 else image.convert("L")
    width, height = small.size
    inner = ink(small)[int(height * _EDGE) : int(height * (1 - _EDGE)), int(width * _EDGE) : int(width * (1 - _EDGE))]
    return bool(inner.mean() < _BLANK_INK) if inner.size else True


def ink(image: Image.Image) -> npt.NDArray[np.bool_]:
    """Return which pixels are printed on, (height, width): darker than the paper, which may be grey itself."""
    grey = np.asarray(image.convert("L"))
    paper = float(np.median(grey[::4, ::4])) if grey.size else 255.0
    return np.asarray(grey < min(_FAINTEST, paper - _BELOW_PAPER))


def turn(image: Image.Image, degrees: int) -> Image.Image:
    """Return the picture turned clockwise by 0, 90, 180 or 270 degrees."""
    ways = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    return image.transpose(ways[degrees]) if degrees else image
