"""Who should have a personnel file: employments and the roster."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from sagstjek.cpr import Cpr

Value = str | int | float | dt.date | None


@dataclass(frozen=True, slots=True)
class Employment:
    """One employment of one person: the unit of the audit.

    Attributes:
        hired: first day. left: last day, None while employed.
        extra: further roster columns by their name, as text; rules can use them.
    """

    employment_id: str
    cpr: Cpr = field(repr=False)
    name: str = field(repr=False)
    hired: dt.date
    left: dt.date | None = None
    email: str = field(default="", repr=False)
    unit: str = ""
    manager: str = field(default="", repr=False)
    manager_email: str = field(default="", repr=False)
    position: str = ""
    position_group: str = ""
    employment_form: str = ""
    citizenship: str = ""
    case_id: str = ""
    extra: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def fields(self) -> Mapping[str, Value]:
        """Return every field by its name, as rules see it; an empty field is None."""
        own: dict[str, Value] = {
            name: getattr(self, name) or None for name in self.__slots__ if name not in {"cpr", "extra"}
        }
        own["cpr"] = self.cpr.digits
        return {**{name: value or None for name, value in self.extra}, **own}


@dataclass(frozen=True, slots=True)
class Roster:
    """The list of employments from payroll, with the names of all its columns."""

    employments: tuple[Employment, ...]
    columns: tuple[str, ...] = ()
