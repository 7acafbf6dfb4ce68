"""What a check sample asks, and what may be answered."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Pile(StrEnum):
    """Where a question was drawn from."""

    ACCEPTED = "accepted"
    """Parts that nobody would look at."""
    MISSING = "missing"
    """Requirements reported as missing: e-discovery's elusion test."""
    REVIEW = "review"
    """Parts that wait for a person's look."""


class Answer(StrEnum):
    """What a person saw."""

    RIGHT = "right"
    WRONG_TYPE = "wrong_type"
    WRONG_PERSON = "wrong_person"
    ABSENT = "absent"
    THERE = "there"
    UNCLEAR = "unclear"


_OF_PARTS: Final = (Answer.RIGHT, Answer.WRONG_TYPE, Answer.WRONG_PERSON, Answer.UNCLEAR)
ANSWERS: Final = {
    Pile.ACCEPTED: _OF_PARTS,
    Pile.MISSING: (Answer.ABSENT, Answer.THERE, Answer.UNCLEAR),
    Pile.REVIEW: _OF_PARTS,
}
"""What may be answered, by pile."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """Units that are alike; each question of it stands for as many of them.

    Attributes:
        name: what its units have in common, most general first.
        size: units in the audit.
    """

    pile: Pile
    name: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Question:
    """One row of a check sample: a part, or a requirement reported as missing.

    Attributes:
        number: from 1 within the sample. stratum: its place among the strata of the sample.
        document_id, part: of a part; empty and 0 of a requirement.
        said: the type that the machine says, or those that would meet the requirement.
        candidates: the prediction set. misfiled: said to be about somebody else than the case is on.
        carries: fulfilled requirements that rest on this part.
        employment_id, requirement: of a requirement reported as missing.
        actual: the type that it is when another one than was said; empty when nobody wrote it.
    """

    number: int
    pile: Pile
    stratum: int
    said: tuple[str, ...]
    document_id: str = ""
    part: int = 0
    candidates: tuple[str, ...] = ()
    misfiled: bool = False
    carries: int = 0
    employment_id: str = ""
    requirement: str = ""
    answer: Answer | None = None
    actual: str = ""

    @property
    def ref(self) -> str:
        """The reference of the part: `document_id#part`."""
        return f"{self.document_id}#{self.part}"

    @property
    def told(self) -> bool:
        """Whether somebody looked and could tell."""
        return self.answer is not None and self.answer is not Answer.UNCLEAR


@dataclass(frozen=True, slots=True)
class Sample:
    """A check sample as it was drawn.

    Attributes:
        code: its name, in every row's number.
        basis: what was audited with what; other decisions are not measured by this sample.
        fulfilled: requirements reported as fulfilled, in all.
    """

    code: str
    day: dt.date
    seed: int
    basis: str
    fulfilled: int
    strata: tuple[Stratum, ...]
    questions: tuple[Question, ...] = field(default=(), repr=False)
