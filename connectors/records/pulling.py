"""One person's cases out of a records system into an export folder.

What cannot be read is never taken for "no documents": it is listed, and where there is a document or case behind it,
a row of the index points to a file that is not there, so that an audit sees something unreadable and not a gap.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import BinaryIO, Final, cast

from connectors.records.problems import Problem, RecordsError
from connectors.records.protocol import Case, CaseState, DocumentState, FiledDocument, RecordsSystem, StoredFile
from connectors.records.pull_log import Kept, NotPulled, Pulled, PullLog, Row
from sagstjek.cpr import Cpr

COLUMNS: Final = (
    *("document_id", "case_id", "case_cpr", "case_title", "title", "path", "journal_date", "document_date"),
    *("direction", "folder", "source_document_id", "file_name", "registered_type", "state", "size", "sha256"),
)
"""Of the index; those after `folder` are further ones, which an audit keeps."""
PARTLY: Final = ".partly"
"""Where a file lies while it is fetched; what a kill leaves there is thrown away."""
_FIT: Final = re.compile(r"[A-Za-z0-9_-]{1,60}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody of the roster. `case_ids` are those that the roster names; `employments` their number."""

    cpr: Cpr = field(repr=False)
    case_ids: frozenset[str] = frozenset()
    employments: int = 1


class StoppedError(Exception):
    """The pull is to end."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where files are put. `all_cases` takes every case of a person instead of listing who has too many."""

    out: Path = field(repr=False)
    log: PullLog = field(repr=False)
    stop: Event = field(repr=False)
    all_cases: bool = False


def is_whole(pulled: Pulled | None, out: Path) -> bool:
    """Return whether a person was asked for, nothing is missing, and every file lies in the export with its size."""
    if pulled is None or pulled.not_pulled:
        return False
    for row in pulled.rows:
        try:
            if (out / row["path"]).stat().st_size != int(row["size"]):
                return False
        except (OSError, ValueError):
            return False
    return True


def pull_person(system: RecordsSystem, wanted: Wanted, shelf: Shelf) -> Pulled:
    """Return all that came of a person; their files lie in the export.

    Raises:
        StoppedError: somebody wants the pull to end.
        OSError: the disk does not take it.
    """
    try:
        cases = _choose(system.find_cases(wanted.cpr), wanted, shelf)
    except RecordsError as error:
        return _nothing(wanted, error.problem)
    rows: list[Row] = []
    missing: list[NotPulled] = []
    for case in cases:
        try:
            documents = system.documents(case)
        except RecordsError as error:
            missing.append(NotPulled(error.problem, case.number or case.case_id))
            rows.append(_stand_in(wanted.cpr, case.number or case.case_id, error.problem))
            continue
        for document in documents:
            if document.state is not DocumentState.DELETED:
                for row, lack in _document(system, case, document, wanted.cpr, shelf):
                    rows.append(row)
                    missing += lack
    return Pulled(tuple(rows), tuple(missing))


def _choose(cases: Sequence[Case], wanted: Wanted, shelf: Shelf) -> Sequence[Case]:
    """Return the cases to read: those that the roster names, else the open ones, else the closed ones.

    Two open cases of somebody with two employments are as it should be.
    """
    if not cases:
        raise RecordsError(Problem.NO_CASE, "choose the case")
    named = [case for case in cases if wanted.case_ids & {case.case_id, case.number}]
    takes = named or [case for case in cases if case.state is not CaseState.CLOSED] or cases
    if len(takes) > max(wanted.employments, len(named)) and not shelf.all_cases:
        raise RecordsError(Problem.SEVERAL_CASES, "choose the case")
    return takes


def _nothing(wanted: Wanted, problem: Problem) -> Pulled:
    """Return a person of whom nothing came; only "no case" leaves no mark in the index, for there may be none."""
    rows = () if problem is Problem.NO_CASE else (_stand_in(wanted.cpr, "", problem),)
    return Pulled(rows, (NotPulled(problem),))


def _document(
    system: RecordsSystem, case: Case, document: FiledDocument, cpr: Cpr, shelf: Shelf
) -> Iterator[tuple[Row, list[NotPulled]]]:
    for file in document.files or (StoredFile(""),):
        if shelf.stop.is_set():
            raise StoppedError
        own = document.document_id if file.file_id in {"", document.document_id} else file.file_id
        # The case keeps ids apart where a system numbers documents by case.
        tail = "" if own == document.document_id else f"-{own}"
        document_id = f"{document.document_id}{tail}"
        path = f"files/{_fit(case.case_id)}/{_fit(document_id)}{_suffix(file.extension)}"
        lack: list[NotPulled] = []
        kept = Kept(path, 0, "")
        try:
            if not document.files:
                raise RecordsError(Problem.NOT_FOUND, "fetch a document without files")
            kept = _keep(system, file, f"{case.case_id}/{document_id}", path, shelf)
        except RecordsError as error:
            lack.append(NotPulled(error.problem, case.number or case.case_id, document_id, document.title))
        yield _row(case, document, file, cpr, (document_id, kept)), lack


def _keep(system: RecordsSystem, file: StoredFile, file_id: str, path: str, shelf: Shelf) -> Kept:
    """Return the file in its place: fetched, or there already with the bytes that it was fetched with."""
    place = shelf.out / path
    known = shelf.log.files.get(file_id)
    if known is not None and known.path == path and place.is_file() and _sha256(place) == known.sha256:
        return known
    place.parent.mkdir(parents=True, exist_ok=True)
    (shelf.out / PARTLY).mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(dir=shelf.out / PARTLY)
    new = Path(name)
    try:
        with os.fdopen(handle, "w+b") as stream:
            system.fetch(file, cast("BinaryIO", stream))
        kept = Kept(path, new.stat().st_size, _sha256(new))
        new.replace(place)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    shelf.log.keep_file(file_id, kept)
    return kept


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _row(case: Case, document: FiledDocument, file: StoredFile, cpr: Cpr, kept: tuple[str, Kept]) -> Row:
    return {
        "document_id": kept[0],
        "case_id": case.number or case.case_id,
        "case_cpr": cpr.written,
        "case_title": case.title,
        "title": document.title,
        "path": kept[1].path,
        "journal_date": document.journal_date.isoformat() if document.journal_date else "",
        "document_date": document.document_date.isoformat() if document.document_date else "",
        "direction": document.direction,
        "folder": document.folder,
        "source_document_id": document.document_id,
        "file_name": file.name,
        "registered_type": document.kind,
        "state": document.state.value,
        "size": str(kept[1].size) if kept[1].sha256 else "",
        "sha256": kept[1].sha256,
    }


def _stand_in(cpr: Cpr, case_id: str, problem: Problem) -> Row:
    """Return a row for what could not be read, so that it is unreadable to an audit and not missing."""
    tag = hashlib.sha256(f"{cpr.digits}/{case_id}".encode()).hexdigest()[:16]
    said = {
        "document_id": f"not-pulled-{tag}",
        "case_id": case_id,
        "case_cpr": cpr.written,
        "title": f"Sagen kunne ikke hentes ({problem.value})",
        "path": f"files/not_pulled/{tag}",
        "state": "not_pulled",
    }
    return {**dict.fromkeys(COLUMNS, ""), **said}


def _fit(name: str) -> str:
    """Return a name that every disk takes, and no two ids share.

    >>> _fit("PER-2026-000123"), _fit("a/b")
    ('PER-2026-000123', 'a_b-c14cddc033')
    """
    if _FIT.fullmatch(name):
        return name
    return f"{re.sub('[^A-Za-z0-9_-]', '_', name)[:40]}-{hashlib.sha256(name.encode()).hexdigest()[:10]}"


def _suffix(extension: str) -> str:
    return f".{extension}" if re.fullmatch(r"[a-z0-9]{1,8}", extension) else ""
