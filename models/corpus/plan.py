"""An archive on paper: which documents lie on which case, in which form, before any is drawn."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from random import Random

from models.corpus.forms import draw_form
from models.corpus.hires import TODAY, Hire, draw_hires
from models.corpus.markup import Template
from models.corpus.shelf import Shelf
from models.corpus.wishes import NO_PROOF, Wish, draw_extra, required, run_out, too_late

_DAY = dt.timedelta(days=1)
_WITHHELD, _LATE, _EXPIRED = 0.12, 0.06, 0.3
_PAPER_UNTIL = 2008
_PILE = (3, 15)  # documents in a scanned paper file
_DOCUMENTS = (5, 12)  # a case
_RECRUITMENT = frozenset({"ansoegning", "cv", "eksamensbevis", "reference", "stillingsopslag"})


class Packing(StrEnum):
    """How the parts of a document hang together in its file."""

    ALONE = "alone"
    PILE = "pile"
    MSG = "msg"
    EML = "eml"
    NESTED = "nested"
    ZIP = "zip"
    ZIPPED_MAIL = "zipped_mail"
    LOCKED_ZIP = "locked_zip"


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """One true part: whose, what, in which form. `key` is unique, and the seed of everything in it."""

    key: str
    hire: Hire = field(repr=False)
    wish: Wish
    template: Template = field(repr=False)
    form: str
    misfiled: bool = False


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """One item of a case.

    Attributes:
        form: of the pile, where there is one.
        journaled: the day it was registered.
        traps: what makes it difficult, as truth names it.
        title_of: template whose title it bears instead of its own.
        copy_of: key of the first part of the document that this one repeats.
    """

    parts: tuple[PlannedPart, ...]
    journaled: dt.date
    packing: Packing = Packing.ALONE
    form: str = ""
    traps: frozenset[str] = frozenset()
    title_of: Template | None = field(default=None, repr=False)
    copy_of: str = ""

    @property
    def first(self) -> PlannedPart:
        """The part that gives the document its title."""
        return self.parts[0]

    def trapped(self, trap: str) -> "PlannedDocument":
        """Return the document with one more trap."""
        return replace(self, traps=self.traps | {trap})


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """One personnel case. `number` from 0 within the archive."""

    number: int
    hire: Hire = field(repr=False)
    documents: tuple[PlannedDocument, ...]


def plan_cases(employees: int, seed: int, shelf: Shelf) -> tuple[list[Hire], list[PlannedCase]]:
    """Return the employments and their cases with the documents that lie on them by rights."""
    rng = Random(f"archive {seed} {employees}")
    hires = draw_hires(employees, rng)
    cases = []
    for number, hire in enumerate(hire for hire in hires if hire.case_id):
        own = Random(f"case {seed} {employees} {hire.case_id}")
        clerk = _Clerk(hire, shelf, own, f"{seed}/{employees}/{hire.case_id}")
        documents = tuple(_documents(clerk))
        cases.append(PlannedCase(number, hire, documents))
    return hires, cases


@dataclass(frozen=True, slots=True)
class _Clerk:
    """Who fills one case: its employment, the templates at hand, and the dice."""

    hire: Hire
    shelf: Shelf
    rng: Random
    key: str

    def part(self, key: str, wish: Wish, *, anyhow: bool) -> PlannedPart | None:
        """Return the part that fulfils a wish, or None when no template has its year."""
        template = self.shelf.find(wish, self.rng, anyhow=anyhow)
        if template is None:
            return None
        form = draw_form(template, wish.date.year, self.rng)
        return PlannedPart(f"{self.key}/{key}", self.hire, wish, template, form)

    def more(self, count: int, until: dt.date, without: frozenset[str], key: str) -> list[PlannedPart]:
        """Return up to this many parts that nobody asks for."""
        wishes = [draw_extra(self.hire, self.rng, until, without) for _ in range(count)]
        parts = (self.part(f"{key}{n}", wish, anyhow=False) for n, wish in enumerate(wishes))
        return [part for part in parts if part]


def _documents(clerk: _Clerk) -> Iterator[PlannedDocument]:
    hire, rng = clerk.hire, clerk.rng
    wishes, withheld = _wanted(hire, rng)
    parts = [part for n, wish in enumerate(wishes) if (part := clerk.part(f"{n}", wish, anyhow=True))]
    scanned = dt.date(rng.randrange(2008, 2012), rng.randrange(1, 13), rng.randrange(1, 28))
    piles: list[list[PlannedPart]] = []
    if hire.term.hired.year < _PAPER_UNTIL:
        old = [part for part in parts if part.wish.date < scanned]
        parts = [part for part in parts if part.wish.date >= scanned]
        old += clerk.more(rng.randrange(*_PILE) - len(old), min(scanned, hire.end), withheld, "p")
        piles = _piles(old, rng)
    if hire.end > scanned:
        parts += clerk.more(rng.randrange(*_DOCUMENTS) - len(parts) - len(piles), hire.end, withheld, "x")
    yield from (_pile_of(pile, scanned, rng) for pile in piles)
    yield from _singles(hire, parts, rng)


def _wanted(hire: Hire, rng: Random) -> tuple[list[Wish], frozenset[str]]:
    """Return the required documents that are there, some too late or run out, and the types that are not."""
    kept: list[Wish] = []
    withheld: set[str] = set()
    for asked in required(hire, rng):
        wish = asked
        if rng.random() < _WITHHELD:
            withheld.add(wish.type)
            if wish.refuse >= NO_PROOF and rng.random() < 0.5:  # the order or the consent is all there is
                kept.append(replace(wish, prefer=NO_PROOF, refuse=frozenset({"blank", "med_oplysninger"})))
            continue
        if wish.due and rng.random() < _LATE:
            wish = too_late(wish, rng)
        if wish.type == "arbejdstilladelse" and (wish.valid_until or TODAY) > TODAY and rng.random() < _EXPIRED:
            wish = run_out(wish, rng)
        kept.append(wish)
    return kept, frozenset(withheld)


def _piles(parts: Sequence[PlannedPart], rng: Random) -> list[list[PlannedPart]]:
    """Return a paper file in piles of at most 15 documents, by date or newest on top."""
    ordered = sorted(parts, key=lambda part: part.wish.date, reverse=rng.random() < 0.4)
    count = -(-len(ordered) // _PILE[1])
    size = -(-len(ordered) // max(count, 1))
    return [ordered[n * size : (n + 1) * size] for n in range(count)]


def _pile_of(parts: Sequence[PlannedPart], scanned: dt.date, rng: Random) -> PlannedDocument:
    form = rng.choices(("tif", "scan_pdf", "junk_pdf", "layer_pdf", "grey_tif"), (58, 18, 10, 10, 4))[0]
    if len(parts) == 1:
        return PlannedDocument((replace(parts[0], form=form),), scanned)
    return PlannedDocument(tuple(parts), scanned, Packing.PILE, form).trapped("bundle")


def _singles(hire: Hire, parts: Sequence[PlannedPart], rng: Random) -> Iterator[PlannedDocument]:
    """Yield the documents that are filed one by one, and the recruitment system's bundle of applications."""
    bundled = [part for part in parts if part.wish.type in _RECRUITMENT]
    if hire.term.hired.year >= 2013 and len(bundled) > 1 and rng.random() < 0.3:
        document = PlannedDocument(tuple(bundled), _journaled(hire, bundled[0], rng), Packing.PILE, "pdf")
        yield document.trapped("bundle")
        parts = [part for part in parts if part not in bundled]
    for part in sorted(parts, key=lambda part: part.wish.date):
        yield PlannedDocument((part,), _journaled(hire, part, rng))


def _journaled(hire: Hire, part: PlannedPart, rng: Random) -> dt.date:
    opened = max(part.wish.date, hire.term.hired - 40 * _DAY, dt.date(2008, 1, 2))
    late = rng.randrange(200, 2500) if rng.random() < 0.05 else rng.randrange(0, 21)
    return min(opened + late * _DAY, TODAY)
