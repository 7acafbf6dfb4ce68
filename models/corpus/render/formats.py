"""One document in one file format: the only door to the writers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from models.corpus.grammar import Drawn
from models.corpus.render.doc import write_doc
from models.corpus.render.docx import write_docx
from models.corpus.render.jpeg import photograph, write_jpeg
from models.corpus.render.layout import lay_out
from models.corpus.render.look import Look, draw_look
from models.corpus.render.paper import Leaf, Scanner, draw_scanner, leaves_of, put_through
from models.corpus.render.pdf import PdfFace, write_pdf
from models.corpus.render.post import write_mail
from models.corpus.render.scan import turn
from models.corpus.render.scan_pdf import junk_layer, write_scan_pdf
from models.corpus.render.sheet import write_xls, write_xlsx
from models.corpus.render.tiff import write_tiff

EXTENSIONS: Final = {
    "docx": "docx",
    "doc": "doc",
    "pdf": "pdf",
    "scan_pdf": "pdf",
    "layer_pdf": "pdf",
    "junk_pdf": "pdf",
    "tif": "tif",
    "grey_tif": "tif",
    "jpg": "jpg",
    "xlsx": "xlsx",
    "xls": "xls",
    "msg": "msg",
    "eml": "eml",
}
"""Format code to extension. `scan_pdf` has no text layer, `layer_pdf` a good one, `junk_pdf` a bad one."""
SCANS: Final = frozenset({"scan_pdf", "layer_pdf", "junk_pdf", "tif", "grey_tif", "jpg"})
_PHOTO_DPI = 130


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document as a file.

    Attributes:
        form: the format it came out in; a photo of several pages comes out as `scan_pdf`.
        pages: 0 where the format has none. page_texts: the words on each page.
    """

    data: bytes = field(repr=False)
    form: str
    pages: int = 0
    page_texts: tuple[str, ...] = field(default=(), repr=False)

    @property
    def extension(self) -> str:
        """The extension that tells the truth about the format."""
        return EXTENSIONS[self.form]


def render(drawn: Drawn, form: str, rng: Random, scanner: Scanner | None = None) -> Rendered:
    """Return the document in a format; same document, format and seed, same bytes.

    Args:
        drawn: what it says.
        form: a key of `EXTENSIONS`.
        rng: where look and dirt come from.
        scanner: for scans, instead of one that is drawn.
    """
    match form:
        case "docx":
            return Rendered(write_docx(drawn.blocks, drawn.title, drawn.scene.date, rng), form)
        case "doc":
            return Rendered(write_doc(drawn.blocks), form)
        case "xlsx":
            return Rendered(write_xlsx(drawn.blocks, "Ark1", drawn.scene.date), form)
        case "xls":
            return Rendered(write_xls(drawn.blocks, "Ark1"), form)
        case "msg" | "eml":
            return Rendered(write_mail(drawn, form, rng), form)
        case "pdf":
            return render_pdf(drawn, draw_look(drawn, rng), rng)
        case "jpg":
            return _photo(drawn, draw_look(drawn, rng), rng, scanner)
        case _:
            look = draw_look(drawn, rng)
            scanner = scanner or draw_scanner(rng, grey=form == "grey_tif")
            return bind(put_through(leaves_of(drawn, look, rng, scanner.dpi), scanner, rng), form, scanner.dpi, rng)


def render_pdf(drawn: Drawn, look: Look, rng: Random, *, password: str = "") -> Rendered:
    """Return the document as a PDF with real text; with a password it opens only with it."""
    family = look.printed_family
    sheets = lay_out(drawn.blocks, PdfFace(family), look.manner)
    data = write_pdf(sheets, family, rng, drawn.title, password=password)
    return Rendered(data, "pdf", len(sheets), tuple(sheet.text for sheet in sheets))


def bind(pages: Sequence[Leaf], form: str, dpi: int, rng: Random) -> Rendered:
    """Return scanned pages as one TIF or PDF file."""
    images = [page.image for page in pages]
    texts = tuple(page.text for page in pages)
    match form:
        case "tif" | "grey_tif":
            data = write_tiff(images, dpi)
        case "layer_pdf":
            data = write_scan_pdf(images, texts, dpi)
        case "junk_pdf":
            data = write_scan_pdf(images, [junk_layer(text, rng) for text in texts], dpi)
        case _:
            data = write_scan_pdf(images, (), dpi)
    return Rendered(data, form, len(pages), texts)


def _photo(drawn: Drawn, look: Look, rng: Random, scanner: Scanner | None) -> Rendered:
    leaves = leaves_of(drawn, look, rng, _PHOTO_DPI)
    photos = [Leaf(photograph(leaf.image, rng), leaf.text) for leaf in leaves]
    if scanner and scanner.turned:
        photos = [Leaf(turn(photo.image, rng.choice((90, 180, 270))), photo.text) for photo in photos]
    if len(photos) > 1:
        return bind(photos, "scan_pdf", _PHOTO_DPI, rng)
    return Rendered(write_jpeg(photos[0].image, dpi=_PHOTO_DPI), "jpg", 1, (photos[0].text,))
