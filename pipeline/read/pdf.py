"""PDF by pdfium: text layer, form fields, and the scanned picture itself where the page is one."""

import io
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from pipeline.read.content import Content, Limits
from pipeline.read.image import decode
from pipeline.read.picture import check_size, grey, to_resolution
from pipeline.read.seam import seal, take_out
from sagstjek.errors import DocumentError
from sagstjek.shapes import Reason

_POINTS: Final = 72
_COVER: Final = (0.85, 1.15)
"""Share of the page that a picture covers when it is the page."""
_LARGE: Final = 0.2
"""Share of the page from which a picture that cannot be decoded makes the page a damaged one."""
_SQUARE: Final = 0.01
"""Sine of the angle below which a picture stands straight: half a degree."""
_TAIL: Final = 4096
_TURNS: Final = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
_PROPERTIES: Final = {
    "Title": "title",
    "Author": "author",
    "Subject": "subject",
    "Creator": "creator",
    "Producer": "producer",
    "CreationDate": "created",
}


@dataclass(frozen=True, slots=True)
class _Page:
    file: pdfium.PdfDocument = field(repr=False)
    index: int
    max_pixels: int
    forms: bool

    @property
    def aspect(self) -> float:
        width, height = self.file.get_page_size(self.index)
        return float(width / height)

    def layer(self) -> str:
        """Flattening makes what was filled in a part of the page; the page must be loaded again after it."""
        if self.forms:
            with closing(self.file[self.index]) as page:
                page.flatten()
        with closing(self.file[self.index]) as page, closing(page.get_textpage()) as text:
            found: str = text.get_text_range()
        # pdfium gives U+FFFE for a hyphen at the end of a line
        return found.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "-").replace("\0", "")

    def image(self, dpi: int) -> Image.Image:
        with closing(self.file[self.index]) as page:
            return _scan(page, dpi, self.max_pixels) or _render(page, dpi, self.max_pixels)


def _render(page: pdfium.PdfPage, dpi: int, max_pixels: int) -> Image.Image:
    scale = dpi / _POINTS
    width, height = page.get_size()
    check_size(width * scale, height * scale, max_pixels)
    for thing in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        x0, y0, x1, y1 = thing.get_bounds()
        if (x1 - x0) * (y1 - y0) > _LARGE * width * height:
            thing.get_bitmap()  # raises for a broken picture, which rendering leaves out: the page would look blank
    return grey(page.render(scale=scale, grayscale=True).to_pil())


def _scan(page: pdfium.PdfPage, dpi: int, max_pixels: int) -> Image.Image | None:
    """Return the picture that is the page, turned as the page shows it; None when the page is more."""
    picture = _only_picture(page)
    if picture is None:
        return None
    matrix = picture.get_matrix()
    turn = _turn(matrix)
    about = picture.get_metadata()
    if turn is None or about.colorspace == pdfium_c.FPDF_COLORSPACE_UNKNOWN:  # a stencil has no colours of its own
        return None
    width, height = picture.get_px_size()
    check_size(width, height, max_pixels)
    across, down = (matrix.a, matrix.d) if turn in (0, 180) else (matrix.b, matrix.c)
    has = width * _POINTS / abs(across), height * _POINTS / abs(down)
    image = _decoded(picture, has, dpi, bilevel=about.bits_per_pixel == 1)
    degrees = (turn + page.get_rotation()) % 360
    return image.transpose(_TURNS[degrees]) if degrees else image


def _only_picture(page: pdfium.PdfPage) -> pdfium.PdfImage | None:
    """Return the one picture that fills the page with nothing visible on it but an OCR layer, or None."""
    found = None
    for thing in page.get_objects(max_depth=1):
        if thing.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            if pdfium_c.FPDFTextObj_GetTextRenderMode(thing.raw) != pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE:
                return None
        elif thing.type == pdfium_c.FPDF_PAGEOBJ_IMAGE and found is None:
            found = thing
        else:
            return None
    if found is None or pdfium_c.FPDFPage_GetAnnotCount(page.raw):
        return None
    left, bottom, right, top = page.get_cropbox()
    x0, y0, x1, y1 = found.get_bounds()
    area = (right - left) * (top - bottom)
    seen = max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom))
    fits = seen >= _COVER[0] * area and (x1 - x0) * (y1 - y0) <= _COVER[1] * area
    return found if fits else None


def _turn(matrix: pdfium.PdfMatrix) -> int | None:
    """Return by how many degrees clockwise the matrix turns a picture; None when it mirrors or slants it."""
    a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
    if a * d - b * c <= 0:
        return None
    size = max(abs(a), abs(b), abs(c), abs(d))
    if max(abs(b), abs(c)) < _SQUARE * size:
        return 0 if a > 0 else 180
    if max(abs(a), abs(d)) < _SQUARE * size:
        return 270 if b > 0 else 90
    return None


def _decoded(picture: pdfium.PdfImage, has: tuple[float, float], dpi: int, *, bilevel: bool) -> Image.Image:
    if picture.get_filters() == ["DCTDecode"]:
        with suppress(OSError), Image.open(io.BytesIO(bytes(picture.get_data()))) as jpeg:
            if jpeg.mode in ("L", "RGB"):
                jpeg.getexif().clear()  # a PDF reader pays no heed to it
                return decode(jpeg, has, dpi)
    image = picture.get_bitmap().to_pil().copy()  # the buffer is pdfium's
    return to_resolution(grey(image.convert("1") if bilevel else image), has, dpi)


def read(data: bytes, media: str, limits: Limits) -> Content:
    """Return the pages and the attached files.

    Raises:
        DocumentError: encrypted with a password, broken, without pages, or a form that only Adobe can show.
    """
    file = _open(data)
    form = file.get_formtype()
    if form == pdfium_c.FORMTYPE_XFA_FULL:
        raise DocumentError(Reason.UNSUPPORTED)
    forms = form != pdfium_c.FORMTYPE_NONE
    if forms:
        file.init_forms()
    count = len(file)
    shown = min(count, limits.max_pages)
    pages = seal(_Page(file, index, limits.max_pixels, forms) for index in range(shown))
    attachments, more = take_out(_attached(file), limits)
    return Content(
        media,
        pages,
        attachments,
        paged=True,
        properties={name: text for key, name in _PROPERTIES.items() if (text := file.get_metadata_value(key))},
        damaged=b"startxref" not in data[-_TAIL:].rstrip(b"\0")
        and b"startxref" not in data.rstrip(b"\0\r\n ")[-_TAIL:],
        truncated=more or shown < count,
    )


def _open(data: bytes) -> pdfium.PdfDocument:
    """Return the document; an empty password is tried by pdfium itself."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)
        raise DocumentError(Reason.ENCRYPTED if locked else Reason.DAMAGED) from None


def _attached(file: pdfium.PdfDocument) -> Iterator[tuple[str, Callable[[int], bytes]]]:
    for index in range(file.count_attachments()):
        attachment = file.get_attachment(index)
        yield attachment.get_name(), partial(_bytes, attachment)


def _bytes(attachment: pdfium.PdfAttachment, room: int) -> bytes:  # noqa: ARG001 - the signature of `take_out`
    return bytes(attachment.get_data())
