"""A table file as rows of text with their line numbers: CSV in any usual dress, or a workbook's first sheet.

Everything streams. The encoding is settled line by line: a line that is not UTF-8 is CP1252. So a letter that
shows up after a million lines cannot come too late, and a file that mixes both is read right.
"""

import csv
import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Collection, Iterator
from itertools import chain
from typing import BinaryIO, Final
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from connectors.cells import heading_key
from sagstjek.errors import TableError

RawRow = tuple[int, list[str]]
_DELIMITERS: Final = ";,\t"
_EXCEL_HINT: Final = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_OLE: Final = b"\xd0\xcf\x11\xe0"
_QUOTES: Final = "a quotation mark in this row is not closed, or not doubled within quoted text. Mend the row."
_NUL: Final = "holds a NUL byte: the file is damaged, or is not a table. Export it again."
_OLD_WORKBOOK: Final = "is an old or protected workbook. Save it as .xlsx without password, or as CSV."
_WORKBOOK: Final = "is not a workbook that can be read: it is damaged. Save it again as .xlsx, or as CSV."
_BROKEN_WORKBOOK: Final = (
    *(zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError),
)


def raw_rows(stream: BinaryIO, file: str, known: Collection[str]) -> Iterator[RawRow]:
    """Yield every row with the line it begins on, as an editor or Excel counts.

    Args:
        stream: seekable.
        file: as the user named it, for errors.
        known: keys of the headings that we hope for; they settle the delimiter.

    Raises:
        TableError: not a table, or damaged; names the line.
    """
    start = stream.read(4)
    stream.seek(0)
    if start == b"PK\x03\x04":
        yield from _workbook_rows(stream, file)
    elif start == _OLE:
        raise _broken(file, 0, _OLD_WORKBOOK)
    else:
        yield from _text_rows(_lines(stream, file, start), file, known)


def _text_rows(lines: Iterator[str], file: str, known: Collection[str]) -> Iterator[RawRow]:
    before = 0
    delimiter = ""
    for head in lines:
        hint = _EXCEL_HINT.fullmatch(head)
        if head.strip() and not hint:
            break
        delimiter = hint[1] if hint else delimiter
        before += 1
    else:
        return
    rows = csv.reader(chain((head,), lines), delimiter=delimiter or _likely_delimiter(head, known), strict=True)
    line = before + 1
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            raise _broken(file, line, _QUOTES) from None
        yield line, cells
        line = before + rows.line_num + 1


def _likely_delimiter(head: str, known: Collection[str]) -> str:
    """Return the delimiter that finds most known headings, and among equals most columns."""

    def score(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader((head,), delimiter=delimiter))
        return sum(heading_key(cell) in known for cell in cells), len(cells)

    return max(_DELIMITERS, key=score)


def _lines(stream: BinaryIO, file: str, start: bytes) -> Iterator[str]:
    """Yield the lines with their ends, split where an editor splits them."""
    wide = start.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    number = 0
    try:
        for text in io.TextIOWrapper(stream, "utf-16", newline="") if wide else _decoded(stream):
            number += 1
            if "\0" in text:
                raise _broken(file, number, _NUL)
            yield text
    except UnicodeError:
        raise _broken(file, number + 1, "is not the Unicode that the file begins with. Save it as UTF-8.") from None


def _decoded(stream: BinaryIO) -> Iterator[str]:
    stream.seek(len(BOM_UTF8) if stream.read(3) == BOM_UTF8 else 0)
    for raw in stream:
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            text = raw.decode("cp1252", "replace")
        if "\r" in text.removesuffix("\r\n"):
            yield from io.StringIO(text, newline="")
        else:
            yield text


def _workbook_rows(stream: BinaryIO, file: str) -> Iterator[RawRow]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(stream, read_only=True, data_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # some programs write wrong ones
        for line, values in enumerate(sheet.iter_rows(values_only=True), 1):
            yield line, [_cell_text(value) for value in values]
    except _BROKEN_WORKBOOK:
        raise _broken(file, 0, _WORKBOOK) from None


def _cell_text(value: object) -> str:
    """Return a cell as people write it: ISO dates, whole numbers without decimals, ja and nej."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nej"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case _:
            return str(value)


def _broken(file: str, line: int, advice: str) -> TableError:
    return TableError(file, line, "", "", advice)
