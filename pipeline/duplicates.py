"""The same document twice on a case: the same bytes, or the same text."""

import dataclasses
import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sagstjek.shapes import Part, Reading, Reason, Status

_WORD: Final = re.compile(r"\w+")
_ENOUGH_WORDS: Final = 30


def text_key(text: str, key: bytes) -> str:
    """Return a keyed hash of the words of a text; empty when they are too few to tell duplicates.

    Keyed, so that nobody can test a guess of a document's text against the ledger.
    """
    words = _WORD.findall(text.casefold())
    if len(words) < _ENOUGH_WORDS:
        return ""
    return hmac.new(key, " ".join(words).encode(), hashlib.sha256).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Placed:
    """A reading with the case that its document lies on."""

    case_id: str
    reading: Reading


def mark_duplicates(placed: Iterable[Placed]) -> Iterator[Reading]:
    """Yield the readings, in the order given, with later copies within a case marked as duplicates.

    The first readable one in order is the original. A copy keeps its type and person and points at the original
    (`document_id#part`). Documents on different cases are not duplicates of one another: one of them
    is on the wrong case, and that is another finding.
    """
    contents: dict[tuple[str, str], str] = {}
    texts: dict[tuple[str, str, str], str] = {}
    for item in placed:
        reading = item.reading
        original = ""
        if reading.content and any(part.status is not Status.UNREADABLE for part in reading.parts):
            original = contents.setdefault((item.case_id, reading.content), reading.document_id)
        parts = reading.parts
        if original and original != reading.document_id:
            parts = tuple(as_copy(p, f"{original}#{p.number}", Reason.SAME_BYTES) for p in parts)
        else:
            parts = tuple(_by_text(p, item, texts) for p in parts)
        yield dataclasses.replace(reading, parts=parts) if parts != reading.parts else reading


def as_copy(part: Part, original: str, reason: Reason) -> Part:
    """Return a part marked as a duplicate of the one referred to; an unreadable one as it is."""
    if part.status is Status.UNREADABLE:
        return part
    return dataclasses.replace(part, status=Status.DUPLICATE, reason=reason, duplicate_of=original)


def _by_text(part: Part, item: Placed, texts: dict[tuple[str, str, str], str]) -> Part:
    if not part.text_key:
        return part
    reference = f"{item.reading.document_id}#{part.number}"
    original = texts.setdefault((item.case_id, part.type, part.text_key), reference)
    return part if original == reference else as_copy(part, original, Reason.SAME_TEXT)
