"""The export folder: an index of documents and their files, on a disk, a share or an object store.

The driver lists; only references travel to the workers, which fetch the bytes themselves.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

import fsspec

from connectors.addresses import as_spelled, is_remote, relative_path, shown, stays_inside, within
from connectors.columns import INDEX
from connectors.tables import Row, read_table
from sagstjek.errors import DocumentError, InputError, TableError
from sagstjek.shapes import Document, Reason

Warn = Callable[[TableError], None]
_Value = TypeVar("_Value")
_DIRECTIONS: Final = {
    **dict.fromkeys(("ind", "indgående", "indgaaende", "in", "i"), "ind"),
    **dict.fromkeys(("ud", "udgående", "udgaaende", "out", "u"), "ud"),
    **dict.fromkeys(("intern", "internt", "internal", "n"), "intern"),
}
_TAGS: Final = (
    *("ETag", "etag", "md5Hash", "content_md5", "LastModified", "last_modified", "mtime", "updated"),
    *("modified", "created"),
)
"""What object stores call the mark that changes with a file."""
_NOT_THERE: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP})


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of a document, and the stamp that the store had on them."""

    data: bytes = field(repr=False)
    stamp: str


@dataclass(frozen=True, slots=True)
class Peeked:
    """The first bytes of a document, and how many there are in all."""

    head: bytes = field(repr=False)
    size: int


def _quiet(warning: TableError) -> None:
    del warning


class ExportFolder:
    """An export folder by its path or fsspec address.

    Raises:
        InputError: no such folder, no index, or two of them.
    """

    def __init__(self, address: str | Path) -> None:
        address = str(address).rstrip("/") or "/"
        if not is_remote(address):
            address = os.path.abspath(address)  # noqa: PTH100 - resolve() would follow the links of a mount
        self._address = address
        self._index = _find_index(address)

    def documents(self, warn: Warn = _quiet) -> Iterator[Document]:
        """Yield every document of the index, in its order.

        Args:
            warn: gets what was passed over: a case CPR, date or direction that cannot be one becomes empty.

        Raises:
            TableError: the index is broken, an id stands twice, or a path leaves the folder.
        """
        seen: set[int] = set()  # hashes: an index can have millions of rows
        for row in read_table(self._index, INDEX):
            document_id = row.needed("document_id")
            if hash(document_id) in seen:
                self._refuse_second(row, document_id)
            seen.add(hash(document_id))
            yield Document(
                document_id,
                self._safe_path(row),
                case_id=row.text("case_id"),
                case_cpr=_or_none(row.cpr, "case_cpr", warn),
                case_title=row.text("case_title"),
                title=row.text("title"),
                journal_date=_or_none(row.date, "journal_date", warn),
                document_date=_or_none(row.date, "document_date", warn),
                direction=_direction(row, warn),
                folder=row.text("folder"),
                extra=row.extra(),
            )

    def reference(self, document: Document) -> str:
        """Return the address by which any worker finds the file."""
        return within(self._address, document.path)

    def _refuse_second(self, second: Row, document_id: str) -> None:
        """Raise for an id met before; two ids may share a hash, so the index itself decides."""
        for row in read_table(self._index, INDEX):
            if row.line >= second.line:
                return
            if row.text("document_id") == document_id:
                advice = f"stands in line {row.line} already. Every document needs an id of its own."
                raise second.wrong("document_id", advice)

    def _safe_path(self, row: Row) -> str:
        path = relative_path(row.needed("path"))
        if path is None or (is_remote(self._address) and "::" in path):
            raise row.wrong("path", "does not stay below the folder. Write it relative to the folder, without '..'.")
        if not is_remote(self._address) and not stays_inside(self._address, path):
            raise row.wrong("path", "is a link that leads out of the folder. Put the file itself into the folder.")
        return path


def fetch(reference: str, max_bytes: int) -> Fetched:
    """Return the bytes of a document; called by the worker.

    Raises:
        DocumentError: not found, no access, too large, or damaged (the store fails while it is read).
    """
    read = _fetch_remote if is_remote(reference) else _fetch_local
    return _reading(lambda: read(reference, max_bytes))


def stamp(reference: str) -> str:
    """Return a cheap mark that changes with the file: size and time, or the store's tag; empty when it has none.

    Raises:
        DocumentError: not found, no access, or the store fails.
    """
    read = _remote_stamp if is_remote(reference) else _local_stamp
    return _reading(lambda: read(reference))


def peek(reference: str, length: int) -> Peeked:
    """Return the first bytes of a document and its size, without fetching the rest.

    Raises:
        DocumentError: not found, no access, or the store fails.
    """
    look = _peek_remote if is_remote(reference) else _peek_local
    return _reading(lambda: look(reference, length))


def _reading(read: Callable[[], _Value]) -> _Value:
    """Return what the store gives; its errors become reasons, and their texts, which hold paths, are dropped."""
    try:
        return read()
    except MemoryError:
        raise
    except DocumentError as error:
        reason = error.reason
    except PermissionError:
        reason = Reason.NO_ACCESS
    except FileNotFoundError:
        reason = Reason.NOT_FOUND
    except OSError as error:
        reason = Reason.NOT_FOUND if error.errno in _NOT_THERE else Reason.DAMAGED
    except ValueError:  # a path that no file system takes
        reason = Reason.NOT_FOUND
    except Exception:  # noqa: BLE001 - every object store has errors of its own
        reason = Reason.DAMAGED
    raise DocumentError(reason)


def _fetch_local(reference: str, max_bytes: int) -> Fetched:
    path = as_spelled(reference)
    _local_stat(path)  # a pipe must not be opened: it would wait for ever
    with path.open("rb") as stream:
        found = os.fstat(stream.fileno())
        if found.st_size > max_bytes:
            raise DocumentError(Reason.TOO_LARGE)
        return Fetched(_limited(stream.read(max_bytes + 1), max_bytes), _stat_stamp(found))


def _fetch_remote(reference: str, max_bytes: int) -> Fetched:
    mark = _remote_stamp(reference)
    with fsspec.open(reference, "rb") as stream:
        return Fetched(_limited(stream.read(max_bytes + 1), max_bytes), mark)


def _peek_local(reference: str, length: int) -> Peeked:
    path = as_spelled(reference)
    size = _local_stat(path).st_size
    with path.open("rb") as stream:
        return Peeked(stream.read(length), size)


def _peek_remote(reference: str, length: int) -> Peeked:
    system, path = fsspec.core.url_to_fs(reference)
    found = system.info(path)
    if found.get("type") == "directory":
        raise DocumentError(Reason.NOT_FOUND)
    size = int(found.get("size") or 0)
    return Peeked(system.cat_file(path, start=0, end=min(length, size)) if size else b"", size)


def _limited(data: bytes, max_bytes: int) -> bytes:
    if len(data) > max_bytes:
        raise DocumentError(Reason.TOO_LARGE)
    return data


def _local_stat(path: Path) -> os.stat_result:
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise DocumentError(Reason.NOT_FOUND)
    return found


def _local_stamp(reference: str) -> str:
    return _stat_stamp(_local_stat(as_spelled(reference)))


def _stat_stamp(found: os.stat_result) -> str:
    return f"{found.st_size}-{found.st_mtime_ns}"


def _remote_stamp(reference: str) -> str:
    system, path = fsspec.core.url_to_fs(reference)
    found = system.info(path)
    if found.get("type") == "directory":
        raise DocumentError(Reason.NOT_FOUND)
    tags = [str(found[name]) for name in _TAGS if found.get(name)]
    return "-".join((str(found.get("size")), *tags)) if tags else ""


def _find_index(address: str) -> str:
    found = [name for name in ("index.csv", "index.xlsx") if _exists(within(address, name))]
    if len(found) != 1:
        met = "has both index.csv and index.xlsx" if found else "has no index.csv or index.xlsx"
        advice = "Remove the one that is not meant." if found else "Name the folder that holds the index."
        raise InputError(f"{shown(address)}: {met}, so it cannot be told what to read. {advice}")
    return within(address, found[0])


def _exists(address: str) -> bool:
    if not is_remote(address):
        return Path(address).exists()
    try:
        system, path = fsspec.core.url_to_fs(address)
        return bool(system.exists(path))
    except (OSError, ValueError, ImportError) as error:
        kind = type(error).__name__
    raise InputError(f"{shown(address)}: the store cannot be asked ({kind}). Check address, access and driver.")


def _or_none(read: Callable[[str], _Value], name: str, warn: Warn) -> _Value | None:
    try:
        return read(name)
    except TableError as warning:
        warn(warning)
        return None


def _direction(row: Row, warn: Warn) -> str:
    text = row.text("direction")
    known = _DIRECTIONS.get(text.lower(), "")
    if text and not known:
        warn(row.wrong("direction", "is not a direction and is passed over. Write ind, ud or intern."))
    return known
