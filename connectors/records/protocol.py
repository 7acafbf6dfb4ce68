"""The one protocol of records systems, and the shapes that it speaks.

What every implementation promises, and `tests/connectors/records/test_conformance.py` holds it to:

- an empty answer means that the system said "none"; whatever else happens is a `RecordsError` of a kind;
- reads may be tried again by the connector; a write is sent once unless it is proven that it was not stored;
- nothing can be deleted;
- no CPR number, name, title, file name or secret in a `repr`, log line or exception;
- methods may be called from several threads at once.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO, Protocol

from sagstjek.cpr import Cpr


class CaseState(StrEnum):
    """Whether a case takes documents."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class DocumentState(StrEnum):
    """How far a document is journaled."""

    JOURNALED = "journaled"
    DRAFT = "draft"
    DELETED = "deleted"


class Relocation(StrEnum):
    """How a document gets to another case: moved by the system, or copied, verified and noted. Or not at all."""

    NATIVE = "native"
    COPY = "copy"
    NONE = "none"


class Verdict(StrEnum):
    """What reading back showed."""

    SAME = "same"
    DIFFERENT = "different"
    MISSING = "missing"


class Answering(StrEnum):
    """How a system answers its health check."""

    OK = "ok"
    NOT_LET_IN = "not_let_in"
    FORBIDDEN = "forbidden"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a system can do through its connector.

    Attributes:
        key_kept: where the idempotency key lies, in words for the docs and `probe`.
        max_bytes: of one file; 0 when no limit is known.
        parallel: calls at once. requests_per_second: over all threads; 0 is no limit.
    """

    system: str
    journal: bool = True
    folders: bool = True
    notes: bool = True
    relocation: Relocation = Relocation.COPY
    drafts_visible: bool = False
    key_kept: str = ""
    max_bytes: int = 0
    parallel: int = 2
    requests_per_second: float = 0.0


@dataclass(frozen=True, slots=True)
class Health:
    """How a system answers, and its version where it tells one."""

    answering: Answering
    version: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A personnel case.

    Attributes:
        case_id: by which the system's calls know it. number: by which people know it.
        expected: number of documents that the system says it has; None when it does not say.
        address: where its lists lie, for systems that need it.
    """

    case_id: str
    number: str = ""
    title: str = field(default="", repr=False)
    cpr: Cpr | None = field(default=None, repr=False)
    state: CaseState = CaseState.UNKNOWN
    unit: str = ""
    protected: bool = False
    expected: int | None = None
    address: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder within a case (delforløb, mappe)."""

    folder_id: str
    title: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a document.

    Attributes:
        size: in bytes, None when the system does not tell it before the download.
        address: where its bytes lie, for systems that need it.
    """

    file_id: str
    name: str = field(default="", repr=False)
    extension: str = ""
    media_type: str = ""
    size: int | None = None
    address: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class FiledDocument:
    """A document on a case, with its files.

    Attributes:
        document_id: as the system knows it on this case.
        kind: the document type that was registered; may lie.
        direction: ind, ud, intern or empty.
        key: the idempotency key that it was journaled with; empty for all that is not ours.
    """

    document_id: str
    case_id: str
    title: str = field(default="", repr=False)
    kind: str = ""
    direction: str = ""
    document_date: dt.date | None = None
    journal_date: dt.date | None = None
    state: DocumentState = DocumentState.JOURNALED
    key: str = ""
    folder_id: str = ""
    folder: str = field(default="", repr=False)
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to be journaled.

    Attributes:
        key: the idempotency key: letters, digits, `.`, `_` and `-`, at most 40; the same for every try.
        file_name: with its extension. text: a short description that goes with it.
    """

    key: str
    case: Case
    title: str = field(repr=False)
    file_name: str = field(repr=False)
    data: bytes = field(repr=False)
    folder: Folder | None = None
    media_type: str = "application/pdf"
    direction: str = "ind"
    document_date: dt.date | None = None
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The proof that an entry was journaled."""

    key: str
    case_id: str
    document_id: str


@dataclass(frozen=True, slots=True)
class Move:
    """A document that lies on the wrong case, or in the wrong folder of the right one."""

    key: str
    document: FiledDocument
    source: Case
    target: Case
    folder: Folder | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A journal note; the key keeps it from being written twice where the system lets us look."""

    key: str
    title: str = field(repr=False)
    text: str = field(repr=False)


class RecordsSystem(Protocol):
    """A records system. Every method raises `RecordsError` and nothing else."""

    @property
    def capabilities(self) -> Capabilities:
        """What can be done, without asking the system."""
        ...

    def health(self) -> Health:
        """Return how the system answers; raises nothing."""
        ...

    def find_cases(self, cpr: Cpr) -> Sequence[Case]:
        """Return every personnel case of a person that the user may see; empty only if the system said "none"."""
        ...

    def folders(self, case: Case) -> Sequence[Folder]:
        """Return the folders of a case."""
        ...

    def documents(self, case: Case) -> Sequence[FiledDocument]:
        """Return every document of a case, of all its folders and in every state that can be seen."""
        ...

    def fetch(self, file: StoredFile, into: BinaryIO) -> None:
        """Write the bytes of a file from the present place of a seekable stream; all of them, or an error."""
        ...

    def journal(self, entry: Entry) -> Receipt:
        """Store a file on a case, or finish what an earlier try with its key has begun.

        Use `connectors.records.filing.journal_once`, which looks before and after.
        """
        ...

    def find_by_key(self, case: Case, key: str) -> FiledDocument | None:
        """Return the document of a case that was journaled with a key."""
        ...

    def verify(self, receipt: Receipt, case: Case, sha256: str) -> Verdict:
        """Read a journaled document back and compare its bytes."""
        ...

    def relocate(self, move: Move) -> Receipt:
        """Bring a document where it belongs; the original stays unless `relocation` is native."""
        ...

    def note(self, case: Case, note: Note) -> None:
        """Write a journal note on a case."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...
