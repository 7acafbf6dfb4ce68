"""The plain way to the text of a folder of documents: the script that most people would write.

By file extension, with the usual libraries, every page without a text layer as a picture of 300 dpi through
pytesseract. It says nothing about what a document is or whose it is; that would come on top.
"""

import email
import email.policy
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Final

import docx
import extract_msg
import kreuzberg
import openpyxl
import pdfplumber
import pypdfium2
import pytesseract
from PIL import Image, ImageSequence

_DPI: Final = 300


def read_plainly(file: Path) -> list[str]:
    """Return the texts of a file: one a page, sheet, mail or attachment.

    Raises:
        Exception: whatever the libraries raise for a file that they cannot read.
    """
    reader = _READERS.get(file.suffix.lower())
    return list(reader(file)) if reader else []


def _ocr(image: Image.Image) -> str:
    return str(pytesseract.image_to_string(image, lang="dan"))


def _pdf(file: Path) -> Iterator[str]:
    with pdfplumber.open(file) as pdf, pypdfium2.PdfDocument(file) as pictures:
        for number, page in enumerate(pdf.pages):
            text = page.extract_text() or ""
            yield text if text.strip() else _ocr(pictures[number].render(scale=_DPI / 72).to_pil())


def _picture(file: Path) -> Iterator[str]:
    with Image.open(file) as image:
        for frame in ImageSequence.Iterator(image):
            yield _ocr(frame)


def _docx(file: Path) -> Iterator[str]:
    document = docx.Document(str(file))
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    yield "\n".join(lines)


def _xlsx(file: Path) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(file, read_only=True, data_only=True).worksheets:
        yield "\n".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None)


def _office(file: Path) -> Iterator[str]:
    yield kreuzberg.extract_file_sync(str(file)).content


def _msg(file: Path) -> Iterator[str]:
    with extract_msg.openMsg(file) as mail, tempfile.TemporaryDirectory() as folder:
        yield mail.body or ""
        mail.saveAttachments(customPath=folder, skipHidden=True)
        yield from _folder(Path(folder))


def _eml(file: Path) -> Iterator[str]:
    mail = email.message_from_bytes(file.read_bytes(), _class=EmailMessage, policy=email.policy.default)
    body = mail.get_body(("plain", "html"))
    yield str(body.get_content()) if body else ""
    with tempfile.TemporaryDirectory() as folder:
        for number, part in enumerate(mail.iter_attachments()):
            data = part.get_payload(decode=True)
            if isinstance(data, bytes):
                Path(folder, f"{number}{Path(part.get_filename() or '').suffix}").write_bytes(data)
        yield from _folder(Path(folder))


def _zip(file: Path) -> Iterator[str]:
    with zipfile.ZipFile(file) as archive, tempfile.TemporaryDirectory() as folder:
        archive.extractall(folder)
        yield from _folder(Path(folder))


def _folder(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield from read_plainly(file)


def _text(file: Path) -> Iterator[str]:
    yield file.read_text("utf-8", "replace")


_READERS: Final[Mapping[str, Callable[[Path], Iterator[str]]]] = {
    ".pdf": _pdf,
    **dict.fromkeys((".tif", ".tiff", ".jpg", ".jpeg", ".png"), _picture),
    ".docx": _docx,
    ".xlsx": _xlsx,
    **dict.fromkeys((".doc", ".xls", ".rtf", ".odt", ".html"), _office),
    ".msg": _msg,
    ".eml": _eml,
    ".zip": _zip,
    ".txt": _text,
}
