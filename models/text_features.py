"""Text as it goes into the n-grams: folded, masked, cut into head and body."""

import re
from typing import Final

from sagstjek.shapes import PartText

_DIGIT: Final = re.compile(r"\d")
_SPACE: Final = re.compile(r"[ \t\r\f\v]+")
_MAIL: Final = re.compile(r"(?<!\S)\S+@\S+")  # begins at a word, or a long word without @ costs its length squared
HEAD_LINES: Final = 8
"""Lines that carry letterhead, addressee and heading."""
_HEAD_CHARACTERS: Final = 500
_BODY_CHARACTERS: Final = 6000


def fold(text: str) -> str:
    """Return the text in small letters with every digit as 0 and mail addresses masked.

    >>> fold("Tlf. 33 44, CPR 251248-9996")
    'tlf. 00 00, cpr 000000-0000'
    """
    return _SPACE.sub(" ", _DIGIT.sub("0", _MAIL.sub("@", text.lower())))


def head(part: PartText) -> str:
    """Return the first lines with words, folded; the lines stay apart."""
    lines = [line.strip() for line in part.text[:2000].splitlines() if line.strip()]
    return fold(" \n ".join(lines[:HEAD_LINES]))[:_HEAD_CHARACTERS]


def body(part: PartText) -> str:
    """Return the text, folded; of a very long one the beginning and the end."""
    text = fold(part.text)
    if len(text) <= _BODY_CHARACTERS:
        return text
    half = _BODY_CHARACTERS // 2
    return f"{text[:half]} {text[-half:]}"


def title(part: PartText) -> str:
    """Return the journal title and the member's name, folded, without the extension."""
    member = re.sub(r"\.[a-z]{2,4}$", "", part.member.rsplit("/", 1)[-1].lower())
    return fold(f"{part.title} {member}".replace("_", " ").replace(".", " "))
