"""The markup of text templates: styles, slots, alternatives; and what a template is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Final, Literal

from models.corpus.scene import SLOTS
from sagstjek.errors import InputError, nearest

Side = Literal["train", "unseen"]
STYLES: Final = frozenset("letter form mail minutes certificate register typewriter telegram slip table card".split())
TRAIN_SHARE: Final = 0.7
_CHOICE: Final = re.compile(r"\[\[(.*?)\]\](?!\])", re.DOTALL)
_SLOT: Final = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """One document in the words of its type, with slots and alternatives.

    Attributes:
        era: first and last year in which such a document was written.
        kind: subtype where the type has some (børneattest: blank, samtykke, afvist ...), else empty.
        side: of a composed template, the side that its fragments are on; None for one written whole.
    """

    id: str
    type: str
    style: str
    era: tuple[int, int]
    titles: tuple[str, ...]
    text: str
    kind: str = ""
    side: Side | None = None


def check_markup(place: str, text: str) -> None:
    """Check slots and alternatives.

    Raises:
        InputError: a slot is unknown, or brackets do not pair; names the place and the word.
    """
    for name in _SLOT.findall(text):
        if name not in SLOTS:
            raise InputError(f"{place}: unknown slot '{{{name}}}'{nearest(name, SLOTS)}")
    rest = _CHOICE.sub("", text)
    if "[[" in rest or "]]" in rest or any("[[" in inner for inner in _CHOICE.findall(text)):
        raise InputError(f"{place}: '[[' and ']]' do not pair, or are nested")


def resolve(text: str, slots: Mapping[str, str], rng: Random) -> tuple[str, frozenset[str]]:
    """Return the text with alternatives drawn and slots filled, and the names of the slots that it prints.

    >>> resolve("Kære {fornavn}", {"fornavn": "Bo"}, Random(1))
    ('Kære Bo', frozenset({'fornavn'}))
    """
    drawn = _CHOICE.sub(lambda match: rng.choice(match[1].split("|")), text)
    used = frozenset(_SLOT.findall(drawn))
    return _SLOT.sub(lambda match: slots[match[1]], drawn), used
