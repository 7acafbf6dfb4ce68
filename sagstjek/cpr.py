"""The CPR number as a value that never shows itself.

Sources: CPR-kontoret, "Personnummeret i CPR" (form, century, numbers without check digit since
1 October 2007, replacement numbers with day + 60); DOMAIN.md, section 4.
"""

import datetime as dt
import re
from dataclasses import dataclass, field

_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_WRITTEN = re.compile(r"\s*([0-9]{6})\s*[-–—/. ]?\s*([0-9]{4})\s*")


@dataclass(frozen=True, slots=True, order=True)
class Cpr:
    """Ten digits with a possible birth date. `str` and `repr` are masked; use `digits` on purpose.

    >>> cpr = parse_cpr("251248-9996")
    >>> print(cpr)
    251248-XXXX
    >>> cpr.born
    datetime.date(1948, 12, 25)
    >>> cpr.passes_modulus_11
    False
    """

    digits: str = field(repr=False)

    def __str__(self) -> str:
        return f"{self.digits[:6]}-XXXX"

    def __repr__(self) -> str:
        return f"Cpr({self})"

    @property
    def written(self) -> str:
        """The number with its hyphen, as it stands in lists for those entitled."""
        return f"{self.digits[:6]}-{self.digits[6:]}"

    @property
    def born(self) -> dt.date | None:
        """Birth date by the century rule of the 7th digit; None when no such day exists."""
        return birth_date(self.digits)

    @property
    def is_replacement(self) -> bool:
        """Whether it is a replacement number (erstatningspersonnummer): day + 60."""
        return int(self.digits[:2]) > 60

    @property
    def passes_modulus_11(self) -> bool:
        """Whether the check digit fits. Many real numbers fail since 2007: a score, never a filter."""
        return sum(int(d) * w for d, w in zip(self.digits, _WEIGHTS, strict=True)) % 11 == 0


def birth_date(digits: str) -> dt.date | None:
    """Return the birth date in ten CPR digits, or None when there is no such day."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    try:
        return dt.date(_century(int(digits[6]), year) + year, month, day - 60 if day > 60 else day)
    except ValueError:
        return None


def _century(seventh: int, year: int) -> int:
    if seventh <= 3 or (seventh in {4, 9} and year >= 37):
        return 1900
    if seventh in {4, 9} or year <= 57:
        return 2000
    return 1800


def parse_cpr(written: str) -> Cpr | None:
    """Return the CPR number written in a whole cell, or None when it cannot be one.

    A spreadsheet drops a leading zero: nine digits are read as ten.

    >>> parse_cpr("10858-9995") is None, str(parse_cpr("108589995"))
    (True, '010858-XXXX')
    """
    text = written.strip()
    if text.isascii() and text.isdigit() and len(text) == 9:
        text = "0" + text
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return None
    digits = match[1] + match[2]
    return Cpr(digits) if birth_date(digits) else None
