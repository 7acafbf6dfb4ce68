"""xlsx by openpyxl, xls and ods by kreuzberg; numbers and dates as people see them."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Final

import openpyxl

from pipeline.read.archive import check_package
from pipeline.read.compound import is_whole
from pipeline.read.content import Content, Limits, flow
from pipeline.read.office import office_text

_MOST_CHARACTERS: Final = 2_000_000
"""Of one workbook; more is a data extract, not a document."""
_ISO_TIME: Final = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?: 00:00:00| (\d\d:\d\d):\d\d)")
_LOST_ZERO: Final = re.compile(r"(?<![\d.,-])(?=[1-9](?:0[1-9]|1[0-2])\d{6}(?![\d.,-]))")
"""Before nine digits that begin with a day and a month: a CPR number that a cell made a number."""


def read(data: bytes, media: str, limits: Limits) -> Content:
    """Return the sheets, one after the other: a line a row, cells with tabs between."""
    if media != "xlsx":
        damaged = media == "xls" and not is_whole(data)
        return flow(media, as_seen(office_text(data, media, limits)), damaged=damaged)
    check_package(data, limits)
    workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    lines: list[str] = []
    room = _MOST_CHARACTERS
    for line in _lines(workbook):
        room -= len(line) + 1
        if room < 0:
            break
        lines.append(line)
    workbook.close()
    return flow(media, as_seen("\n".join(lines)), truncated=room < 0)


def _lines(workbook: openpyxl.Workbook) -> Iterator[str]:
    for sheet in workbook.worksheets:
        named = False
        if hasattr(sheet, "reset_dimensions"):
            sheet.reset_dimensions()  # some systems write a wrong size; then rows would be missing
        for row in sheet.iter_rows(values_only=True):
            line = "\t".join(cell_text(value) for value in row).rstrip("\t")
            if line:
                if not named:
                    yield str(sheet.title)
                    named = True
                yield line


def cell_text(value: object) -> str:
    """Return a cell as a Danish spreadsheet shows it.

    >>> cell_text(dt.datetime(2011, 5, 3)), cell_text(1234.5), cell_text(37.0)
    ('03-05-2011', '1234,5', '37')
    """
    match value:
        case None:
            return ""
        case bool():
            return "SAND" if value else "FALSK"
        case dt.datetime() if (value.hour, value.minute) == (0, 0):
            return f"{value:%d-%m-%Y}"
        case dt.datetime():
            return f"{value:%d-%m-%Y %H:%M}"
        case dt.date():
            return f"{value:%d-%m-%Y}"
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return f"{value:.10g}".replace(".", ",")
        case _:
            return " ".join(str(value).split())


def as_seen(text: str) -> str:
    """Return text of cells with Danish dates, and CPR numbers with the zero that a number loses.

    >>> as_seen("101901234 2011-05-03 00:00:00")
    '0101901234 03-05-2011'
    """
    text = _ISO_TIME.sub(lambda m: f"{m[3]}-{m[2]}-{m[1]}" + (f" {m[4]}" if m[4] else ""), text)
    return _LOST_ZERO.sub("0", text)
