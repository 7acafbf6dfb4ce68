"""Many documents in one file: a paper file that was scanned in one go, or a system's print of a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from models.corpus.grammar import Drawn
from models.corpus.render.formats import Rendered, bind
from models.corpus.render.layout import Sheet, lay_out
from models.corpus.render.look import draw_look
from models.corpus.render.paper import Leaf, Scanner, blank_back, draw_scanner, leaves_of, put_through, separator
from models.corpus.render.pdf import PdfFace, write_pdf
from sagstjek.taxonomy import taxonomy


@dataclass(frozen=True, slots=True)
class Pile:
    """The file, the pages of each document in order (from 1, both included), and the divider sheets' pages."""

    file: Rendered
    ranges: tuple[tuple[int, int], ...]
    separators: tuple[int, ...] = ()


def make_pile(documents: Sequence[Drawn], form: str, rng: Random) -> Pile:
    """Return the documents in one file of a format: scanned, or for `pdf` with real text."""
    return _printed(documents, rng) if form == "pdf" else _scanned(documents, form, rng)


def _printed(documents: Sequence[Drawn], rng: Random) -> Pile:
    sheets: list[Sheet] = []
    ranges = []
    for drawn in documents:
        own = lay_out(drawn.blocks, PdfFace("sans"), draw_look(drawn, rng).manner)
        ranges.append((len(sheets) + 1, len(sheets) + len(own)))
        sheets += own
    data = write_pdf(sheets, "sans", rng)
    texts = tuple(sheet.text for sheet in sheets)
    return Pile(Rendered(data, "pdf", len(sheets), texts), tuple(ranges))


def _scanned(documents: Sequence[Drawn], form: str, rng: Random) -> Pile:
    """Blank backs, where paper was scanned on both sides, belong to the document before them."""
    turned = rng.choice((0, 0, 0.03, 0.08))
    scanner: Scanner = draw_scanner(rng, grey=form == "grey_tif", turned=turned)
    backs = rng.choice((0, 0, 0.15, 0.6))
    divided = rng.choice((0, 0, 0, 0.3))
    pages: list[Leaf] = []
    ranges: list[tuple[int, int]] = []
    dividers: list[int] = []
    for drawn in documents:
        if rng.random() < divided:
            words = taxonomy()[drawn.template.type].folder[3:].upper() if rng.random() < 0.6 else ""
            pages += put_through([separator(words, scanner.dpi, rng)], scanner, rng)
            dividers.append(len(pages))
        first = len(pages) + 1
        for leaf in leaves_of(drawn, draw_look(drawn, rng), rng, scanner.dpi):
            sides = [leaf, blank_back(leaf, rng)] if rng.random() < backs else [leaf]
            pages += put_through(sides, scanner, rng)
        ranges.append((first, len(pages)))
    return Pile(bind(pages, form, scanner.dpi, rng), tuple(ranges), tuple(dividers))
