"""Readings with only what findings or figures rest on: a million of them must fit into memory at once.

What many of them share (types, days, persons, whole parts) is kept once.
"""

from collections.abc import Hashable, Iterable
from typing import Any, TypeVar

from pipeline.findings import Filed
from sagstjek.shapes import Document, Part, Reading

_Value = TypeVar("_Value", bound=Hashable)


class Slim:
    """Makes slim shapes that share what is equal in them."""

    def __init__(self) -> None:
        self._met: dict[Any, Any] = {}

    def filed(self, document: Document, reading: Reading) -> Iterable[Filed]:
        """Return the parts of a document as `find_findings` needs them."""
        case_id, case_cpr = self._one(document.case_id), self._one(document.case_cpr)
        return [Filed(document.document_id, case_id, case_cpr, self._for_findings(part)) for part in reading.parts]

    def for_figures(self, document: Document, reading: Reading) -> tuple[Document, Reading]:
        """Return both as `make_figures` needs them."""
        parts = tuple(self._one(_for_figures(part)) for part in reading.parts)
        return (
            self._one(Document("", "", case_id=document.case_id, case_cpr=document.case_cpr)),
            Reading("", "", "", self._one(parts), size=reading.size),
        )

    def _for_findings(self, part: Part) -> Part:
        return Part(
            part.number,
            type=self._one(part.type),
            confidence=part.confidence,
            candidates=self._one(part.candidates),
            possible=self._one(part.possible),
            status=part.status,
            reason=part.reason,
            cpr=self._one(part.cpr),
            misfiled=part.misfiled,
            duplicate_of=part.duplicate_of,
            document_date=self._one(part.document_date),
            valid_until=self._one(part.valid_until),
            fully_read=part.fully_read,
        )

    def _one(self, value: _Value) -> _Value:
        """Return the first value met that is equal."""
        met: _Value = self._met.setdefault(value, value)
        return met


def _for_figures(part: Part) -> Part:
    return Part(
        0,
        member="x" if part.member else "",
        media=part.media,
        status=part.status,
        reason=part.reason,
        misfiled=part.misfiled,
        pages=part.pages,
        pages_read=part.pages_read,
        fully_read=part.fully_read,
    )
