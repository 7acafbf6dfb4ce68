"""Where one document ends and the next begins, in a pile of pages scanned together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sagstjek.shapes import Page, PageBreaks

BEGINS_AT: Final = 0.5
"""Probability from which a page is taken for the first of a document."""


@dataclass(frozen=True, slots=True)
class PageRange:
    """Pages that are one document; from 1, both included."""

    first: int
    last: int

    def of(self, pages: Sequence[Page]) -> list[Page]:
        """Return the pages of this range that have something on them."""
        return [page for page in pages if self.first <= page.number <= self.last and not page.blank]


def split(pages: Sequence[Page], breaks: PageBreaks) -> list[PageRange]:
    """Return the page ranges of the documents in a pile, in order; none when every page is blank.

    Blank pages (the empty back of a sheet) belong to the document before them; leading ones to the first.
    """
    printed = [page for page in pages if not page.blank]
    if not printed:
        return []
    begins = breaks.begins(printed)
    starts = [page.number for page, chance in zip(printed, begins, strict=True) if chance >= BEGINS_AT]
    firsts = [pages[0].number, *(number for number in starts if number != printed[0].number)]
    lasts = [*(number - 1 for number in firsts[1:]), pages[-1].number]
    return [PageRange(first, last) for first, last in zip(firsts, lasts, strict=True)]
