"""The gap list as a workbook to work in: an overview, all gaps, and a sheet a unit.

Every cell is written as text, a number or a day, never as a formula or a link, whatever the roster says.
The CPR number is masked. Same findings, same bytes.
"""

import datetime as dt
import itertools
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jobs.report.book_style import COLUMNS, Style, make_style, row_height
from jobs.report.lists import gap_rows
from jobs.report.tally import Tally
from jobs.report.texts import Texts, load_texts
from jobs.report.words import MARKS, OUTCOMES, type_names
from sagstjek.errors import ConnectorError
from sagstjek.findings import Finding, Outcome
from sagstjek.requirements import Forbidden, Requirement, Severity
from sagstjek.rules import Rules

UNIT_SHEETS: Final = 40
SHEET_ROWS: Final = 1_000_000
"""Rows of one sheet; Excel takes 1,048,576 with the heading."""
_TOP: Final = 3
"""Rows above a table of counts: title, note, headings."""
_CELL_CHARACTERS: Final = 32_767
_A3: Final = 8
_A4: Final = 9
_CREATED: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no time zone
_NOT_IN_NAMES: Final = re.compile(r"[\x00-\x1f\[\]:*?/\\]|[^\u0000-\uffff]")
_NOT_IN_CELLS: Final = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Book:
    """The workbook while it is written.

    Attributes:
        severities: of each rule by its id.
        names: of sheets that are taken, folded.
    """

    file: xlsxwriter.Workbook
    style: Style
    texts: Texts
    rules: Rules
    severities: Mapping[str, Severity]
    names: set[str] = field(default_factory=lambda: {"history"})


def write_gaps(path: Path, findings: Iterable[Finding], rules: Rules, language: str) -> None:
    """Write the gap list; it is there whole or not at all, and readable by its owner alone.

    Args:
        findings: all of them, also those fulfilled: the overview counts them.
        language: `da` or `en`.

    Raises:
        ConnectorError: the disk does not take it.
    """
    every = tuple(findings)
    try:
        # The rows of big sheets lie in files while they are written: in a folder that nobody else can open.
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as private:
            new = Path(private) / path.name
            _write(new, every, rules, load_texts(language))
            new.chmod(0o600)
            new.replace(path)
    except (OSError, FileCreateError) as error:
        advice = "Close it elsewhere, free space on the disk, or name another place."
        raise ConnectorError(f"{path}: cannot be written ({type(error).__name__}). {advice}") from None


def _write(new: Path, findings: Sequence[Finding], rules: Rules, texts: Texts) -> None:
    options = {
        "constant_memory": True,
        "tmpdir": str(new.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    severities = {rule.id: rule.severity for rule in _all(rules)}
    with xlsxwriter.Workbook(str(new), options) as file:
        file.set_properties({"title": texts("book_title"), "created": _CREATED})
        book = Book(file, make_style(file), texts, rules, severities)
        _overview(book, findings)
        _units(book, findings)
        gaps = _gaps(findings, severities)
        _gap_sheets(book, texts("sheet_gaps"), gaps)
        units = sorted({gap.employment.unit for gap in gaps} - {""})
        if len(units) <= UNIT_SHEETS:
            for unit in units:
                _gap_sheets(book, unit, [gap for gap in gaps if gap.employment.unit == unit])


def _gaps(findings: Iterable[Finding], severities: Mapping[str, Severity]) -> list[Finding]:
    """Return the findings that are not fulfilled: gravest first, then by unit and name."""
    gravity = list(Severity)
    return sorted(
        (finding for finding in findings if finding.outcome is not Outcome.FULFILLED),
        key=lambda gap: (gravity.index(severities[gap.requirement]), gap.employment.unit, gap.employment.name),
    )


def _all(rules: Rules) -> tuple[Requirement | Forbidden, ...]:
    return (*rules.requirements, *rules.forbidden)


def _severity(severity: Severity, texts: Texts) -> str:
    return f"{MARKS[severity]} {texts(f'severity_{severity.value}')}"


def _gap_sheets(book: Book, title: str, gaps: Sequence[Finding]) -> None:
    """Write gaps to a sheet, or to more where they do not fit into one."""
    for start in range(0, max(1, len(gaps)), SHEET_ROWS):
        _gap_sheet(book, title, gaps[start : start + SHEET_ROWS])


def _gap_sheet(book: Book, title: str, gaps: Sequence[Finding]) -> None:
    sheet = _new_sheet(book, title, _A3)
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(1, len(gaps)), len(COLUMNS) - 1)
    _validate(book, sheet, max(1, len(gaps)))
    sheet.set_row(0, 32)
    for at, column in enumerate(COLUMNS):
        sheet.write_string(
            0, at, book.texts(f"col_{column.name}"), book.style.answer_head if column.answer else book.style.head
        )
    rows = gap_rows(gaps, book.rules, book.texts.language)
    for line, (gap, row) in enumerate(zip(gaps, rows, strict=True), 1):
        cells = _cells(book, gap, row)
        sheet.set_row(line, row_height(cells))
        for at, column in enumerate(COLUMNS):
            form = book.style.of_column(column.name, gap.outcome, book.severities[gap.requirement])
            if column.answer:
                sheet.write_blank(line, at, None, form)
            elif column.name == "due" and gap.due is not None:
                sheet.write_datetime(line, at, dt.datetime.combine(gap.due, dt.time()), form)
            else:
                sheet.write_string(line, at, cell_text(cells[column.name]), form)


def _cells(book: Book, gap: Finding, row: Mapping[str, str]) -> dict[str, str]:
    """Return a row of gaps.csv in the words of people, with the CPR number masked."""
    language = book.texts.language
    return {
        **row,
        "cpr": str(gap.employment.cpr),
        "documents": type_names(gap.types, language),
        "status": OUTCOMES[language][gap.outcome],
        "severity": _severity(book.severities[gap.requirement], book.texts),
    }


def _validate(book: Book, sheet: Worksheet, last: int) -> None:
    """Give the answer columns their list and their check of days."""
    names = [column.name for column in COLUMNS]
    texts = book.texts
    answer, day = names.index("answer"), names.index("date")
    sheet.data_validation(
        1,
        answer,
        last,
        answer,
        {
            "validate": "list",
            "source": texts("answers").split("|"),
            "input_message": texts("answer_help"),
            "error_message": texts("answer_wrong"),
        },
    )
    sheet.data_validation(
        1,
        day,
        last,
        day,
        {"validate": "date", "criteria": ">=", "value": dt.date(2000, 1, 1), "error_message": texts("date_wrong")},
    )


def _overview(book: Book, findings: Sequence[Finding]) -> None:
    """Write the counts by rule and outcome."""
    outcomes: dict[str, list[Outcome]] = {rule.id: [] for rule in _all(book.rules)}
    for finding in findings:
        outcomes[finding.requirement].append(finding.outcome)
    rows = [
        ((rule.title, _severity(rule.severity, book.texts)), outcomes[rule.id])
        for rule in _all(book.rules)
        if outcomes[rule.id]
    ]
    _counts(book, "overview", ("requirement", "severity"), rows)


def _units(book: Book, findings: Sequence[Finding]) -> None:
    """Write the counts by unit and outcome."""
    outcomes: dict[str, list[Outcome]] = {}
    for finding in findings:
        outcomes.setdefault(finding.employment.unit, []).append(finding.outcome)
    rows = [((unit or book.texts("nobody"),), outcomes[unit]) for unit in sorted(outcomes)]
    _counts(book, "units", ("unit",), rows)


def _counts(
    book: Book, name: str, heads: tuple[str, ...], rows: Sequence[tuple[tuple[str, ...], Sequence[Outcome]]]
) -> None:
    """Write a sheet with a note and a table of counts: a column an outcome, the degree of fulfilment, a total."""
    style, texts = book.style, book.texts
    words = [OUTCOMES[texts.language][outcome].capitalize() for outcome in Outcome]
    titles = (*map(texts, heads), *words, texts("degree").replace("\u00ad", ""))
    sheet = _new_sheet(book, texts(f"sheet_{name}"), _A4)
    sheet.set_column(0, 0, 58)
    sheet.set_column(1, len(titles) - 1, 17)
    sheet.freeze_panes(_TOP, 1)
    sheet.repeat_rows(_TOP - 1)
    sheet.autofilter(_TOP - 1, 0, _TOP + len(rows) - 1, len(titles) - 1)
    sheet.write_string(0, 0, texts("book_title"), style.title)
    sheet.set_row(1, 48)
    sheet.merge_range(1, 0, 1, len(titles) - 1, texts("book_note"), style.note)
    sheet.set_row(_TOP - 1, 32)
    for at, title in enumerate(titles):
        sheet.write_string(_TOP - 1, at, title, style.head if at < len(heads) else style.count_head)
    for line, (names, some) in enumerate(rows, _TOP):
        _count_row(sheet, line, names, some, (style.text, style.number, style.share))
    labels = (texts("total"), *[""] * (len(heads) - 1))
    every = [outcome for _, some in rows for outcome in some]
    _count_row(sheet, _TOP + len(rows), labels, every, (style.total_text, style.total, style.total_share))


def _count_row(
    sheet: Worksheet,
    line: int,
    names: tuple[str, ...],
    outcomes: Sequence[Outcome],
    forms: tuple[Format, Format, Format],
) -> None:
    text, number, percent = forms
    counts = Counter(outcomes)
    for at, name in enumerate(names):
        sheet.write_string(line, at, cell_text(name), text)
    for at, outcome in enumerate(Outcome, len(names)):
        sheet.write_number(line, at, counts[outcome], number)
    share = Tally.of(outcomes).share
    if share.total:
        sheet.write_number(line, len(names) + len(Outcome), share.value, percent)
    else:
        sheet.write_blank(line, len(names) + len(Outcome), None, percent)


def _new_sheet(book: Book, title: str, paper: int) -> Worksheet:
    sheet = book.file.add_worksheet(sheet_name(title, book.names))
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    sheet.set_footer(f"&L&A&R{book.texts('page_of')}")
    return sheet


def sheet_name(title: str, taken: set[str]) -> str:
    """Return a name that Excel takes for a sheet, and add it to those taken.

    >>> sheet_name("Børn/Unge: 0-6 år", set())
    'Børn Unge 0-6 år'
    """
    clean = " ".join(_NOT_IN_NAMES.sub(" ", title).split()).strip("' ") or "-"
    for number in itertools.count(1):
        suffix = "" if number == 1 else f" ({number})"
        name = clean[: 31 - len(suffix)].strip("' ") + suffix
        if name.casefold() not in taken:
            taken.add(name.casefold())
            return name
    raise AssertionError


def cell_text(text: str) -> str:
    """Return a text that a cell can hold: of the length that Excel takes, without halves of characters."""
    return _NOT_IN_CELLS.sub("\ufffd", text)[:_CELL_CHARACTERS]
