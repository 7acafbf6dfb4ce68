"""What there is for one employment: its parts, sorted by what they can prove."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from sagstjek.findings import Because
from sagstjek.shapes import Part, Reason, Status


class Standing(Enum):
    """How a part lies in relation to one employment."""

    HERE = auto()
    """The person's own, on the case of the employment."""
    MISFILED = auto()
    """The person's own, on somebody else's case."""
    OTHER_CASE = auto()
    """On another case of the same person, but by its date it may belong to this employment."""
    DOUBTFUL_PERSON = auto()
    """On the case of the employment, and it is not certain whom it is about."""
    ANOTHERS = auto()
    """On the case of the employment, and surely about somebody else; unread pages of it may not be."""


@dataclass(frozen=True, slots=True)
class Held:
    """A part with its reference `document_id#part`."""

    ref: str
    part: Part


@dataclass(frozen=True, slots=True)
class Candidate:
    """A part that may be of a type, and why that is not settled."""

    held: Held
    because: Because
    chance: float


@dataclass(frozen=True, slots=True)
class Holding:
    """What an employment has.

    Attributes:
        proofs: accepted parts on its case, by type.
        elsewhere: accepted parts of the person on somebody else's case, by type.
        candidates: by each type that a part may be.
        unread: parts that could not be read, badly, or not to the end.
        loose_unread: unread documents that lie on no case known to be anybody's, where this matters.
        error: expected number of accepted parts whose type is wrong.
        has_case: False when no case was found for the employment.
    """

    proofs: Mapping[str, Sequence[Held]] = field(default_factory=dict)
    elsewhere: Mapping[str, Sequence[Held]] = field(default_factory=dict)
    candidates: Mapping[str, Sequence[Candidate]] = field(default_factory=dict)
    unread: Sequence[Held] = ()
    loose_unread: int = 0
    error: float = 0.0
    has_case: bool = True


def hold(
    placed: Iterable[tuple[Held, Standing]], originals: frozenset[str], *, has_case: bool, loose_unread: int = 0
) -> Holding:
    """Return the parts of an employment, sorted.

    A duplicate counts for nothing where its original is at hand: the original counts.

    Args:
        originals: references of every part of the person.
    """
    proofs: dict[str, list[Held]] = defaultdict(list)
    elsewhere: dict[str, list[Held]] = defaultdict(list)
    candidates: dict[str, list[Candidate]] = defaultdict(list)
    unread: list[Held] = []
    error = 0.0
    for held, standing in placed:
        part = held.part
        if part.status is Status.DUPLICATE and part.duplicate_of in originals:
            continue
        if is_unread(part):
            unread.append(held)
        if part.status is Status.UNREADABLE or standing is Standing.ANOTHERS:
            continue
        settled = part.status is Status.ACCEPTED
        error += (1 - part.confidence) * settled
        for code in {part.type: None, **dict.fromkeys(part.possible or part.candidates)}:
            if settled and code == part.type and standing is Standing.HERE:
                proofs[code].append(held)
            elif settled and code == part.type and standing is Standing.MISFILED:
                elsewhere[code].append(held)
            else:
                candidates[code].append(Candidate(held, _because(part, standing, code), _chance(part, code)))
    return Holding(proofs, elsewhere, candidates, unread, loose_unread, error, has_case)


def is_unread(part: Part) -> bool:
    """Return whether something that was not seen, or only badly, could be another document."""
    return part.status is Status.UNREADABLE or not part.fully_read or part.reason is Reason.POOR_TEXT


def _because(part: Part, standing: Standing, code: str) -> Because:
    if code != part.type:
        return Because.TYPE_IN_SET if part.status is Status.ACCEPTED else Because.CANDIDATE_UNDER_REVIEW
    if standing is Standing.OTHER_CASE:
        return Because.ON_OTHER_CASE
    if standing is Standing.DOUBTFUL_PERSON or part.reason is Reason.PERSON_UNCERTAIN:
        return Because.PERSON_UNCERTAIN
    return Because.CANDIDATE_UNDER_REVIEW


def _chance(part: Part, code: str) -> float:
    """Return at most how probable the type is: what the likeliest type leaves, and not more than that one has."""
    return part.confidence if code == part.type else min(part.confidence, 1 - part.confidence)
