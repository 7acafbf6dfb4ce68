"""The shapes of rules: documents that must be there, and documents that must not. Read by `sagstjek.rules`."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sagstjek.conditions import All, Condition, fields_of

EVERYBODY: Final = All()


class Severity(StrEnum):
    """How grave a gap is; the scale that municipal auditors use."""

    CRITICAL = "kritisk"
    MAJOR = "vaesentlig"
    MINOR = "mindre"


class IfUnknown(StrEnum):
    """What to do when an empty roster field leaves open whether a rule applies."""

    ASK = "ask"
    REQUIRE = "require"
    SKIP = "skip"


class Per(StrEnum):
    """Whether the document must lie on the case of the employment, or on any case of the person."""

    EMPLOYMENT = "employment"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Due:
    """So many days after the date in a field; before it when negative."""

    days: int
    after: str


@dataclass(frozen=True, slots=True)
class Valid:
    """How long a document is good: for ever, for months from its date, until the date printed in it."""

    months: int | None = None
    until_stated: bool = False


FOREVER: Final = Valid()


@dataclass(frozen=True, slots=True)
class Window:
    """Days around the date in a field within which a document counts; None is open."""

    around: str
    days_before: int | None = None
    days_after: int | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """Documents of certain types that must be there.

    Attributes:
        types: one of them is needed; each of them when `all_of`.
        ask: whom to ask for what is missing: leder, medarbejder or myndighed.
    """

    id: str
    title: str
    types: tuple[str, ...]
    all_of: bool = False
    when: Condition = EVERYBODY
    if_unknown: IfUnknown = IfUnknown.ASK
    due: Due | None = None
    valid: Valid = FOREVER
    dated: Window | None = None
    per: Per = Per.EMPLOYMENT
    severity: Severity = Severity.MAJOR
    ask: str = "leder"
    ground: str = ""
    ground_confidence: str = ""
    source: str = ""
    note: str = ""

    def fields(self) -> Iterable[str]:
        """Return the roster fields that it asks for."""
        anchors = [place for place in (self.due and self.due.after, self.dated and self.dated.around) if place]
        return (*fields_of(self.when), *anchors)


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Documents of certain types that must not be there.

    Attributes:
        action: what is proposed, never done by itself: slet, vurder or flyt.
    """

    id: str
    title: str
    types: tuple[str, ...]
    when: Condition = EVERYBODY
    action: str = "vurder"
    severity: Severity = Severity.MAJOR
    ground: str = ""
    ground_confidence: str = ""
    source: str = ""
    note: str = ""

    def fields(self) -> Iterable[str]:
        """Return the roster fields that it asks for."""
        return tuple(fields_of(self.when))
