"""The `when` of a rule, from YAML to a condition (DESIGN.md, section 4; additions in `sagstjek.rules`)."""

import datetime as dt
import re
from collections.abc import Mapping
from itertools import product
from typing import Final

from sagstjek.conditions import (
    BOUNDS,
    All,
    Condition,
    Empty,
    Not,
    OneOf,
    Operand,
    Relative,
    Some,
    Within,
    as_date,
    as_number,
)
from sagstjek.errors import nearest
from sagstjek.marked import Marked

_FIELD: Final = re.compile(r"[a-z][a-z0-9_]*")
_RELATIVE: Final = re.compile(r"([a-z][a-z0-9_]*)(?:\s*([+-])\s*(\d{1,5}))?")
_OPERATORS: Final = (*BOUNDS, "empty")
_DEEPEST: Final = 20


def read_when(marked: Marked, depth: int = 0) -> Condition:
    """Return the condition that a mapping of fields, `any` and `not` stands for.

    Raises:
        RulesError: an unknown operator, or a value of a wrong kind.
    """
    if depth > _DEEPEST:
        raise marked.wrong(f"conditions lie in one another more than {_DEEPEST} deep. Make them simpler.")
    conditions = tuple(_entry(key, name, value, depth) for key, name, value in marked.entries("a condition"))
    if not conditions:
        raise marked.wrong("this condition is empty. Write one, or remove the key.")
    return conditions[0] if len(conditions) == 1 else All(conditions)


def read_field(marked: Marked) -> str:
    """Return the name of a roster field."""
    name = marked.text("a roster field")
    if _FIELD.fullmatch(name) is None:
        raise marked.wrong("a roster field is written with small letters a-z, digits and _ (ae, oe, aa for æ, ø, å).")
    return name


def _entry(key: Marked, name: str, value: Marked, depth: int) -> Condition:
    if name == "any":
        return Some(_alternatives(value, depth))
    if name == "not":
        return Not(Some(_alternatives(value, depth)) if value.is_list else read_when(value, depth + 1))
    field = read_field(key)
    if value.is_mapping:
        return _compared(field, value)
    values = value.items(f"'{field}'") if value.is_list else [value]
    return OneOf(field, tuple(item.text(f"a value of '{field}'") for item in values))


def _alternatives(marked: Marked, depth: int) -> tuple[Condition, ...]:
    return tuple(read_when(item, depth + 1) for item in marked.items("'any' or 'not'"))


def _compared(field: str, marked: Marked) -> Condition:
    conditions: list[Condition] = []
    bounds: list[tuple[str, Operand]] = []
    for key, word, value in marked.entries(f"'{field}'"):
        if word == "empty":
            conditions.append(Empty(field, value.yes("'empty'")))
        elif word in BOUNDS:
            bounds.append((word, _operand(word, value)))
        else:
            hint = (
                "Write decimals with a point, as in 7.5." if word.isdigit() else f"Operators: {', '.join(_OPERATORS)}."
            )
            raise key.wrong(f"no such operator{nearest(word, _OPERATORS)}. {hint}")
    if bounds:
        _check_bounds(field, dict(bounds), marked)
        conditions.append(Within(field, tuple(bounds)))
    if not conditions:
        raise marked.wrong(f"'{field}' is compared with nothing. Operators: {', '.join(_OPERATORS)}.")
    return conditions[0] if len(conditions) == 1 else All(tuple(conditions))


def _check_bounds(field: str, bounds: Mapping[str, Operand], marked: Marked) -> None:
    """Refuse bounds that nothing can keep."""
    lower = [bounds[word] for word in ("from", "at_least") if word in bounds]
    upper = [(bounds[word], BOUNDS[word]) for word in ("before", "at_most") if word in bounds]
    for least, (most, keeps) in product(lower, upper):
        one, other = _measure(least), _measure(most)
        if one is not None and other is not None and not keeps(one, other):
            raise marked.wrong(f"nothing can keep these bounds of '{field}': the lower lies above the upper.")


def _measure(operand: Operand) -> float | None:
    if isinstance(operand, Relative):
        return None
    return operand.toordinal() if isinstance(operand, dt.date) else operand


def _operand(word: str, marked: Marked) -> Operand:
    written = marked.text(f"'{word}'")
    day, number = as_date(written), as_number(written)
    if day is not None:
        return day
    if number is not None:
        return number
    match = _RELATIVE.fullmatch(written)
    if match is None:
        raise marked.wrong(f"'{word}' needs a date (2005-07-01), a number, or a date field with days (today - 90).")
    return Relative(match[1], int(f"{match[2] or '+'}{match[3] or 0}"))
