"""Shapes to JSON and back, for the ledger. Made for what lies at rest: CPR numbers are written whole."""

import dataclasses
import datetime as dt
import enum
import json
import types
import typing
from functools import cache
from typing import Any, TypeVar

from sagstjek.cpr import Cpr

Shape = TypeVar("Shape")


def to_json(shape: object) -> str:
    """Return a dataclass as compact JSON; fields that have their default value are left out."""
    return json.dumps(_plain(shape), ensure_ascii=False, separators=(",", ":"))


def from_json(kind: type[Shape], text: str) -> Shape:
    """Return the dataclass of this kind that `to_json` wrote."""
    return typing.cast("Shape", _shape(kind, json.loads(text)))


def _plain(value: object) -> object:
    match value:
        case Cpr():
            return value.digits
        case dt.date():
            return value.isoformat()
        case tuple():
            return [_plain(item) for item in value]
        case _ if dataclasses.is_dataclass(value):
            return {
                f.name: _plain(getattr(value, f.name))
                for f in dataclasses.fields(value)
                if f.default is dataclasses.MISSING or getattr(value, f.name) != f.default
            }
        case _:
            return value


def _shape(kind: Any, value: Any) -> object:
    origin = typing.get_origin(kind)
    if value is None:
        return None
    if origin in {types.UnionType, typing.Union}:
        inner = next(k for k in typing.get_args(kind) if k is not type(None))
        return _shape(inner, value)
    if origin is tuple:
        args = typing.get_args(kind)
        kinds = args if args[-1] is not Ellipsis else (args[0],) * len(value)
        return tuple(_shape(k, item) for k, item in zip(kinds, value, strict=True))
    if kind is Cpr:
        return Cpr(value)
    if kind is dt.date:
        return dt.date.fromisoformat(value)
    if dataclasses.is_dataclass(kind):
        made = typing.cast("type", kind)
        hints = _hints(made)
        return made(**{name: _shape(hints[name], item) for name, item in value.items()})
    return kind(value) if isinstance(kind, type) and issubclass(kind, enum.Enum) else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
