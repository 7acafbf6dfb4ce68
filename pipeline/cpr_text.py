"""CPR numbers in text, as people write them and as scanners misread them.

Sources: DOMAIN.md, section 4 (forms, confusions, look-alikes).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sagstjek.cpr import birth_date

_CONFUSED: Final = {
    **dict.fromkeys("OoDQ", "0"),
    **dict.fromkeys("lI|i!", "1"),
    **dict.fromkeys("Z", "2"),
    **dict.fromkeys("A", "4"),
    **dict.fromkeys("S", "5"),
    **dict.fromkeys("bG", "6"),
    **dict.fromkeys("T?", "7"),
    **dict.fromkeys("B", "8"),
    **dict.fromkeys("gq", "9"),
}
_D: Final = r"[0-9OoDQlI|i!ZASbGT?Bgq]"
_WRITTEN: Final = re.compile(
    rf"(?<![0-9A-Za-z]){_D}{{2}}[ .]?{_D}{{2}}[ .]?{_D}{{2}}\s?[-–—÷~=.:/_]{{0,2}}\s{{0,2}}{_D}{{4}}(?![0-9A-Za-z])"
)
_BOXED: Final = re.compile(
    rf"(?<![0-9A-Za-z])(?:{_D}[ |]){{5}}{_D}[ |]?[-–—]?[ |]?(?:{_D}[ |]){{3}}{_D}(?![0-9A-Za-z])"
)
_SIGNS: Final = re.compile(rf"{_D}")
_CPR_LABEL: Final = re.compile(
    r"(cpr|c\.p\.r|pers(?:on)?\.?\s?-?(?:nr|nummer|no)|personnr|person-?id)[^\n]{0,25}$", re.IGNORECASE
)
_OTHER_LABEL: Final = re.compile(
    r"(p-?(?:nr|nummer)|konto|reg\.?\s?nr|ean|gln|faktura|ordre|tlf|telefon|mobil|sags?nr|journalnr|j\.?nr|cvr|se-nr)"
    r"[^\n\d]{0,15}$",
    re.IGNORECASE,
)
_ENOUGH_DIGITS: Final = 7


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """Ten digits that may be a CPR number.

    Attributes:
        digits: as repaired by the usual confusions. start, end: where it stands in the text.
        clean: every sign was a digit. labelled: "cpr" or the like stands before it.
        shaped: it has the hyphen of a CPR number.
    """

    digits: str
    start: int
    end: int
    clean: bool
    labelled: bool
    shaped: bool


def find_numbers(text: str) -> Iterator[WrittenNumber]:
    """Yield what may be a CPR number, those in boxes last; look-alikes with another label are left out."""
    seen: set[int] = set()
    for pattern in (_WRITTEN, _BOXED):
        for match in pattern.finditer(text):
            signs = _SIGNS.findall(match[0])
            if len(signs) != 10 or sum(s.isdigit() for s in signs) < _ENOUGH_DIGITS or match.start() in seen:
                continue
            before = text[max(0, match.start() - 50) : match.start()]
            labelled = _CPR_LABEL.search(before) is not None
            if not labelled and _OTHER_LABEL.search(before):
                continue
            seen.add(match.start())
            yield WrittenNumber(
                "".join(_CONFUSED.get(s, s) for s in signs),
                match.start(),
                match.end(),
                clean=all(s.isdigit() for s in signs),
                labelled=labelled,
                shaped=re.search(r"[-–—]", match[0]) is not None,
            )


def looks_like_cpr(number: WrittenNumber) -> bool:
    """Return whether a number that nobody knows may be taken for a CPR number: a real date, and a label or hyphen."""
    return birth_date(number.digits) is not None and (number.labelled or number.shaped)


def distance(one: str, other: str) -> int:
    """Return in how many of ten digits two numbers differ."""
    return sum(a != b for a, b in zip(one, other, strict=True))
