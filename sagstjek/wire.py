"""Shapes to JSON and back, for the ledger. Made for what lies at rest: CPR numbers are written whole.

A ledger holds millions of shapes, so what a kind needs is worked out once.
"""

import dataclasses
import datetime as dt
import enum
import json
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any, Final, TypeVar

from sagstjek.cpr import Cpr

Shape = TypeVar("Shape")
_Converter = Callable[[Any], object]


def to_json(shape: object) -> str:
    """Return a dataclass as compact JSON; fields that have their default value, or lie apart, are left out."""
    return _ENCODER.encode(shape)


def from_json(kind: type[Shape], text: str) -> Shape:
    """Return the dataclass of this kind that `to_json` wrote."""
    wanted: Any = kind
    read = _reader(wanted)
    assert read is not None
    return typing.cast("Shape", read(json.loads(text)))


def _plain(value: object) -> object:
    """Return a value that JSON does not know as one that it knows."""
    if isinstance(value, Cpr):
        return value.digits
    if isinstance(value, dt.date):
        return value.isoformat()
    kind: Any = type(value)
    found = ((name, getattr(value, name), default) for name, default in _fields(kind))
    return {name: item for name, item, default in found if item is not default and item != default}


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False, default=_plain)


@cache
def _fields(kind: type) -> tuple[tuple[str, object], ...]:
    """Return the fields of a dataclass with their defaults; a field without one has a default like nothing else."""
    return tuple((f.name, f.default) for f in dataclasses.fields(kind) if not f.metadata.get("apart"))


@cache
def _reader(kind: Any) -> _Converter | None:
    """Return what makes a value of this kind out of JSON; None where JSON has it already."""
    origin = typing.get_origin(kind)
    if origin in {types.UnionType, typing.Union}:
        return _reader(next(k for k in typing.get_args(kind) if k is not types.NoneType))
    if origin is tuple:
        return _tuple_reader(typing.get_args(kind))
    if kind is Cpr:
        return Cpr
    if kind is dt.date:
        return dt.date.fromisoformat
    if dataclasses.is_dataclass(kind):
        return _dataclass_reader(typing.cast("type", kind))
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return {member.value: member for member in kind}.__getitem__
    return None


def _tuple_reader(kinds: tuple[Any, ...]) -> _Converter:
    readers = [_reader(kind) for kind in kinds if kind is not Ellipsis]
    if not any(readers):
        return tuple
    if kinds[-1] is not Ellipsis:
        return lambda items: tuple(r(item) if r else item for r, item in zip(readers, items, strict=True))
    (read,) = readers
    assert read is not None
    return lambda items: tuple(map(read, items))


def _dataclass_reader(kind: type) -> _Converter:
    hints = typing.get_type_hints(kind)
    readers = [(f.name, read) for f in dataclasses.fields(kind) if (read := _reader(hints[f.name])) is not None]

    def made(values: dict[str, Any]) -> object:
        for name, read in readers:
            item = values.get(name)
            if item is not None:
                values[name] = read(item)
        return kind(**values)

    return made
