"""To whom a rule applies: a tree of conditions on roster fields, answered yes, no or unknown.

An empty field makes a condition unknown, never false: Kleene's strong three-valued logic. `all` is
false as soon as one of its conditions is, whatever is unknown beside it; `any` is true likewise.

Fields are the columns of the roster by name, and three that are derived: `today` (the as-of date),
`employed` (ja or nej on that day) and `duration_days` (planned or past length of the employment; the
roster's `varighed_dage` where it has one, empty while there is no end).
"""

import datetime as dt
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from sagstjek.people import Employment, Value

Facts: TypeAlias = Mapping[str, Value]

DERIVED: Final = ("duration_days", "employed", "today")
YES: Final = frozenset({"ja", "j", "yes", "y", "true", "sand", "1", "x"})
NO: Final = frozenset({"nej", "n", "no", "false", "falsk", "0"})
_UNKNOWN: Final = frozenset({"", "?", "-", "ukendt", "uoplyst", "unknown", "n/a"})
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DANISH: Final = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Relative:
    """The day (or number) in another field, moved by some days: `foerste_sygedag + 28`."""

    field: str
    days: int = 0


Operand: TypeAlias = dt.date | float | Relative


@dataclass(frozen=True, slots=True)
class OneOf:
    """The field has one of these values, whatever the case of its letters."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """The field keeps every bound: operator word (a key of `BOUNDS`) and what it is held against."""

    field: str
    bounds: tuple[tuple[str, Operand], ...]


@dataclass(frozen=True, slots=True)
class Empty:
    """The field is empty (or is not, where `empty` is False). Never unknown."""

    field: str
    empty: bool = True


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these holds; of none, always."""

    conditions: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of these holds."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """This does not hold."""

    condition: "Condition"


Condition: TypeAlias = OneOf | Within | Empty | All | Some | Not

BOUNDS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "from": operator.ge,
    "before": operator.lt,
    "at_least": operator.ge,
    "at_most": operator.le,
}


@dataclass(frozen=True, slots=True)
class Truth:
    """True, False, or None for unknown; then `field` is the first empty field that it hangs on."""

    value: bool | None
    field: str = ""


def facts_of(employment: Employment, as_of: dt.date) -> dict[str, Value]:
    """Return what rules know of an employment on a day: its fields and the derived ones."""
    facts = dict(employment.fields())
    end = employment.left or as_date(facts.get("tidsbegraenset_til"))
    days = as_number(facts.get("varighed_dage"))
    if days is None and end is not None:
        days = (end - employment.hired).days + 1
    employed = employment.hired <= as_of and (employment.left is None or employment.left >= as_of)
    return facts | {"today": as_of, "employed": "ja" if employed else "nej", "duration_days": days}


def evaluate(condition: Condition, facts: Facts) -> Truth:
    """Return whether a condition holds of these facts."""
    match condition:
        case All(conditions):
            return _fold(conditions, facts, settles=False)
        case Some(conditions):
            return _fold(conditions, facts, settles=True)
        case Not(inner):
            truth = evaluate(inner, facts)
            return truth if truth.value is None else Truth(not truth.value)
        case Empty(field, empty):
            return Truth((_value(facts, field) is None) is empty)
        case OneOf(field, values):
            value = _value(facts, field)
            return Truth(None, field) if value is None else Truth(any(_same(v, value) for v in values))
        case Within(field, bounds):
            return _fold_bounds(field, bounds, facts)


def fields_of(condition: Condition) -> Iterator[str]:
    """Yield the name of every field that a condition asks for, in its order."""
    match condition:
        case All(conditions) | Some(conditions):
            for inner in conditions:
                yield from fields_of(inner)
        case Not(inner):
            yield from fields_of(inner)
        case Within(field, bounds):
            yield field
            yield from (operand.field for _, operand in bounds if isinstance(operand, Relative))
        case OneOf(field) | Empty(field):
            yield field


def choices_of(condition: Condition) -> Iterator[OneOf]:
    """Yield every choice among values in a condition, in its order."""
    match condition:
        case All(conditions) | Some(conditions):
            for inner in conditions:
                yield from choices_of(inner)
        case Not(inner):
            yield from choices_of(inner)
        case OneOf():
            yield condition
        case Within() | Empty():
            return


def as_date(value: Value) -> dt.date | None:
    """Return the day in a cell, written in ISO or Danish order; None when it is none.

    >>> as_date("3.5.2011") == as_date("03-05-2011") == as_date("2011-05-03")
    True
    """
    if isinstance(value, dt.date):
        return value
    text = str(value).strip()
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DANISH.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def as_number(value: Value) -> float | None:
    """Return the number in a cell, with decimal comma or point; None when it is none.

    >>> as_number("37"), as_number("1.234,5"), as_number("fuld tid")
    (37.0, 1234.5, None)
    """
    if isinstance(value, int | float):
        return float(value)
    text = str(value).strip()
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    return float(text) if _NUMBER.fullmatch(text) else None


def shifted(day: dt.date, days: int) -> dt.date:
    """Return the day so many days later (earlier when negative), kept within the calendar."""
    try:
        return day + dt.timedelta(days)
    except OverflowError:
        return dt.date.max if days > 0 else dt.date.min


def _fold(conditions: tuple[Condition, ...], facts: Facts, *, settles: bool) -> Truth:
    """Return `settles` when one condition gives it, unknown when one is unknown, else the opposite."""
    unknown: Truth | None = None
    for condition in conditions:
        truth = evaluate(condition, facts)
        if truth.value is settles:
            return truth
        if truth.value is None and unknown is None:
            unknown = truth
    return unknown or Truth(not settles)


def _fold_bounds(field: str, bounds: tuple[tuple[str, Operand], ...], facts: Facts) -> Truth:
    value = _value(facts, field)
    if value is None:
        return Truth(None, field)
    unknown: Truth | None = None
    for word, operand in bounds:
        truth = _bound(field, value, word, operand, facts)
        if truth.value is False:
            return truth
        if truth.value is None and unknown is None:
            unknown = truth
    return unknown or Truth(value=True)


def _bound(field: str, value: Value, word: str, operand: Operand, facts: Facts) -> Truth:
    """A value that is not of the operand's kind, such as a word for a date, is as good as empty."""
    against: dt.date | float | None
    if isinstance(operand, Relative):
        other = _value(facts, operand.field)
        day, number = as_date(other), as_number(other)
        against = shifted(day, operand.days) if day else None if number is None else number + operand.days
        if against is None:
            return Truth(None, operand.field)
    else:
        against = operand
    if isinstance(against, dt.date):
        found = as_date(value)
        return Truth(None, field) if found is None else Truth(BOUNDS[word](found.toordinal(), against.toordinal()))
    measured = as_number(value)
    return Truth(None, field) if measured is None else Truth(BOUNDS[word](measured, against))


def _value(facts: Facts, field: str) -> Value:
    """Return what a field holds; what says that nobody knows is empty."""
    value = facts.get(field)
    return None if isinstance(value, str) and value.strip().casefold() in _UNKNOWN else value


def _same(wanted: str, value: Value) -> bool:
    """Return whether a value is the one that a rule names: as text, number, date, or yes and no."""
    a, b = wanted.strip().casefold(), str(value).strip().casefold()
    if a == b or (a in YES and b in YES) or (a in NO and b in NO):
        return True
    number, day = as_number(a), as_date(a)
    return (number is not None and number == as_number(b)) or (day is not None and day == as_date(value))
