"""What travels through the house: documents, pages, parts.

Frozen, slotted dataclasses with tuples, so that they survive pickle and cannot be changed by a step.
Fields with personal words are kept out of `repr`. Page numbers count from 1 and both ends are
included; probabilities are 0-1; times are in seconds; dates are `datetime.date`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from sagstjek.cpr import Cpr

APART: Final = {"apart": True}
"""Marks a field that is not written into JSON: it has a place of its own."""


class TextSource(StrEnum):
    """Where the text of a page or part came from."""

    TEXT = "text"
    OCR = "ocr"
    MIXED = "mixed"
    NONE = "none"


class Extent(StrEnum):
    """How much of a page has been read."""

    NONE = "none"
    HEAD = "head"
    WHOLE = "whole"


class Status(StrEnum):
    """How far a part can be trusted."""

    ACCEPTED = "accepted"
    REVIEW = "review"
    UNREADABLE = "unreadable"
    DUPLICATE = "duplicate"


class Reason(StrEnum):
    """Why a part is unreadable or needs a person's look."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    EMPTY = "empty"
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    TOO_MANY = "too_many"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    OUT_OF_MEMORY = "out_of_memory"
    NOT_FOUND = "not_found"
    NO_ACCESS = "no_access"
    NO_TEXT = "no_text"
    INTERNAL = "internal"
    LOW_CONFIDENCE = "low_confidence"
    POOR_TEXT = "poor_text"
    NOT_FULLY_READ = "not_fully_read"
    PERSON_UNCERTAIN = "person_uncertain"
    SAME_BYTES = "same_bytes"
    SAME_TEXT = "same_text"


class CprBasis(StrEnum):
    """What a part's person rests on."""

    TEXT = "text"
    NAME = "name"
    CASE = "case"
    NONE = "none"


class Role(StrEnum):
    """In which role a person is mentioned in a text."""

    SUBJECT = "subject"
    PASSING = "passing"


@dataclass(frozen=True, slots=True)
class Document:
    """One journaled item of a case, as the index of an export lists it."""

    document_id: str
    path: str = field(repr=False)
    case_id: str = ""
    case_cpr: Cpr | None = field(default=None, repr=False)
    case_title: str = field(default="", repr=False)
    title: str = field(default="", repr=False)
    journal_date: dt.date | None = None
    document_date: dt.date | None = None
    direction: str = ""
    folder: str = field(default="", repr=False)
    extra: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """What has been read of one page.

    Attributes:
        number: from 1, within its member.
        text: with line breaks where the page has them.
        source: text layer, OCR, or none.
        confidence: 0-1; the OCR engine's mean over words, 1 for a text layer.
        extent: none, head or whole.
        aspect: width divided by height, 0 where the format has no pages.
        blank: nothing is printed on it.
    """

    number: int
    text: str = field(default="", repr=False)
    source: TextSource = TextSource.NONE
    confidence: float = 1.0
    extent: Extent = Extent.NONE
    aspect: float = 0.0
    blank: bool = False


@dataclass(frozen=True, slots=True)
class PartText:
    """What the classifier sees of a part.

    Attributes:
        text: of the pages read so far, pages joined by form feeds.
        title: the journal title of the document; may lie.
        member: name of the attachment or zip member, or an empty string.
        media: the real format, a code of `pipeline.identify`.
        source: where the text came from.
        pages: number of pages of the part, 0 where the format has none.
        aspect: of the first page.
    """

    text: str = field(repr=False)
    title: str = field(default="", repr=False)
    member: str = field(default="", repr=False)
    media: str = ""
    source: TextSource = TextSource.TEXT
    pages: int = 0
    aspect: float = 0.0


@dataclass(frozen=True, slots=True)
class Prediction:
    """The classifier's word on one part.

    Attributes:
        type: the likeliest type code.
        confidence: its calibrated probability.
        candidates: the prediction set, likeliest first; never empty.
        possible: a wider set, outside of which the truth hardly ever is: what `missing` rests on.
    """

    type: str
    confidence: float
    candidates: tuple[str, ...]
    possible: tuple[str, ...] = ()


class Classifier(Protocol):
    """Tells what a part is. Implementations are deterministic and safe to call from one thread."""

    @property
    def model_id(self) -> str:
        """Name and content hash of the model; decisions of another one are made again."""
        ...

    @property
    def evidence_id(self) -> str:
        """What it sees in a text: evidence that another one saw cannot be decided on."""
        ...

    @property
    def accept_at(self) -> float:
        """Calibrated probability from which a type is accepted without a person's look."""
        ...

    def classify(self, parts: Sequence[PartText]) -> list[Prediction]:
        """Return one prediction a part, in the same order."""
        ...

    def observe(self, part: PartText) -> bytes:
        """Return what a decision on a part rests on, without its words."""
        ...

    def decide(self, evidence: Sequence[bytes]) -> list[Prediction]:
        """Return one prediction for each part of which `observe` kept the evidence.

        Raises:
            ModelError: it was kept by a version that saw other things in a text.
        """
        ...


class PageBreaks(Protocol):
    """Tells where in a pile of pages a new document begins. Deterministic."""

    @property
    def breaks_id(self) -> str:
        """Content hash of the rule; a part of every result's step version."""
        ...

    def begins(self, pages: Sequence[Page]) -> list[float]:
        """Return for each page the probability (0-1) that it is the first page of a document."""
        ...


@dataclass(frozen=True, slots=True)
class Mention:
    """A person met in the text of a part.

    Attributes:
        cpr: the number as read, or as repaired against the case and the roster.
        basis: `TEXT` for a number, `NAME` for a name of the roster.
        role: subject of the document, or mentioned in passing (leader, child, other applicant).
        score: 0-1, how sure it is that the document is about this person.
        repaired: the number was read with an error and repaired against a known one.
    """

    cpr: Cpr = field(repr=False)
    basis: CprBasis
    role: Role
    score: float
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A page range or member of a document that is one document in the reader's eyes.

    Attributes:
        number: from 1 within the document.
        member: name of the attachment or zip member, nested ones joined by `/`; empty for the file itself.
        first_page, last_page: None where the format has no pages.
        type: taxonomy code; empty when unreadable.
        mentions: whom the text is about, for attribution again without reading.
        text_key: keyed hash of the normalised text, or empty when too short to tell duplicates.
        fully_read: nothing was left unread that could hold another document or change the answer.
        whole: every page was read to its end, whatever the answer.
        evidence: what the type was decided on, of `Classifier.observe`; the ledger keeps it apart.
    """

    number: int
    member: str = field(default="", repr=False)
    first_page: int | None = None
    last_page: int | None = None
    media: str = ""
    type: str = ""
    confidence: float = 0.0
    candidates: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    status: Status = Status.REVIEW
    reason: Reason | None = None
    cpr: Cpr | None = field(default=None, repr=False)
    cpr_basis: CprBasis = CprBasis.NONE
    misfiled: bool = False
    duplicate_of: str = ""
    document_date: dt.date | None = None
    valid_until: dt.date | None = None
    text_source: TextSource = TextSource.NONE
    pages: int = 0
    pages_read: int = 0
    mentions: tuple[Mention, ...] = field(default=(), repr=False)
    text_key: str = ""
    fully_read: bool = True
    whole: bool = True
    ocr_seconds: float = 0.0
    evidence: bytes = field(default=b"", repr=False, metadata=APART)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one reading of one document gave; what the ledger keeps.

    Attributes:
        document_id: of the index.
        content: SHA-256 of the bytes, hexadecimal; empty when the bytes could not be had.
        version: step version: wheel, reading mode, model, engine.
        parts: at least one; an unreadable document has one part with status `unreadable`.
        stamp: what the store said of the file (size and time, or a tag): equal means unchanged.
        seconds: wall time of the reading.
        size: bytes.
    """

    document_id: str
    content: str
    version: str
    parts: tuple[Part, ...]
    stamp: str = ""
    seconds: float = 0.0
    size: int = 0


def unreadable(number: int, reason: Reason, *, member: str = "", media: str = "") -> Part:
    """Return the part that stands for something that could not be read."""
    return Part(number, member=member, media=media, status=Status.UNREADABLE, reason=reason, fully_read=False)
