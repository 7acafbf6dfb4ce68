"""A plain folder as a records system: for small employers without one, and for trying everything out.

Below the root lies a folder a case, its name beginning with the CPR number (`251248-9996 Nancy`) and ending with
`(lukket)` when it is closed; in it folders, and in them files. What a file name cannot hold lies beside it in
`.sagstjek/`. A journaled file carries its key in its name, so nothing can be there twice. Ids are hashes of paths, for
paths hold CPR numbers.
"""

import contextlib
import datetime as dt
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from connectors.records.answers import Fields, decoded
from connectors.records.filing import compare_files
from connectors.records.problems import Problem, RecordsError
from connectors.records.protocol import (
    Answering,
    Capabilities,
    Case,
    CaseState,
    Entry,
    FiledDocument,
    Folder,
    Health,
    Move,
    Note,
    Receipt,
    Relocation,
    StoredFile,
    Verdict,
)
from connectors.records.site import Source, settings_of
from sagstjek.cpr import Cpr, parse_cpr
from sagstjek.errors import SettingsError

_ASIDE: Final = ".sagstjek"
_CASE: Final = re.compile(r"(\d{6}-?\d{4})(?!\d)\s*(.*?)\s*(\(lukket\))?", re.IGNORECASE)
_KEYED: Final = re.compile(r".* \[([\w.-]{1,40})\](?:\.[^.]*)?", re.DOTALL)
_UNFIT: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class FolderSystem:
    """A records system made of folders; see `connectors.records.protocol.RecordsSystem`."""

    root: Path = field(repr=False)

    @property
    def capabilities(self) -> Capabilities:
        """What can be done."""
        return Capabilities("folder", relocation=Relocation.NATIVE, key_kept="file name", parallel=4)

    def health(self) -> Health:
        """Return whether the folder is there and can be listed."""
        try:
            next(self.root.iterdir(), None)
        except PermissionError:
            return Health(Answering.FORBIDDEN)
        except OSError:
            return Health(Answering.UNREACHABLE)
        return Health(Answering.OK)

    def find_cases(self, cpr: Cpr) -> Sequence[Case]:
        """Return the cases whose names begin with the number."""
        with _asked("find cases"):
            found = (_case(path.name) for path in sorted(self.root.iterdir()) if path.is_dir())
            return tuple(case for case in found if case is not None and case.cpr == cpr)

    def folders(self, case: Case) -> Sequence[Folder]:
        """Return the folders of a case, also nested ones."""
        with _asked("list folders"):
            top = self._place(case.address)
            return tuple(Folder(_tag(path, top), _below(path, top)) for path in _walk(top) if path.is_dir())

    def documents(self, case: Case) -> Sequence[FiledDocument]:
        """Return a document a file."""
        with _asked("list documents"):
            top = self._place(case.address)
            return tuple(_document(path, top, case) for path in _walk(top) if path.is_file())

    def fetch(self, file: StoredFile, into: BinaryIO) -> None:
        """Write the bytes of a file."""
        with _asked("fetch a file"), self._place(file.address).open("rb") as stream:
            shutil.copyfileobj(stream, into)

    def journal(self, entry: Entry) -> Receipt:
        """Store a file under a name of its own; a crash leaves it whole or not at all."""
        if entry.case.state is CaseState.CLOSED:
            raise RecordsError(Problem.CLOSED_CASE, "journal a document")
        with _asked("journal a document"):
            folder = self._folder(entry.case, entry.folder)
            stem, dot, extension = entry.file_name.rpartition(".")
            title = _UNFIT.sub("_", entry.title or stem).strip(" .")[:100] or "dokument"
            path = folder / f"{title} [{entry.key}]{dot}{_UNFIT.sub('_', extension)}"
            day = entry.document_date.isoformat() if entry.document_date else ""
            _describe(path, {"title": entry.title, "direction": entry.direction, "document_date": day})
            _write_whole(path, entry.data)
            return Receipt(entry.key, entry.case.case_id, _tag(path, self.root))

    def find_by_key(self, case: Case, key: str) -> FiledDocument | None:
        """Return the document whose file name has the key."""
        return next((document for document in self.documents(case) if document.key == key), None)

    def verify(self, receipt: Receipt, case: Case, sha256: str) -> Verdict:
        """Read the file again."""
        found = (document for document in self.documents(case) if document.document_id == receipt.document_id)
        return compare_files(self, next(found, None), sha256)

    def relocate(self, move: Move) -> Receipt:
        """Move the file; called again after it was moved, it finds it where it belongs."""
        with _asked("move a document"):
            folder = self._folder(move.target, move.folder)
            old = self._place(move.document.files[0].address)
            new = folder / old.name
            if old != new and (old.exists() or not new.exists()):
                if new.exists():
                    raise RecordsError(Problem.REFUSED, "move a document onto another one")
                _describe(new, _described(old))
                old.replace(new)
            return Receipt(move.key, move.target.case_id, _tag(new, self.root))

    def note(self, case: Case, note: Note) -> None:
        """Write a note beside the files, one a key."""
        with _asked("write a note"):
            path = self._place(case.address) / _ASIDE / f"note-{hashlib.sha256(note.key.encode()).hexdigest()[:16]}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"{note.title}\n\n{note.text}\n", "utf-8")

    def close(self) -> None:
        """Nothing is held."""

    def _folder(self, case: Case, folder: Folder | None) -> Path:
        top = self._place(case.address)
        if folder is None:
            return top
        found = next((path for path in _walk(top) if path.is_dir() and _tag(path, top) == folder.folder_id), None)
        if found is None:
            raise FileNotFoundError
        return found

    def _place(self, address: str) -> Path:
        """Return a path below the root.

        Raises:
            FileNotFoundError: it lies elsewhere.
        """
        path = self.root / address
        if not address or ".." in path.parts or not path.resolve().is_relative_to(self.root.resolve()):
            raise FileNotFoundError
        return path


def open_source(source: Source) -> FolderSystem:
    """Return the folder that a source names.

    Raises:
        SettingsError: it has settings, or the folder is not there.
    """
    settings_of(source)
    root = Path(source.url.removeprefix("file://") or "/")
    if not root.is_dir():
        raise SettingsError(f"{root}: is not a folder. Name the folder that holds a folder a case.")
    return FolderSystem(root)


def _case(name: str) -> Case | None:
    match = _CASE.fullmatch(name)
    cpr = parse_cpr(match[1]) if match else None
    if match is None or cpr is None:
        return None
    state = CaseState.CLOSED if match[3] else CaseState.OPEN
    tag = hashlib.sha256(name.encode()).hexdigest()[:16]
    return Case(tag, title=match[2], cpr=cpr, state=state, address=name)


def _below(path: Path, top: Path) -> str:
    return path.relative_to(top).as_posix()


def _tag(path: Path, top: Path) -> str:
    return hashlib.sha256(_below(path, top).encode()).hexdigest()[:16]


def _walk(top: Path) -> Iterator[Path]:
    for path in sorted(top.iterdir()):
        if not path.name.startswith("."):
            yield path
            if path.is_dir():
                yield from _walk(path)


def _document(path: Path, top: Path, case: Case) -> FiledDocument:
    said = Fields(dict(_described(path)))
    keyed = _KEYED.fullmatch(path.name)
    within = path.parent != top
    tag, found = _tag(path, top.parent), path.stat()
    return FiledDocument(
        document_id=tag,
        case_id=case.case_id,
        title=said.text("title") or path.stem,
        direction=said.text("direction"),
        document_date=said.date("document_date"),
        journal_date=dt.datetime.fromtimestamp(found.st_mtime, tz=dt.UTC).date(),
        key=keyed[1] if keyed else "",
        folder_id=_tag(path.parent, top) if within else "",
        folder=_below(path.parent, top) if within else "",
        files=(
            StoredFile(
                *(tag, path.name, path.suffix.lower().lstrip(".")), size=found.st_size, address=_below(path, top.parent)
            ),
        ),
    )


def _described(path: Path) -> Mapping[str, str]:
    try:
        said = decoded((path.parent / _ASIDE / f"{path.name}.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return {name: str(value) for name, value in said.items()} if isinstance(said, dict) else {}


def _describe(path: Path, said: Mapping[str, str]) -> None:
    if said:
        (path.parent / _ASIDE).mkdir(exist_ok=True)
        data = json.dumps(dict(said), ensure_ascii=False).encode()
        _write_whole(path.parent / _ASIDE / f"{path.name}.json", data)


def _write_whole(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _asked(what: str) -> Iterator[None]:
    """Turn the disk's errors, whose texts hold paths, into ours."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        problem = Problem.NOT_FOUND
    except PermissionError:
        problem = Problem.NO_ACCESS
    except OSError:
        problem = Problem.UNAVAILABLE
    else:
        return
    raise RecordsError(problem, what)
