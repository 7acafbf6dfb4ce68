"""What an employment's parts say to one requirement.

A gap is said only where nothing is left that could close it: a candidate for the type, or something
unread, makes `missing` and `expired` into `uncertain`.

Confidence of an outcome:
- fulfilled, late, expired, misfiled: of the type of the part that it rests on; the least of them where
  each type of several is needed.
- uncertain: the chance that the best candidate is what is needed; 0 where all there is is unread.
- missing: 1 minus the expected number of accepted parts that are of a needed type after all, the errors
  spread evenly over the other types.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pipeline.holding import Candidate, Held, Holding
from pipeline.terms import Terms
from sagstjek.findings import Because, Outcome
from sagstjek.requirements import Requirement
from sagstjek.shapes import Status
from sagstjek.taxonomy import taxonomy

_GRAVITY: Final = (
    Outcome.FULFILLED,
    Outcome.LATE,
    Outcome.MISFILED,
    Outcome.UNCERTAIN,
    Outcome.EXPIRED,
    Outcome.MISSING,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a requirement stands, for these types; `evidence` is the part that it rests on, if any."""

    outcome: Outcome
    because: Because
    types: tuple[str, ...]
    confidence: float
    evidence: str = ""


def weigh(requirement: Requirement, holding: Holding, terms: Terms) -> Verdict:
    """Return how a requirement stands.

    Where each of several types is needed, the gravest verdict is that of all, and its types are those
    that have it.
    """
    if not requirement.all_of:
        return _weigh(requirement.types, holding, terms)
    each = [_weigh((code,), holding, terms) for code in requirement.types]
    outcome = max((verdict.outcome for verdict in each), key=_GRAVITY.index)
    gravest = [verdict for verdict in each if verdict.outcome is outcome]
    first = gravest[0]
    types = tuple(code for verdict in gravest for code in verdict.types)
    return Verdict(outcome, first.because, types, min(v.confidence for v in gravest), first.evidence)


def _weigh(types: tuple[str, ...], holding: Holding, terms: Terms) -> Verdict:
    proofs = [held for code in types for held in holding.proofs.get(code, ())]
    here = [held for held in proofs if terms.covers(held.part)]
    good = [held for held in here if terms.is_good(held.part)]
    if good:
        return _found(types, here, good, terms)
    elsewhere = [
        held for code in types for held in holding.elsewhere.get(code, ()) if terms.covers(held.part) is not False
    ]
    good = [held for held in elsewhere if terms.is_good(held.part)]
    if good:
        best = min(good, key=_by_confidence)
        return Verdict(Outcome.MISFILED, Because.ON_OTHER_CASE, types, best.part.confidence, best.ref)
    undated = [Candidate(h, Because.DATE_UNKNOWN, h.part.confidence) for h in proofs if terms.covers(h.part) is None]
    doubt = _doubt(types, holding, terms, undated)
    if doubt is not None:
        return doubt
    gone = [*here, *elsewhere]
    if gone:
        last = min(gone, key=lambda held: (-(terms.ends(held.part) or dt.date.max).toordinal(), held.ref))
        return Verdict(Outcome.EXPIRED, Because.NO_LONGER_VALID, types, last.part.confidence, last.ref)
    if not holding.has_case:
        return Verdict(Outcome.MISSING, Because.NO_CASE, types, 1.0)
    wrong = holding.error * len(types) / (len(taxonomy()) - 1)
    return Verdict(Outcome.MISSING, Because.NOTHING_FOUND, types, max(0.0, 1 - wrong))


def _found(types: tuple[str, ...], here: list[Held], good: list[Held], terms: Terms) -> Verdict:
    """A document in time counts though it has run out, if a valid one has followed; one without a date is not late."""
    if all(terms.is_late(held.part) for held in here):
        first = min(here, key=lambda held: (held.part.document_date or dt.date.max, *_by_confidence(held)))
        return Verdict(Outcome.LATE, Because.DATED_TOO_LATE, types, first.part.confidence, first.ref)
    in_time = terms.due is None or any(
        held.part.document_date is not None and not terms.is_late(held.part) for held in here
    )
    sure = in_time and any(terms.ends(held.part) is not None for held in good)
    best = min(good, key=lambda held: (terms.is_late(held.part), terms.ends(held.part) is None, *_by_confidence(held)))
    because = Because.ACCEPTED if sure else Because.DATE_UNKNOWN
    return Verdict(Outcome.FULFILLED, because, types, best.part.confidence, best.ref)


def _doubt(types: tuple[str, ...], holding: Holding, terms: Terms, undated: list[Candidate]) -> Verdict | None:
    """Return `uncertain` where a candidate or something unread could be what is needed; else None."""
    possible = [
        candidate
        for code in types
        for candidate in holding.candidates.get(code, ())
        if terms.covers(candidate.held.part) is not False and terms.is_good(candidate.held.part)
    ]
    best = min((*undated, *possible), key=lambda c: (-c.chance, c.held.ref), default=None)
    if best is not None:
        return Verdict(Outcome.UNCERTAIN, best.because, types, best.chance, best.held.ref)
    if not holding.unread and not holding.loose_unread:  # their own date says nothing of what was not read
        return None
    unreadable = holding.loose_unread or _any_unreadable(holding.unread)
    because = Because.UNREADABLE_DOCUMENTS if unreadable else Because.NOT_FULLY_READ
    return Verdict(Outcome.UNCERTAIN, because, types, 0.0)


def _any_unreadable(unread: Iterable[Held]) -> bool:
    return any(held.part.status is Status.UNREADABLE or held.part.fully_read for held in unread)


def _by_confidence(held: Held) -> tuple[float, str]:
    return -held.part.confidence, held.ref
