"""Readings as people decided them: their word stands over the machine's."""

import dataclasses
from collections.abc import Mapping

from sagstjek.decisions import Decision
from sagstjek.shapes import Part, Reading, Reason, Status

_SETTLED = frozenset({Reason.LOW_CONFIDENCE, Reason.POOR_TEXT, Reason.NO_TEXT})


def with_decisions(reading: Reading, decisions: Mapping[int, Decision]) -> Reading:
    """Return the reading with the types that people decided, by number of the part.

    A decision on other bytes than were read counts for nothing.
    """
    parts = tuple(
        _decided(part, decisions[part.number])
        if part.number in decisions and decisions[part.number].content == reading.content
        else part
        for part in reading.parts
    )
    return dataclasses.replace(reading, parts=parts)


def _decided(part: Part, decision: Decision) -> Part:
    """Return the part with the type decided; whose it is may still be open."""
    open_still = part.status is Status.REVIEW and part.reason not in _SETTLED
    return dataclasses.replace(
        part,
        type=decision.type,
        confidence=1.0,
        candidates=(decision.type,),
        possible=(),
        status=Status.REVIEW if open_still else Status.ACCEPTED,
        reason=part.reason if open_still else None,
    )
