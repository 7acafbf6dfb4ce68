"""Tables in and out: streaming rows with known columns, errors that name the place, safe atomic CSV."""

import contextlib
import csv
import datetime as dt
import io
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, NoReturn, TextIO, cast

import fsspec

from connectors.addresses import is_remote, shown
from connectors.cells import column_name, guarded, heading_key, parse_date, unguarded
from connectors.columns import Column
from connectors.raw_rows import RawRow, raw_rows
from sagstjek.cpr import Cpr, parse_cpr
from sagstjek.errors import ConnectorError, TableError, nearest

_DATE_ADVICE: Final = "is not a date. Write it as 2011-05-03 or 03-05-2011."
_CPR_ADVICE: Final = "is not a CPR number. Write ten digits that begin with a day, such as 251248-9996."


@dataclass(frozen=True, slots=True)
class Head:
    """The headings of a table.

    Attributes:
        file: as the user named it.
        columns: our name of each column that the file has, and its heading.
        known: those of our names that were asked for; the rest are extra.
    """

    file: str = field(repr=False)
    columns: Mapping[str, str]
    known: frozenset[str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column name, without outer blanks. Readers of typed cells raise `TableError`."""

    head: Head
    line: int
    cells: Mapping[str, str] = field(repr=False)

    def text(self, name: str) -> str:
        """Return a cell; empty when the cell or the whole column is."""
        return self.cells.get(name, "")

    def needed(self, name: str) -> str:
        """Return a cell that must not be empty."""
        return self.text(name) or self._fail(name, "is empty, but every row needs it. Fill it in.")

    def date(self, name: str) -> dt.date | None:
        """Return a day, or None when the cell is empty."""
        text = self.text(name)
        return (parse_date(text) or self._fail(name, _DATE_ADVICE)) if text else None

    def cpr(self, name: str) -> Cpr | None:
        """Return a CPR number, or None when the cell is empty."""
        text = self.text(name)
        return (parse_cpr(text) or self._fail(name, _CPR_ADVICE)) if text else None

    def count(self, name: str) -> int | None:
        """Return a whole number from 1, or None when the cell is empty."""
        text = self.text(name)
        if not text:
            return None
        good = text.isascii() and text.isdigit() and len(text) < 10
        return (good and int(text)) or self._fail(name, "is not a whole number from 1.")

    def extra(self) -> tuple[tuple[str, str], ...]:
        """Return the columns that were not asked for, in the order of the file."""
        return tuple((name, text) for name, text in self.cells.items() if name not in self.head.known)

    def wrong(self, name: str, advice: str) -> TableError:
        """Return the error that names this row's cell."""
        heading = self.head.columns.get(name, name)
        return TableError(self.head.file, self.line, heading, self.text(name), advice)

    def _fail(self, name: str, advice: str) -> NoReturn:
        raise self.wrong(name, advice)


def read_table(address: str | Path, columns: Mapping[str, Column]) -> Iterator[Row]:
    """Yield the rows of a CSV file or workbook, whatever its delimiter, encoding and names of columns.

    Rows without any text are left out. A short row is taken as empty at its end.

    Args:
        address: a path or an fsspec address.
        columns: the columns asked for; all others are kept as extra.

    Raises:
        TableError: not there, not a table, a required column is missing, or a row is broken.
        ConnectorError: the disk or store fails while the table is read.
    """
    file = shown(address)
    keys = {heading_key(word): name for name, column in columns.items() for word in (name, *column.aliases)}
    with _opened(address, file) as stream:
        rows = raw_rows(stream, file, keys)
        names, head = _read_head(rows, file, keys, columns)
        for line, raw in rows:
            cells = [unguarded(cell) for cell in raw]
            if any(cells):
                _check_width(cells, names, file, line)
                cells += [""] * (len(names) - len(cells))
                yield Row(head, line, {n: cell for n, cell in zip(names, cells, strict=False) if n})


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> int:
    """Write a CSV file that Danish Excel opens (UTF-8 with BOM, `;`) and return the number of its rows.

    The file is there whole or not at all, and readable by its owner alone. Cells are safe against formula
    injection; `read_table` undoes that.

    Raises:
        ConnectorError: the disk does not take it.
    """
    count = 0
    try:
        with _replacing(path) as stream:
            writer = csv.writer(stream, delimiter=";")
            writer.writerow(columns)
            for row in rows:
                writer.writerow([guarded(row[name].replace("\0", "\ufffd")) for name in columns])
                count += 1
    except OSError as error:
        advice = "Close it elsewhere, free space on the disk, or name another place."
        raise ConnectorError(f"{path}: cannot be written ({error.strerror}). {advice}") from None
    return count


@contextlib.contextmanager
def _opened(address: str | Path, file: str) -> Iterator[BinaryIO]:
    with contextlib.ExitStack() as stack:
        try:
            if is_remote(address):
                # fsspec files split lines slowly; a buffer of the standard library does it fast.
                raw = stack.enter_context(fsspec.open(str(address), "rb"))
                stream = cast("BinaryIO", stack.enter_context(io.BufferedReader(raw)))
            else:
                stream = stack.enter_context(Path(address).open("rb"))
        except FileNotFoundError:
            raise TableError(file, 0, "", "", "is not there. Check the path.") from None
        except (OSError, ValueError, ImportError) as error:
            kind = type(error).__name__
            raise TableError(file, 0, "", "", f"cannot be opened ({kind}). Check path and access.") from None
        try:
            yield stream
        except OSError as error:
            kind = type(error).__name__
            raise ConnectorError(f"{file}: the disk or store failed while it was read ({kind}). Try again.") from None


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    """Give a stream to a new file beside `path`, which takes its place when all is on the disk."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    new = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig", errors="replace", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _read_head(
    rows: Iterator[RawRow], file: str, keys: Mapping[str, str], columns: Mapping[str, Column]
) -> tuple[list[str], Head]:
    """Return our name of each column, empty where it has no heading, and the head."""
    line, raw = next((row for row in rows if any(cell.strip() for cell in row[1])), (0, []))
    headings = [unguarded(cell) for cell in raw]
    names: list[str] = []
    met: dict[str, str] = {}
    for number, heading in enumerate(headings, 1):
        name = keys.get(heading_key(heading)) or column_name(heading) or (f"column_{number}" if heading else "")
        if name in met:
            advice = f"reads as '{name}', and so does '{met[name]}'. Rename or remove the one that is not meant."
            raise TableError(file, line, heading, "", advice)
        if name:
            met[name] = heading
        names.append(name)
    for name, column in columns.items():
        if column.required and name not in met:
            raise _missing(file, line, name, column, headings)
    return names, Head(file, met, frozenset(columns))


def _missing(file: str, line: int, name: str, column: Column, headings: Sequence[str]) -> TableError:
    also = "or '" + "', '".join(column.aliases) + "'"
    guesses = (nearest(word, filter(None, headings)) for word in (name, *column.aliases))
    advice = (
        f"this column is needed ({also}), but the headings are: {', '.join(filter(None, headings)) or 'none'}"
        f"{next(filter(None, guesses), '')}. The first row must hold the headings."
    )
    return TableError(file, line, name, "", advice)


def _check_width(cells: Sequence[str], names: Sequence[str], file: str, line: int) -> None:
    for number, cell in enumerate(cells):
        if cell and (number >= len(names) or not names[number]):
            advice = (
                f"stands in column {number + 1}, which has no heading. "
                "Give it one, or put quotation marks around text that holds the delimiter."
            )
            raise TableError(file, line, "", cell, advice)
