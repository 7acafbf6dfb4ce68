"""What a server answered, read with care: keys in any case, numbers or names, lists or single objects."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Union

from sagstjek.cpr import Cpr, parse_cpr

Json = Union[None, bool, int, float, str, list["Json"], dict[str, "Json"]]  # noqa: UP007 - recursive


class Fields:
    """An object of an answer. A key fits whatever its case: `Id`, `ID` and `id` all occur in one system.

    >>> found = Fields({"SagID": 979, "Navn": None})
    >>> found.text("SagId"), found.text("navn"), found.text("other", "SAGID")
    ('979', '', '979')
    """

    __slots__ = ("_cells",)

    def __init__(self, raw: Json) -> None:
        cells = raw if isinstance(raw, dict) else {}
        self._cells: dict[str, Json] = {name.lower(): value for name, value in cells.items()}

    def raw(self, *names: str) -> Json:
        """Return the first of these fields that is there and not null."""
        return next((v for name in names if (v := self._cells.get(name.lower())) is not None), None)

    def text(self, *names: str) -> str:
        """Return a field as text; empty when it is not there, or is an object."""
        value = self.raw(*names)
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value).strip() if isinstance(value, (str, int, float)) else ""

    def whole(self, *names: str) -> int | None:
        """Return a field as a whole number, or None."""
        text = self.text(*names)
        return int(text) if text.isascii() and text.isdigit() else None

    def one(self, *names: str) -> "Fields":
        """Return an object within; empty when it is not there."""
        return Fields(self.raw(*names))

    def many(self, *names: str) -> Iterator["Fields"]:
        """Yield the objects of a list; a single object is a list of one."""
        return each(self.raw(*names))

    def date(self, *names: str) -> dt.date | None:
        """Return the day of a time stamp, with or without fractions and offset."""
        return day_of(self.text(*names))

    def cpr(self, *names: str) -> Cpr | None:
        """Return a CPR number, or None when there is none."""
        return parse_cpr(self.text(*names))


def each(raw: Json) -> Iterator[Fields]:
    """Yield the objects of a list; a single object is a list of one."""
    for item in raw if isinstance(raw, list) else [raw]:
        if isinstance(item, dict):
            yield Fields(item)


def day_of(written: str) -> dt.date | None:
    """Return the day of an ISO time stamp as it is written (its own offset), or None.

    >>> day_of("2019-11-18T09:24:48.507+01:00") == day_of("2019-11-18T23:59:59+01:00") == day_of("2019-11-18")
    True
    """
    try:
        return dt.date.fromisoformat(written[:10])
    except ValueError:
        return None


def decoded(data: bytes) -> Json:
    """Return a JSON answer.

    Raises:
        ValueError: it is none.
    """
    value: Json = json.loads(data)
    return value
