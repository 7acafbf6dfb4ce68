"""Names of people in text: folded, with initials and middle names left out or swapped."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")
_FOLD: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae", "ü": "u"})


def fold(word: str) -> str:
    """Return a word in small plain letters: æ as ae, accents dropped.

    >>> fold("Sørén")
    'soeren'
    """
    plain = unicodedata.normalize("NFKD", word.lower().translate(_FOLD))
    return "".join(char for char in plain if char.isalpha())


def name_tokens(name: str) -> tuple[str, ...]:
    """Return the folded words of a name, double names apart; `Surname, First` is put in order.

    >>> name_tokens("Holm-Sørensen, Anne B.")
    ('anne', 'b', 'holm', 'soerensen')
    """
    if "," in name:
        last, _, first = name.partition(",")
        name = f"{first} {last}"
    pieces = (piece for word in _WORD.findall(name) for piece in re.split(r"[-'’]", word))
    return tuple(folded for folded in map(fold, pieces) if folded)


class Words:
    """The words of a text, folded, with where they stand."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        self.starts: list[int] = []
        for match in _WORD.finditer(text):
            for piece in re.split(r"[-'’]", match[0]):
                folded = fold(piece)
                if folded:
                    self.tokens.append(folded)
                    self.starts.append(match.start())


def find_name(words: Words, name: Sequence[str]) -> list[int]:
    """Return where in the text a name stands: its first name and its surname within four words.

    Middle names and initials may be missing. Surname first is accepted when it follows at once.
    """
    if len(name) < 2:
        return []
    first, last = name[0], name[-1]
    found = []
    for at, token in enumerate(words.tokens):
        if token == last:
            before = words.tokens[max(0, at - 4) : at]
            if first in before:
                found.append(words.starts[at - len(before) + before.index(first)])
            elif at + 1 < len(words.tokens) and words.tokens[at + 1] == first:
                found.append(words.starts[at])
    return found
