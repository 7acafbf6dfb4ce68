"""What the journal's title says a document is: a type, or nothing."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from sagstjek.shapes import Part, Status

_HEDGED: Final = re.compile(
    r"\b(tom|blanket|skabelon|påmindelse|rykker|regler|invitation|vejledning|spørgsmål|varsling|opslag|tjekliste)\b|\?$"
)
"""Words by which a title speaks about a kind of document rather than of this one."""
_SPACES: Final = re.compile(r"[_\s]+")


def titled_as(title: str) -> str:
    """Return the taxonomy code that a title names; empty when it names none, or several.

    >>> titled_as("Referat af tjenstlig samtale 3. maj"), titled_as("Scan0012")
    ('tjenstlig_samtale', '')
    """
    plain = _SPACES.sub(" ", title.lower())
    found = [] if _HEDGED.search(plain) else list(_matches(plain))
    longest = [
        (start, end, code) for start, end, code in found if not any(_within((start, end), other) for other in found)
    ]
    codes = {code for *_, code in longest}
    return codes.pop() if len(codes) == 1 else ""


def wrongly_titled(title: str, parts: Sequence[Part]) -> dict[int, str]:
    """Return the type that the title names, by number of each part that surely is another one.

    Nothing is said of a document any part of which is, or may be, what its title says: a bundle bears one title.
    """
    said = titled_as(title)
    if not said or any(said in {part.type, *part.candidates} or part.status is Status.UNREADABLE for part in parts):
        return {}
    return {part.number: said for part in parts if part.status is Status.ACCEPTED}


def _within(span: tuple[int, int], other: tuple[int, int, str]) -> bool:
    """Return whether a match lies in a longer one."""
    start, end, _ = other
    return start <= span[0] and span[1] <= end and (start, end) != span


def _matches(title: str) -> Iterator[tuple[int, int, str]]:
    for code, patterns in _patterns():
        for pattern in patterns:
            for match in pattern.finditer(title):
                yield match.start(), match.end(), code


@cache
def _patterns() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    raw = yaml.safe_load(files("pipeline").joinpath("titles.yaml").read_text("utf-8"))
    return tuple((code, tuple(re.compile(pattern) for pattern in patterns)) for code, patterns in raw.items())
