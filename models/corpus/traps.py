"""What makes an archive difficult, in small shares: each trap at least once, even in a small archive."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from random import Random

from models.corpus.forms import suits
from models.corpus.plan import Packing, PlannedCase, PlannedDocument, PlannedPart
from models.corpus.render.formats import EXTENSIONS, SCANS
from models.corpus.shelf import Shelf, always_prints_cpr

_PACKINGS = {
    Packing.MSG: (0.03, ""),
    Packing.EML: (0.012, ""),
    Packing.NESTED: (0.01, "nested_mail"),
    Packing.ZIP: (0.01, "zip"),
    Packing.ZIPPED_MAIL: (0.006, "zip"),
}
"""Share of the documents and trap code of each container."""
_DAMAGES = {"empty": 0.004, "truncated": 0.008}
_CUTTABLE = frozenset({"pdf", "docx", "xlsx"})  # cut off, these cannot be opened at all
_MISNAMEABLE = frozenset({"tif", "scan_pdf", "pdf", "docx", "doc", "jpg", "msg"})
_REPRINTABLE = frozenset({"pdf", "tif", "grey_tif", "scan_pdf", "layer_pdf", "junk_pdf"})
_MAIL_SINCE = 2001
Place = tuple[int, int]
Test = Callable[[PlannedDocument], bool]


@dataclass
class Deck:
    """The documents of all cases, being changed one by one; None where one was taken away.

    Attributes:
        settled: keys of documents that no further trap may touch.
    """

    cases: list[PlannedCase] = field(repr=False)
    rng: Random
    documents: list[list[PlannedDocument | None]] = field(init=False, repr=False)
    settled: set[str] = field(default_factory=set, repr=False)
    total: int = field(init=False)

    def __post_init__(self) -> None:
        self.documents = [list(case.documents) for case in self.cases]
        self.total = sum(map(len, self.documents))

    def quota(self, share: float) -> int:
        """Return how many documents a share is; at least one."""
        return max(1, round(share * self.total))

    def all(self) -> Iterator[tuple[Place, PlannedDocument]]:
        """Yield every document with its place."""
        for c, case in enumerate(self.documents):
            yield from (((c, n), document) for n, document in enumerate(case) if document)

    def free(self, document: PlannedDocument) -> bool:
        """Return whether nothing was done to the document yet."""
        alone = document.packing is Packing.ALONE
        return alone and not document.traps and not document.copy_of and document.first.key not in self.settled

    def pick(self, count: int, test: Test) -> Iterator[tuple[Place, PlannedDocument]]:
        """Yield up to this many untouched documents that pass the test, in no order."""
        found = list(self.all())
        self.rng.shuffle(found)
        for (c, n), _ in found:
            document = self.documents[c][n]  # as it is now: the caller may have changed it
            if count and document and self.free(document) and test(document):
                count -= 1
                yield (c, n), document

    def put(self, place: Place, document: PlannedDocument | None) -> None:
        """Replace the document at a place, or take it away."""
        self.documents[place[0]][place[1]] = document

    def finished(self) -> list[PlannedCase]:
        """Return the cases with what their documents have become."""
        kept = (tuple(document for document in case if document) for case in self.documents)
        return [replace(case, documents=documents) for case, documents in zip(self.cases, kept, strict=True)]


def _year(document: PlannedDocument) -> int:
    return document.first.wish.date.year


def set_traps(cases: list[PlannedCase], shelf: Shelf, seed: int) -> list[PlannedCase]:
    """Return the cases with every kind of difficulty worked in."""
    deck = Deck(cases, Random(f"traps {seed} {len(cases)}"))
    _every_form(deck)
    _misfile(deck)
    _misfile_in_piles(deck)
    _pack(deck, shelf)
    _damage(deck)
    _mark_scans(deck)
    _rename(deck, shelf)
    _copy(deck)
    return deck.finished()


def _of_form(*forms: str) -> Test:
    return lambda document: document.first.form in forms


def _every_form(deck: Deck) -> None:
    """See to it that each format occurs."""
    for form in EXTENSIONS:
        if not any(deck.free(document) and document.first.form == form for _, document in deck.all()):
            for place, document in deck.pick(1, _suiting(form)):
                deck.put(place, replace(document, parts=(replace(document.first, form=form),)))
                deck.settled.add(document.first.key)


def _suiting(form: str) -> Test:
    return lambda document: suits(form, document.first.template, _year(document))


def _misfile(deck: Deck) -> None:
    """Move documents that show their person's number to the case of somebody else."""
    for place, document in deck.pick(deck.quota(0.03), lambda d: always_prints_cpr(d.first.template)):
        own = deck.cases[place[0]].hire.person.cpr
        others = [n for n, case in enumerate(deck.cases) if case.hire.person.cpr != own]
        if others:
            moved = replace(document, parts=(replace(document.first, misfiled=True),)).trapped("misfiled")
            deck.documents[deck.rng.choice(others)].append(moved)
            deck.put(place, None)


def _misfile_in_piles(deck: Deck) -> None:
    """Put a paper of one pile into somebody else's pile: files are scanned many at a time."""
    piles = [(place, d) for place, d in deck.all() if d.packing is Packing.PILE and d.form != "pdf"]
    deck.rng.shuffle(piles)
    for (place, giver), (other, taker) in list(zip(piles[::2], piles[1::2], strict=False))[: deck.quota(0.006)]:
        movable = [part for part in giver.parts if always_prints_cpr(part.template)]
        same_person = giver.first.hire.person.cpr == taker.first.hire.person.cpr
        if movable and not same_person and len(giver.parts) > 2:
            part = deck.rng.choice(movable)
            at = deck.rng.randrange(1, len(taker.parts) + 1)
            parts = (*taker.parts[:at], replace(part, misfiled=True), *taker.parts[at:])
            deck.put(place, replace(giver, parts=tuple(p for p in giver.parts if p is not part)))
            deck.put(other, replace(taker, parts=parts).trapped("misfiled"))


def _pack(deck: Deck, shelf: Shelf) -> None:
    """Put documents into mails and archives, two or three together now and then."""
    for packing, (share, trap) in _PACKINGS.items():
        for place, document in deck.pick(deck.quota(share), _packable):
            if packing is Packing.ZIP or shelf.covers:
                deck.settled.add(document.first.key)
                parts = (document.first, *_companions(deck, place, document))
                packed = replace(document, parts=parts, packing=packing)
                deck.put(place, packed.trapped(trap) if trap else packed)


def _packable(document: PlannedDocument) -> bool:
    return _year(document) >= _MAIL_SINCE and document.first.form not in {"msg", "eml"}


def _companions(deck: Deck, place: Place, document: PlannedDocument) -> list[PlannedPart]:
    """Return parts of the same case and about the same year that go along, and take their documents away."""
    found: list[PlannedPart] = []
    for n, other in enumerate(deck.documents[place[0]]):
        near = other and deck.free(other) and _packable(other) and abs(_year(other) - _year(document)) <= 1
        if other and near and len(found) < 2 and deck.rng.random() < 0.25:
            found.append(other.first)
            deck.put((place[0], n), None)
    return found


def _damage(deck: Deck) -> None:
    """Lock, cut off and empty files: what lies in them cannot be read."""
    for form in ("pdf", "docx"):
        for place, document in deck.pick(deck.quota(0.003), _of_form(form)):
            deck.put(place, document.trapped("encrypted"))
    for place, document in deck.pick(deck.quota(0.003), _of_form("pdf", "docx")):
        deck.put(place, replace(document, packing=Packing.LOCKED_ZIP).trapped("encrypted"))
    for trap, share in _DAMAGES.items():
        for place, document in deck.pick(deck.quota(share), _of_form(*_CUTTABLE)):
            deck.put(place, document.trapped(trap))


def _mark_scans(deck: Deck) -> None:
    """Turn pages the wrong way; name the junk layers."""
    for place, document in deck.pick(deck.quota(0.035), _of_form(*SCANS)):
        deck.put(place, document.trapped("rotated"))
    for place, document in list(deck.all()):
        if document.form == "junk_pdf" or any(part.form == "junk_pdf" for part in document.parts if not document.form):
            deck.put(place, document.trapped("junk_layer"))


def _rename(deck: Deck, shelf: Shelf) -> None:
    """Give documents the title of another type, or the extension of another format."""
    everything = list(shelf.by_id.values())
    for place, document in deck.pick(deck.quota(0.04), lambda _: True):
        others = [template for template in everything if template.type != document.first.wish.type]
        if others:
            deck.put(place, replace(document, title_of=deck.rng.choice(others)).trapped("wrong_title"))
    for place, document in deck.pick(deck.quota(0.02), _of_form(*_MISNAMEABLE)):
        deck.put(place, document.trapped("wrong_extension"))


def _copy(deck: Deck) -> None:
    """File documents twice: the same file again, and the same paper scanned again."""
    for place, document in deck.pick(deck.quota(0.02), lambda _: True):
        deck.documents[place[0]].append(_again(document).trapped("duplicate_bytes"))
        deck.settled.add(document.first.key)
    for place, document in deck.pick(deck.quota(0.02), _of_form(*_REPRINTABLE)):
        form = deck.rng.choice(("tif", "scan_pdf", "layer_pdf", "grey_tif"))
        again = replace(_again(document), parts=(replace(document.first, form=form),))
        deck.documents[place[0]].append(again.trapped("duplicate_scan"))
        deck.settled.add(document.first.key)


def _again(document: PlannedDocument) -> PlannedDocument:
    return replace(document, copy_of=document.first.key)
