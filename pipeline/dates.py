"""Dates that a document states about itself: when it was written, until when it is valid."""

import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.cpr_text import find_numbers
from sagstjek.cpr import birth_date

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("januar", "jan", "january"),
            ("februar", "feb", "february"),
            ("marts", "mar", "march"),
            ("april", "apr"),
            ("maj", "may"),
            ("juni", "jun", "june"),
            ("juli", "jul", "july"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("oktober", "okt", "october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for name in names
}
_DATE: Final = re.compile(
    r"(?<![\d.,-])(?:"
    r"(?P<d1>\d{1,2})\.?\s{0,2}(?P<m1>[a-z]{3,9})\.?,?\s{0,2}(?P<y1>(?:19|20)\d\d)"
    r"|(?P<y2>(?:19|20)\d\d)-(?P<m2>\d\d)-(?P<d2>\d\d)"
    r"|(?P<d3>\d{1,2})\s?[-./]\s?(?P<m3>\d{1,2})\s?[-./ ]\s?(?P<y3>(?:19|20)?\d\d)"
    r")(?![\d-])",
    re.IGNORECASE,
)
_OWN: Final = re.compile(
    r"\b(dato|date|udstedt|udstedelsesdato|udskrevet|underskrevet|dateret|sendt|afsendt|issued)\s*:?\s*(den|d\.)?\s*$"
    r"|(^|,)\s*(den|d\.)\s*$",
    re.IGNORECASE,
)
_OTHERS: Final = re.compile(
    r"(født|fødselsdato|fødselsdag|born|birth|fra|from|til|until|indtil|pr\.?|per|ansat|tiltræd\w*|fratræd\w*|gyldig\w*|"
    r"udløb\w*|expir\w*|frist|senest|virkning\w*|lov\b.{0,25}af|af|termin\w*|skade\w*|sygedag|sygemeldt|siden|periode\w*|"
    r"anciennitet\w*|autorisationsdato|møde|samtale\w*|rev\.?|version)\s*(den|d\.)?\s*:?\s*$",
    re.IGNORECASE,
)
_VALID: Final = re.compile(
    r"(gyldig(?:hed)?(?:sperioden?)?\s*(?:til|indtil|t\.?o\.?m\.?)|valid\s*(?:until|to|thru)|udløber|udløbsdato|expir(?:es|y)(?:\s*date)?|"
    r"date of expiry|gælder\s*(?:til|indtil)|bortfalder|tidsbegrænset\s*(?:til|indtil))[^\d]{0,30}$",
    re.IGNORECASE,
)
_HEAD_LINES: Final = 15


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: the day, where it starts, and the words before it on the line."""

    day: dt.date
    start: int
    before: str


def find_dates(text: str) -> Iterator[FoundDate]:
    """Yield every date of a text in order: `3. maj 2011`, `03-05-2011`, `3/5 2011`, `2011-05-03`, `03.05.11`."""
    for match in _DATE.finditer(text):
        day = _day(match)
        if day is not None:
            line_start = text.rfind("\n", 0, match.start()) + 1
            yield FoundDate(day, match.start(), text[max(line_start, match.start() - 60) : match.start()])


def find_document_date(text: str, born: Collection[dt.date] = ()) -> dt.date | None:
    r"""Return the day a document says that it was written; None when it says none.

    A date labelled as the document's own wins over an unlabelled one in the head, and that over an
    unlabelled one further down. Dates of birth, periods and laws never count. A date of birth is known by
    the words before it, by a CPR number in the text, or by `born`: in a table its label stands elsewhere.

    Args:
        born: days on which the people of the case were born.

    >>> find_document_date("Nordå Kommune, den 3. maj 2011\\nDu ansættes fra 01-06-2011")
    datetime.date(2011, 5, 3)
    """
    births = {*born, *(birth_date(number.digits) for number in find_numbers(text))}
    best: tuple[int, int] | None = None
    found: dt.date | None = None
    for date in find_dates(text):
        if _OWN.search(date.before):
            rank = 0
        elif date.day in births or _OTHERS.search(date.before):
            continue
        else:
            rank = 1 if text.count("\n", 0, date.start) < _HEAD_LINES else 2
        if best is None or (rank, date.start) < best:
            best, found = (rank, date.start), date.day
    return found


def find_valid_until(text: str) -> dt.date | None:
    """Return the last day on which the document says that it is valid; the latest when it names several.

    >>> find_valid_until("Gyldig til / Valid until: 30-09-2027")
    datetime.date(2027, 9, 30)
    """
    flat = text.replace("\n", " ")
    days = [d.day for d in find_dates(flat) if _VALID.search(flat[max(0, d.start - 60) : d.start])]
    return max(days, default=None)


def _day(match: re.Match[str]) -> dt.date | None:
    if match["m1"] is not None:
        month = _MONTHS.get(match["m1"].lower())
        parts = (match["y1"], month, match["d1"])
    elif match["y2"] is not None:
        parts = (match["y2"], int(match["m2"]), match["d2"])
    else:
        parts = (match["y3"], int(match["m3"]), match["d3"])
    if parts[1] is None:
        return None
    try:
        return dt.date(_year(parts[0]), parts[1], int(parts[2]))
    except ValueError:
        return None


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 60 else 1900)
