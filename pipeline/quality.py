"""Is this text good enough to judge on? Old scanners left text layers of junk."""

import re
from typing import Final

_TOKEN: Final = re.compile(r"\S+")
_EDGES: Final = ".,:;!?()[]\"'«»”“/-–"
_VOWELS: Final = frozenset("aeiouyæøåéöäüAEIOUYÆØÅÉÖÄÜ")
_NUMBER: Final = re.compile(r"[\d.,:/\-%+ ]+(kr|kl|t)?\.?")
_SYSTEM_PREFIXES: Final = ("@", "http", "www")
GOOD: Final = 0.6
"""From here a text layer is taken as it is; measured on good and junk layers of the corpus."""
ENOUGH: Final = 60
"""Characters below which a layer may be only a stamp or page number that a system added to a scan."""


def text_quality(text: str) -> float:
    """Return the share (0-1) of a text's characters that stand in plausible words and numbers.

    A word is plausible when it is of letters, has a vowel (or is short), and its capitals stand where
    capitals stand. An empty text has quality 0.

    >>> text_quality("Du ansættes hermed som pædagog fra den 1. maj 2011") > 0.9
    True
    >>> text_quality("D~ i;n^æ|t*s h(rm_d s{m p¨d_g-g fr} d°n") < 0.4
    True
    """
    total = good = 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        total += len(token)
        if is_plausible(token):
            good += len(token)
    return good / total if total else 0.0


def is_plausible(token: str) -> bool:
    """Return whether a token without spaces looks like a word, number or address."""
    word = token.strip(_EDGES)
    if not word:
        return len(token) <= 2 or len(set(token)) == 1
    if _NUMBER.fullmatch(word):
        return True
    if "@" in word or word.lower().startswith(_SYSTEM_PREFIXES):
        return True
    pieces = re.split(r"[-/.,'’&]", word)
    return all(_plausible_piece(piece) for piece in pieces if piece)


def _plausible_piece(piece: str) -> bool:
    if piece.isdigit():
        return True
    if not piece.isalpha():
        return sum(char.isalnum() for char in piece) == len(piece) and len(piece) <= 12 and piece[-1].isdigit()
    if len(piece) == 1:
        return piece in "iIåÅøØaAeE" or piece.isupper()
    if not (piece.islower() or piece.isupper() or piece[1:].islower() or piece[:2].isupper()):
        return False
    return len(piece) <= 4 or not _VOWELS.isdisjoint(piece)


def is_good_layer(text: str) -> bool:
    """Return whether a text layer can be used instead of looking at the page."""
    return len(text.strip()) >= ENOUGH and text_quality(text) >= GOOD
