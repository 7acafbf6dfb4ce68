"""Examples to learn from: what the classifier sees of a part, and what it is."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sagstjek.shapes import Page, PartText
from sagstjek.wire import from_json, to_json


@dataclass(frozen=True, slots=True)
class Example:
    """One part with its type.

    Attributes:
        template: what it was made from or looks like; examples of one template are never on both sides of a split.
        source: where it came from: `text` (never rendered), `read` (rendered and read), or a customer's archive.
        format: the file format it was read from.
        traps: what makes it hard.
    """

    part: PartText
    type: str
    template: str
    source: str = ""
    format: str = ""
    traps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PagePile:
    """Pages in the order they were scanned, and the numbers of those that begin a document."""

    pages: tuple[Page, ...]
    firsts: tuple[int, ...]
    source: str = ""


def save_lines(path: Path, items: Iterable[Example] | Iterable[PagePile]) -> None:
    """Write one JSON line an item, compressed."""
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        for item in items:
            stream.write(to_json(item) + "\n")


def load_examples(path: Path) -> list[Example]:
    """Return the examples of a file written by `save_lines`."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [from_json(Example, line) for line in stream]


def load_piles(path: Path) -> list[PagePile]:
    """Return the piles of a file written by `save_lines`."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [from_json(PagePile, line) for line in stream]
