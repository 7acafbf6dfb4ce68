"""Shapes as rows of the ledger and back."""

import dataclasses
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import false, func, select

from connectors.database import Query, Record, Values
from connectors.ledger_tables import DOCUMENTS, EVIDENCE, READINGS
from sagstjek.findings import Finding
from sagstjek.people import Employment
from sagstjek.shapes import Document, Reading, Reason, Status, unreadable
from sagstjek.wire import from_json, to_json

_PART: Final = struct.Struct("<II")
"""Before the evidence of each part: its number, and how many bytes."""
HERE: Final = DOCUMENTS.c.gone == false()
WITH_READINGS: Final = DOCUMENTS.outerjoin(READINGS, DOCUMENTS.c.document_id == READINGS.c.document_id)
WITH_EVIDENCE: Final = DOCUMENTS.join(READINGS, DOCUMENTS.c.document_id == READINGS.c.document_id).outerjoin(
    EVIDENCE, DOCUMENTS.c.document_id == EVIDENCE.c.document_id
)
KNOWN: Final = (READINGS.c.stamp, READINGS.c.content, READINGS.c.version, READINGS.c.context)


@dataclass(frozen=True, slots=True)
class Known:
    """What a document's reading rested on.

    Attributes:
        stamp: what the store said of the file.
        content: SHA-256 of the bytes; empty when they could not be had.
        version: step version.
        context: digest of what the reading depended on beside the bytes.
    """

    stamp: str
    content: str
    version: str
    context: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of the index as it lies in the ledger.

    Attributes:
        body: its JSON: the same as long as the index says the same of it.
        known: what its reading rested on, None when it has none.
    """

    body: str = field(repr=False)
    known: Known | None

    @property
    def document(self) -> Document:
        """The document itself; made only where it is wanted, for an index can have millions."""
        return from_json(Document, self.body)


@dataclass(frozen=True, slots=True)
class Stale:
    """A reading that was decided with another model, threshold or roster.

    Attributes:
        body: the document's JSON. reading: with the evidence of its parts.
    """

    body: str = field(repr=False)
    context: str
    reading: Reading = field(repr=False)

    @property
    def document(self) -> Document:
        """The document itself."""
        return from_json(Document, self.body)


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the audit is. Documents that left the index are counted in `gone` only.

    Attributes:
        documents: in the index.
        read: of them, those with a reading.
        unreadable: of those read, documents with no readable part.
        partly_unreadable: of those read, documents with readable and unreadable parts.
        seconds: of reading, over all processes.
    """

    documents: int = 0
    read: int = 0
    unreadable: int = 0
    partly_unreadable: int = 0
    parts: int = 0
    pages: int = 0
    pages_read: int = 0
    seconds: float = 0.0
    gone: int = 0


def as_body(shape: object) -> str:
    """Return a shape as JSON that every database takes: half characters of broken member names become `?`."""
    return to_json(shape).encode("utf-8", "replace").decode()


def document_row(document: Document, position: int) -> Values:
    """Return a document as it lies in the ledger; `position` is its place in the index."""
    return {
        "document_id": document.document_id,
        "position": position,
        "gone": False,
        "case_id": document.case_id,
        "case_cpr": document.case_cpr.digits if document.case_cpr else None,
        "body": as_body(document),
    }


def reading_row(reading: Reading, context: str, decided: str) -> Values:
    """Return a reading as it lies in the ledger; its evidence lies apart."""
    return {
        "document_id": reading.document_id,
        "content": reading.content,
        "version": reading.version,
        "context": context,
        "decided": decided,
        "stamp": reading.stamp,
        "parts": len(reading.parts),
        "unreadable": sum(part.status is Status.UNREADABLE for part in reading.parts),
        "pages": sum(part.pages for part in reading.parts),
        "pages_read": sum(part.pages_read for part in reading.parts),
        "seconds": reading.seconds,
        "body": as_body(reading),
    }


def evidence_row(reading: Reading) -> Values:
    """Return the evidence of a reading's parts as it lies in the ledger."""
    found = ((part.number, part.evidence) for part in reading.parts if part.evidence)
    body = b"".join(_PART.pack(number, len(evidence)) + evidence for number, evidence in found)
    return {"document_id": reading.document_id, "body": body}


def with_evidence(reading: Reading, body: bytes | None) -> Reading:
    """Return a reading with the evidence that lay apart."""
    kept = dict(_evidence(body or b""))
    parts = (dataclasses.replace(part, evidence=kept.get(part.number, b"")) for part in reading.parts)
    return dataclasses.replace(reading, parts=tuple(parts))


def _evidence(body: bytes) -> Iterator[tuple[int, bytes]]:
    start = 0
    while start < len(body):
        number, size = _PART.unpack_from(body, start)
        start += _PART.size
        yield number, body[start : start + size]
        start += size


def finding_row(finding: Finding, position: int) -> Values:
    """Return a finding as it lies in the ledger: of its employment only the id, for many findings share it."""
    whole = finding.employment
    bare = Employment(whole.employment_id, whole.cpr, "", whole.hired)
    return {
        "position": position,
        "employment_id": whole.employment_id,
        "body": as_body(dataclasses.replace(finding, employment=bare)),
    }


def known(row: Record) -> Known | None:
    """Return the last columns of a row, which are `KNOWN`; None when the document has no reading."""
    return None if row[-1] is None else Known(*row[-len(KNOWN) :])


def document_and_reading(document_body: str, reading_body: str | None) -> tuple[Document, Reading]:
    """Return both; a document that was not read yet has a reading that says so, never an empty one."""
    document = from_json(Document, document_body)
    if reading_body is None:
        return document, Reading(document.document_id, "", "", (unreadable(1, Reason.NOT_FULLY_READ),))
    return document, from_json(Reading, reading_body)


def count_query() -> Query:
    """Return the query for the fields of `Counts`."""
    lost, parts = READINGS.c.unreadable, READINGS.c.parts
    whole = func.count().filter(lost > 0, lost == parts)
    partly = func.count().filter(lost > 0, lost < parts)
    sums = (func.coalesce(func.sum(READINGS.c[name]), 0) for name in ("parts", "pages", "pages_read", "seconds"))
    gone = select(func.count()).select_from(DOCUMENTS).where(~HERE).scalar_subquery()
    everything = (func.count(), func.count(READINGS.c.document_id), whole, partly, *sums, gone)
    return select(*everything).select_from(WITH_READINGS).where(HERE)
