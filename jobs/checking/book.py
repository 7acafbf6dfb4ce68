"""The check sample as a workbook to answer in. Text is written as text, never as a formula."""

import datetime as dt
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from connectors.addresses import is_remote, within
from jobs.checking.questions import ANSWERS, Pile, Question
from jobs.checking.rows import Row, Shown
from jobs.checking.texts import load_texts
from jobs.report.book_style import Style, make_style
from jobs.report.texts import Texts
from jobs.report.workbook import cell_text
from sagstjek.errors import ConnectorError
from sagstjek.taxonomy import taxonomy

_QUESTIONS: Final = {
    "number": 12,
    "question": 44,
    "case_id": 21,
    "person": 32,
    "document_id": 14,
    "part": 6,
    "pages": 8,
    "title": 32,
    "said": 34,
    "path": 30,
    "member": 20,
    "answer": 18,
    "actual": 26,
    "remark": 30,
}
_PLACES: Final = {
    "number": 12,
    "case_id": 21,
    "person": 32,
    "document_id": 14,
    "part": 6,
    "pages": 8,
    "title": 36,
    "said": 46,
    "path": 34,
    "member": 22,
}
_ANSWERS: Final = frozenset({"answer", "actual", "remark"})
_GUIDE: Final = 6
_LINE_POINTS: Final = 13.5
_A3: Final = 8
_CREATED: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no time zone
_LONGEST_LINK: Final = 2000


@dataclass(frozen=True, slots=True)
class Book:
    """The workbook while it is written.

    Attributes:
        export: folder of the files, for links; empty when it is not known, or not on a disk.
    """

    file: xlsxwriter.Workbook
    style: Style
    texts: Texts
    export: str


def write_book(path: Path, shown: Shown, language: str, export: str = "") -> None:
    """Write the workbook; it is there whole or not at all, and readable by its owner alone.

    Args:
        language: `da` or `en`.
        export: the export folder; files on a disk get a link.

    Raises:
        ConnectorError: the disk does not take it.
    """
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as private:
            new = Path(private) / path.name
            _write(new, shown, load_texts(language), "" if is_remote(export) else export)
            new.chmod(0o600)
            new.replace(path)
    except (OSError, FileCreateError) as error:
        advice = "Close it elsewhere, free space on the disk, or name another place."
        raise ConnectorError(f"{path}: cannot be written ({type(error).__name__}). {advice}") from None


def _write(new: Path, shown: Shown, texts: Texts, export: str) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(new), options) as file:
        file.set_properties({"title": texts("title"), "created": _CREATED})
        book = Book(file, make_style(file), texts, export)
        questions = _sheet(book, "questions", _QUESTIONS, [row for _, row in shown.questions])
        _sheet(book, "places", _PLACES, shown.places)
        _guide(book)
        names = _types(book)
        _validate(book, questions, [question for question, _ in shown.questions], names)


def _sheet(book: Book, name: str, columns: Mapping[str, int], rows: Sequence[Row]) -> Worksheet:
    sheet = book.file.add_worksheet(book.texts(f"sheet_{name}"))
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
    sheet.set_row(0, 24)
    for at, (column, width) in enumerate(columns.items()):
        sheet.set_column(at, at, width)
        head = book.style.answer_head if column in _ANSWERS else book.style.head
        sheet.write_string(0, at, book.texts(f"col_{column}"), head)
    for line, row in enumerate(rows, 1):
        lines = max(ceil(len(row.get(column, "")) * 1.1 / width) for column, width in columns.items())
        sheet.set_row(line, _LINE_POINTS * min(max(lines, 1), 8) + 1.5)
        for at, column in enumerate(columns):
            if column in _ANSWERS:
                sheet.write_blank(line, at, None, book.style.answer)
            elif column == "path":
                _path(book, sheet, (line, at), row[column])
            else:
                sheet.write_string(line, at, cell_text(row[column]), book.style.text)
    return sheet


def _path(book: Book, sheet: Worksheet, place: tuple[int, int], path: str) -> None:
    """Write a file's path, as a link where the file lies on a disk."""
    link = f"external:{Path(within(book.export, path)).absolute()}" if book.export and path else ""
    if link and len(link) < _LONGEST_LINK and "#" not in link:  # Excel takes what follows # for a place within
        sheet.write_url(*place, link, book.style.text, cell_text(path))
    else:
        sheet.write_string(*place, cell_text(path), book.style.text)


def _guide(book: Book) -> None:
    sheet = book.file.add_worksheet(book.texts("sheet_guide"))
    sheet.set_column(0, 0, 100)
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, book.texts("title"), book.style.title)
    for line in range(1, _GUIDE + 1):
        text = book.texts(f"guide_{line}")
        sheet.set_row(line + 1, _LINE_POINTS * ceil(len(text) / 95) + 8)
        sheet.write_string(line + 1, 0, text, book.style.note)


def _types(book: Book) -> str:
    """Write the names of the types to a hidden sheet, and return where they stand."""
    sheet = book.file.add_worksheet(book.texts("sheet_types"))
    sheet.hide()
    names = sorted(kind.name if book.texts.language == "da" else kind.en for kind in taxonomy().values())
    sheet.write_column(0, 0, names)
    return f"={book.texts('sheet_types')}!$A$1:$A${len(names)}"


def _validate(book: Book, sheet: Worksheet, questions: Sequence[Question], names: str) -> None:
    """Give each answer its list, and parts the list of types."""
    columns = list(_QUESTIONS)
    answer, actual = columns.index("answer"), columns.index("actual")
    wrong = book.texts("answer_invalid")
    for line, question in enumerate(questions, 1):
        words = [book.texts(f"answer_{one.value}") for one in ANSWERS[question.pile]]
        sheet.data_validation(line, answer, line, answer, {"validate": "list", "source": words, "error_message": wrong})
        if question.pile is not Pile.MISSING:
            sheet.data_validation(
                line, actual, line, actual, {"validate": "list", "source": names, "error_message": wrong}
            )
