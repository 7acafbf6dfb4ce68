"""The days that a requirement means for one employment: due, window, and how long a document is good."""

import calendar
import datetime as dt
from dataclasses import dataclass

from sagstjek.conditions import Facts, as_date, shifted
from sagstjek.requirements import FOREVER, Requirement, Valid
from sagstjek.shapes import Part


@dataclass(frozen=True, slots=True)
class Terms:
    """Days, both ends included; None is open.

    Attributes:
        due: last day on which the document is in time.
        first, last: window within which a document must be dated to count.
        on: the day on which it must be valid: the as-of date, or the last day of who has left.
    """

    on: dt.date
    due: dt.date | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    valid: Valid = FOREVER

    def covers(self, part: Part) -> bool | None:
        """Return whether a part is dated within the window; None when it bears no date that could tell."""
        if self.first is None and self.last is None:
            return True
        day = part.document_date
        if day is None:
            return None
        return (self.first or dt.date.min) <= day <= (self.last or dt.date.max)

    def ends(self, part: Part) -> dt.date | None:
        """Return the last day on which a document is good; None when that cannot be told."""
        if self.valid == FOREVER:
            return dt.date.max
        if self.valid.until_stated and part.valid_until is not None:
            return part.valid_until
        if self.valid.months is None or part.document_date is None:
            return None
        return later(part.document_date, self.valid.months)

    def is_good(self, part: Part) -> bool:
        """Return whether a document is not known to have run out."""
        end = self.ends(part)
        return end is None or end >= self.on

    def is_late(self, part: Part) -> bool:
        """Return whether a document is known to be dated after the due day."""
        return self.due is not None and part.document_date is not None and part.document_date > self.due


def terms_of(requirement: Requirement, facts: Facts, as_of: dt.date) -> Terms:
    """Return the days that a requirement means; a date that the roster leaves empty opens the side that it sets."""
    due, window = requirement.due, requirement.dated
    anchor = as_date(facts.get(due.after)) if due else None
    around = as_date(facts.get(window.around)) if window else None
    before, after = (window.days_before, window.days_after) if window and around else (None, None)
    left = as_date(facts.get("left"))
    return Terms(
        on=min(as_of, left) if left else as_of,
        due=shifted(anchor, due.days) if due and anchor else None,
        first=shifted(around, -before) if around and before is not None else None,
        last=shifted(around, after) if around and after is not None else None,
        valid=requirement.valid,
    )


def later(day: dt.date, months: int) -> dt.date:
    """Return the same day of the month so many months later, or the last one of a shorter month.

    >>> later(dt.date(2024, 2, 29), 12)
    datetime.date(2025, 2, 28)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
