"""Small real files of every format, all with the words of `LETTER`."""

import datetime as dt
import io
import zipfile
from functools import cache
from random import Random

import openpyxl
import xlwt
from docx import Document
from PIL import Image

from models.corpus.blocks import parse_blocks
from models.corpus.render.doc import write_doc
from models.corpus.render.fonts import DrawnFace
from models.corpus.render.layout import Manner, lay_out
from models.corpus.render.mail import Mail, write_eml
from models.corpus.render.msg import write_msg
from models.corpus.render.page_image import draw_sheets
from models.corpus.render.pdf import PdfFace, write_pdf

LETTER = """-> Københavns Kommune, 3. maj 2011
# Skriftlig advarsel
Kære Åse Sørensen, personnummer 251248-9996
Det er konstateret, at du gentagne gange er mødt for sent på arbejde. Vi har den 12. april 2011 holdt en tjenstlig
samtale med dig, hvor også din tillidsrepræsentant deltog. Du gives derfor hermed en skriftlig advarsel.
Vi forventer, at du fremover overholder mødetiderne, og at du melder fravær til din leder senest klokken 7.30.
Med venlig hilsen
Bo Østergård, institutionsleder
"""
WORD = "advarsel"
MAIL = Mail(
    "Skriftlig advarsel",
    ("Bo Østergård", "bo@kommune.example"),
    ("Åse Sørensen", "aase@kommune.example"),
    dt.datetime(2011, 5, 3, 12, 5, tzinfo=dt.UTC),
    LETTER,
)


@cache
def page(dpi: int = 200) -> Image.Image:
    """A drawn A4 page in greyscale."""
    sheets = lay_out(parse_blocks(LETTER), DrawnFace("sans"), Manner())
    return draw_sheets(sheets, "sans", Random(1), dpi)[0].copy()


def bilevel(dpi: int = 200) -> Image.Image:
    return page(dpi).point(lambda value: 255 * (value > 150)).convert("1", dither=Image.Dither.NONE)


def picture(kind: str, image: Image.Image | None = None, **options: object) -> bytes:
    stream = io.BytesIO()
    (image or page()).save(stream, kind, **options)
    return stream.getvalue()


@cache
def pdf(pages: int = 1) -> bytes:
    text = "===\n".join([LETTER] * pages)
    return write_pdf(lay_out(parse_blocks(text), PdfFace("sans"), Manner()), "sans", Random(1))


def footed() -> Image.Image:
    """The same page with its first lines once more near the foot."""
    image = bilevel()
    image.paste(image.crop((0, 0, image.width, int(image.height * 0.15))), (0, int(image.height * 0.75)))
    return image


def tiff(pages: int = 3, image: Image.Image | None = None) -> bytes:
    frames = [image or bilevel()] * pages
    return picture("TIFF", frames[0], save_all=True, append_images=frames[1:], compression="group4", dpi=(200, 200))


@cache
def docx() -> bytes:
    document = Document()
    for line in LETTER.splitlines():
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def doc() -> bytes:
    return write_doc(parse_blocks(LETTER))


@cache
def xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Løn"
    sheet.append(["Skriftlig advarsel", 101489996, dt.date(2011, 5, 3), 1234.5, 37.0, True, None])
    sheet.append([None, "251248-9996", dt.datetime(2011, 5, 3, 14, 5)])  # noqa: DTZ001 - as a cell has it
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Løn")
    for column, value in enumerate(("Skriftlig advarsel", 101489996, dt.date(2011, 5, 3))):
        dates = xlwt.easyxf(num_format_str="DD-MM-YYYY") if column == 2 else xlwt.easyxf()
        sheet.write(0, column, value, dates)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped(members: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def open_document(kind: str, body: str, manifest: str = "") -> bytes:
    """An OpenDocument file; `kind` is text or spreadsheet."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "text", "table")
    )
    content = f"<office:document-content {spaces}><office:body>{body}</office:body></office:document-content>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), f"application/vnd.oasis.opendocument.{kind}", zipfile.ZIP_STORED)
        archive.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}')
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return stream.getvalue()


def odt() -> bytes:
    lines = "".join(f"<text:p>{line}</text:p>" for line in LETTER.splitlines())
    return open_document("text", f"<office:text>{lines}</office:text>")


def ods() -> bytes:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in ("Skriftlig advarsel", "251248-9996")
    )
    row = f"<table:table-row>{cells}</table:table-row>"
    return open_document(
        "spreadsheet", f'<office:spreadsheet><table:table table:name="Løn">{row}</table:table></office:spreadsheet>'
    )


def rtf() -> bytes:
    lines = "\\par ".join(LETTER.splitlines())
    coded = "".join(char if ord(char) < 128 else f"\\'{char.encode('cp1252').hex()}" for char in lines)
    return b"{\\rtf1\\ansi\\ansicpg1252 " + coded.encode() + b"}"


def html() -> bytes:
    lines = "".join(f"<p>{line}</p>" for line in LETTER.splitlines())
    return f"<!DOCTYPE html><html><head><style>p {{}}</style></head><body>{lines}</body></html>".encode()


def every() -> dict[str, bytes]:
    """One file of each format that can be read, by media code."""
    return {
        "pdf": pdf(),
        "tiff": tiff(),
        "jpeg": picture("JPEG", dpi=(200, 200)),
        "png": picture("PNG", dpi=(200, 200)),
        "gif": picture("GIF"),
        "bmp": picture("BMP"),
        "webp": picture("WEBP"),
        "docx": docx(),
        "doc": doc(),
        "xlsx": xlsx(),
        "xls": xls(),
        "odt": odt(),
        "ods": ods(),
        "rtf": rtf(),
        "msg": write_msg(MAIL),
        "eml": write_eml(MAIL),
        "zip": zipped({"brev.txt": LETTER.encode()}),
        "txt": LETTER.encode(),
        "html": html(),
        "xml": f'<?xml version="1.0"?><brev><linje>{LETTER}</linje></brev>'.encode(),
    }
