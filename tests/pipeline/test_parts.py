"""Page ranges, with blank backs and separators."""

from dataclasses import dataclass

import pytest

from pipeline.parts import PageRange, split
from sagstjek.shapes import Page


@dataclass
class At:
    firsts: set

    def begins(self, pages):
        return [1.0 if page.number in self.firsts else 0.0 for page in pages]


def pile(blank=(), count=6):
    return [Page(n, "" if n in blank else "tekst", blank=n in blank) for n in range(1, count + 1)]


@pytest.mark.parametrize(
    ("blank", "firsts", "ranges"),
    [
        ((), {1}, [(1, 6)]),
        ((), {1, 3, 6}, [(1, 2), (3, 5), (6, 6)]),
        ((2, 4), {1, 3, 5}, [(1, 2), (3, 4), (5, 6)]),
        ((1, 6), {2, 4}, [(1, 3), (4, 6)]),
        ((1, 2, 3, 4, 5, 6), {1}, []),
    ],
)
def test_ranges_cover_every_page_once(blank, firsts, ranges):
    found = split(pile(blank), At(firsts))
    assert [(part.first, part.last) for part in found] == ranges


def test_blank_pages_are_not_read():
    assert [page.number for page in PageRange(1, 3).of(pile((2,)))] == [1, 3]
