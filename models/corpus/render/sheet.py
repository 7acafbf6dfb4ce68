"""Spreadsheets: Excel (.xlsx) and Excel 97 (.xls), one line or table row a row."""

import datetime as dt
import io
from collections.abc import Iterator, Sequence

import xlsxwriter
import xlwt

from models.corpus.blocks import Block, Kind

_LONGEST_NUMBER = 11


def write_xlsx(blocks: Sequence[Block], name: str, day: dt.date) -> bytes:
    """Return the blocks as a workbook with one sheet, written on that day."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": dt.datetime(day.year, day.month, day.day, 12)})  # noqa: DTZ001 (OOXML stores UTC without a zone)
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 6, 18)
    for number, (row, strong) in enumerate(_rows(blocks)):
        sheet.write_row(number, 0, row, bold if strong else None)
    book.close()
    return stream.getvalue()


def write_xls(blocks: Sequence[Block], name: str) -> bytes:
    """Return the blocks as an Excel 97 workbook with one sheet."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(name)
    bold = xlwt.easyxf("font: bold on")
    plain = xlwt.easyxf("")
    sheet.col(0).width = 256 * 34
    for number, (row, strong) in enumerate(_rows(blocks)):
        for column, value in enumerate(row):
            sheet.write(number, column, value, bold if strong else plain)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _rows(blocks: Sequence[Block]) -> Iterator[tuple[list[str | int], bool]]:
    for block in blocks:
        match block.kind:
            case Kind.TABLE:
                yield from (([_cell(cell) for cell in row], False) for row in block.rows)
            case Kind.BOX | Kind.CHECKED:
                yield ["x" if block.kind is Kind.CHECKED else "", block.text], False
            case Kind.RULE | Kind.PAGE | Kind.GAP:
                yield [""], False
            case _:
                yield [_cell(block.text)], block.kind in {Kind.HEADING, Kind.SUBHEADING}


def _cell(text: str) -> str | int:
    """Return what Excel makes of a typed cell: a bare number loses its leading zero, as CPR numbers do."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else text
