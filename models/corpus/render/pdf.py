"""PDF with real text, as Word or a payroll system prints it."""

import io
from collections.abc import Sequence
from functools import cache
from random import Random

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from models.corpus.render.fonts import font_path
from models.corpus.render.layout import Box, Line, Mark, Sheet, Stamp, Text

_STANDARD = {
    "sans": ("Helvetica", "Helvetica-Bold"),
    "serif": ("Times-Roman", "Times-Bold"),
    "mono": ("Courier", "Courier-Bold"),
}


@cache
def _wide_font(*, bold: bool) -> str:
    """Return the name of an embedded font for letters that the standard fonts lack."""
    path = font_path("sans", bold=bold)
    if path is None:
        return "Helvetica"
    name = "Wide-Bold" if bold else "Wide"
    pdfmetrics.registerFont(TTFont(name, str(path)))
    return name


def _font(family: str, text: str, *, bold: bool) -> str:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return _wide_font(bold=bold)
    return _STANDARD[family][bold]


class PdfFace:
    """One of the standard typefaces of PDF: sans, serif or mono."""

    def __init__(self, family: str) -> None:
        self.family = family

    def width(self, text: str, size: float, *, bold: bool) -> float:
        """Return the width of the text in points."""
        return float(pdfmetrics.stringWidth(text, _font(self.family, text, bold=bold), size))


def write_pdf(sheets: Sequence[Sheet], family: str, rng: Random, title: str = "", *, password: str = "") -> bytes:
    """Return the sheets as a PDF with a text layer that is right; same input, same bytes.

    With a password the file is encrypted (RC4, 128 bits) and opens only with it.
    """
    stream = io.BytesIO()
    lock = StandardEncryption(password, strength=128) if password else None
    canvas = Canvas(stream, invariant=1, pageCompression=1, encrypt=lock)
    canvas.setTitle(title)
    canvas.setCreator(rng.choice(("Microsoft Word", "KMD Doc2Archive", "SD Løn", "Adobe Acrobat", "")))
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        for mark in sheet.marks:
            _mark(canvas, mark, sheet.height, family, rng)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _mark(canvas: Canvas, mark: Mark, height: float, family: str, rng: Random) -> None:
    match mark:
        case Text() if mark.signature:
            _scribble(canvas, mark.x, height - mark.y, mark.size, rng)
        case Text():
            canvas.setFont(_font(family, mark.text, bold=mark.bold), mark.size)
            canvas.drawString(mark.x, height - mark.y, mark.text)
        case Line():
            canvas.line(mark.x0, height - mark.y0, mark.x1, height - mark.y1)
        case Box():
            low = height - mark.y - mark.size
            canvas.rect(mark.x, low, mark.size, mark.size)
            if mark.checked:
                canvas.setFont("Helvetica-Bold", mark.size)
                canvas.drawString(mark.x + mark.size * 0.16, low + mark.size * 0.14, "X")
        case Stamp():
            canvas.saveState()
            canvas.translate(mark.x, height - mark.y - 12)
            canvas.rotate(rng.uniform(-6, 6))
            canvas.setFont(_font("sans", mark.text, bold=True), 11)
            canvas.drawString(0, 0, mark.text)
            canvas.restoreState()


def _scribble(canvas: Canvas, x: float, y: float, size: float, rng: Random) -> None:
    path = canvas.beginPath()
    path.moveTo(x, y)
    for _ in range(rng.randrange(4, 9)):
        step = size * rng.uniform(0.4, 0.8)
        path.curveTo(x + step * 0.3, y + size * rng.uniform(0.2, 1), x + step * 0.6, y - size * 0.3, x + step, y)
        x += step
    canvas.drawPath(path)
