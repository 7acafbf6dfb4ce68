"""What stands in one cell: headings, dates, and text that a spreadsheet must not run as a formula."""

import datetime as dt
import re
import unicodedata
from typing import Final

_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe"})
_OTHERS: Final = re.compile(r"[^a-z0-9]+")
_TIME: Final = r"(?:[T ]\s*\d{1,2}[:.]\d{2}\S*)?"
_ISO: Final = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})" + _TIME)
_DANISH: Final = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})" + _TIME)
_FORMULA: Final = re.compile(r"'*[=+\-@＝＋－＠]")
_NEGATIVE: Final = re.compile(r"-\d[\d.,]*")


def column_name(heading: str) -> str:
    """Return a heading as rules write it: lower case, `_` for all between the words, ae/oe/aa for æøå.

    >>> column_name("Børn under 15")
    'boern_under_15'
    """
    letters = unicodedata.normalize("NFC", heading).lower().translate(_LETTERS)
    return _OTHERS.sub("_", unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()).strip("_")


def heading_key(heading: str) -> str:
    """Return what two spellings of one heading have in common.

    >>> heading_key("CPR-nr.") == heading_key("cpr nr") == heading_key("CprNr")
    True
    """
    return column_name(heading).replace("_", "")


def parse_date(written: str) -> dt.date | None:
    """Return the day written in ISO or Danish order, a time of day behind it left out; None when it is none.

    >>> parse_date("3.5.2011") == parse_date("03-05-2011") == parse_date("2011-05-03 14:22")
    True
    """
    text = written.strip()
    if match := _ISO.fullmatch(text):
        year, month, day = match[1], match[3], match[4]
    elif match := _DANISH.fullmatch(text):
        day, month, year = match[1], match[3], match[4]
    else:
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def guarded(text: str) -> str:
    """Return a cell for writing: an apostrophe before what a spreadsheet would run (OWASP, CSV injection).

    Outer blanks go, as they do when a table is read. Negative numbers stay numbers.

    >>> guarded("=1+1"), guarded("-12,5"), unguarded(guarded("'=1"))
    ("'=1+1", '-12,5', "'=1")
    """
    text = text.strip()
    return f"'{text}" if _FORMULA.match(text) and not _NEGATIVE.fullmatch(text) else text


def unguarded(cell: str) -> str:
    """Return a cell as it was before `guarded`, without outer blanks."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
