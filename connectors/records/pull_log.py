"""What a pull has done so far: one line a file and a person, so that a pull that was killed goes on.

The log lies in the export folder and holds CPR numbers, as the index beside it does. A line that was being written
when the program was killed is passed over.
"""

import json
import os
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final, TextIO

from connectors.records.answers import Fields, Json, each
from connectors.records.problems import Problem
from sagstjek.cpr import Cpr
from sagstjek.errors import ConnectorError, InputError

NAME: Final = ".pull.jsonl"
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies in the export. `size` in bytes."""

    path: str = field(repr=False)
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class NotPulled:
    """What could not be read, and why: a document, a whole case, or a person when neither is named."""

    reason: Problem
    case_id: str = ""
    document_id: str = ""
    title: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Pulled:
    """All that came of one person: rows of the index, and what is not there."""

    rows: tuple[Row, ...] = field(default=(), repr=False)
    not_pulled: tuple[NotPulled, ...] = ()


class PullLog:
    """The log of one export folder; safe to write from several threads.

    Raises:
        InputError: the folder holds something else, or was pulled from another source.
        ConnectorError: the disk does not take it.
    """

    def __init__(self, out: Path, source: str) -> None:
        path = out / NAME
        if out.exists() and not path.exists() and (not out.is_dir() or any(out.iterdir())):
            raise InputError(f"{out}: is not an empty folder, nor one that a pull has begun. Name a new one.")
        self.files: dict[str, Kept] = {}
        self.people: dict[Cpr, Pulled] = {}
        self._lock = threading.Lock()
        try:
            out.mkdir(parents=True, exist_ok=True)
            before = self._read(path)
            self._stream: TextIO = path.open("a", encoding="utf-8")
        except OSError as error:
            raise ConnectorError(f"{out}: cannot be written ({error.strerror}). Name another folder.") from None
        if before not in {"", source}:
            self._stream.close()
            raise InputError(f"{out}: was pulled from {before}, not from {source}. Name a new folder.")
        # Also ends a line that was cut off.
        self._write({"kind": "source", "source": source}, new_line=bool(before))

    def keep_file(self, file_id: str, kept: Kept) -> None:
        """Note a file that lies in its place."""
        with self._lock:
            self.files[file_id] = kept
            self._write({"kind": "file", "id": file_id, "path": kept.path, "size": kept.size, "sha256": kept.sha256})

    def keep_person(self, cpr: Cpr, pulled: Pulled) -> None:
        """Note what came of a person."""
        rows: Json = [dict(row) for row in pulled.rows]
        missing: Json = [{name: str(value) for name, value in asdict(item).items()} for item in pulled.not_pulled]
        with self._lock:
            self.people[cpr] = pulled
            self._write({"kind": "person", "cpr": cpr.digits, "rows": rows, "not_pulled": missing})
            os.fsync(self._stream.fileno())

    def close(self) -> None:
        """Close the log."""
        self._stream.close()

    def _write(self, line: Mapping[str, Json], *, new_line: bool = False) -> None:
        self._stream.write("\n" * new_line + json.dumps(line, ensure_ascii=False) + "\n")
        self._stream.flush()

    def _read(self, path: Path) -> str:
        """Take over what is noted, and return the source that it came from; empty when the log is new."""
        source = ""
        if not path.exists():
            return source
        with path.open(encoding="utf-8", errors="replace") as stream:
            for line in stream:
                try:
                    found = Fields(json.loads(line))
                except ValueError:
                    continue
                source = source or found.text("source")
                if found.text("kind") == "file":
                    self.files[found.text("id")] = Kept(
                        found.text("path"), found.whole("size") or 0, found.text("sha256")
                    )
                elif found.text("kind") == "person":
                    self.people[Cpr(found.text("cpr"))] = _pulled(found)
        return source


def _pulled(found: Fields) -> Pulled:
    rows = found.raw("rows")
    return Pulled(
        tuple({name: str(value) for name, value in row.items()} for row in _objects(rows)),
        tuple(
            NotPulled(Problem(item.text("reason")), item.text("case_id"), item.text("document_id"), item.text("title"))
            for item in each(found.raw("not_pulled"))
        ),
    )


def _objects(rows: Json) -> list[dict[str, Json]]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
