"""Piles of pages without files: documents of one to several pages laid behind one another, as OCR would give them."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from models.corpus.blocks import plain_text
from models.corpus.grammar import expand
from models.corpus.markup import Template
from models.corpus.scene import draw_scene
from models.corpus.texts import smudge
from models.dataset import PagePile
from sagstjek.shapes import Extent, Page, TextSource

_DOCUMENTS: Final = (2, 9)
_LINES_A_PAGE: Final = (24, 46)
_WIDTH: Final = (45, 95)
_HEAD_LINES: Final = 14
_LONG, _HEAD_ONLY, _NUMBER_LOW, _LONGER = 0.55, 0.35, 0.6, 0.35
_NOISE: Final = (0.0, 0.004, 0.01, 0.03)
_NUMBERS: Final = ("side {k} af {n}", "{k}/{n}", "- {k} -", "Side {k}", "", "")
"""How pages are numbered; a third of the documents have no numbers."""


def draw_piles(templates: Sequence[Template], count: int, seed: int) -> Iterator[PagePile]:
    """Yield piles of documents of these templates; same input, same piles."""
    for number in range(count):
        rng = Random(f"pile {seed} {number}")
        pages: list[Page] = []
        firsts: list[int] = []
        for _ in range(rng.randrange(*_DOCUMENTS)):
            before = len(pages)
            firsts.append(before + 1)
            pages += [_page(text, before + n, rng) for n, text in enumerate(_document(templates, rng), 1)]
        yield PagePile(tuple(pages), tuple(firsts), "text")


def _document(templates: Sequence[Template], rng: Random) -> list[str]:
    """Return the pages of one document, with page numbers where it has some."""
    template = rng.choice(templates)
    if "===" not in template.text and rng.random() < _LONG:  # long ones are rare, and what the model must learn
        template = rng.choice(templates)
    drawn = expand(template, draw_scene(rng, template.era), rng)
    text = smudge(plain_text(drawn.blocks, width=rng.randrange(*_WIDTH)), rng, rng.choice(_NOISE))
    if rng.random() < _LONGER:
        text = f"{text}\n{text.split(chr(10), 6)[-1]}"
    size = rng.randrange(*_LINES_A_PAGE)
    sheets = [sheet.split("\n") for sheet in text.split("\f")]
    pages = [lines[start : start + size] for lines in sheets for start in range(0, len(lines), size)]
    pages = [lines for lines in pages if any(line.strip() for line in lines)]
    mark, low = rng.choice(_NUMBERS), rng.random() < _NUMBER_LOW
    if len(pages) > 1 and mark:
        for k, lines in enumerate(pages, 1):
            if k > 1 or "{n}" in mark:
                lines.insert(len(lines) if low else 0, mark.format(k=k, n=len(pages)))
    return ["\n".join(lines) for lines in pages]


def _page(text: str, number: int, rng: Random) -> Page:
    if rng.random() < _HEAD_ONLY:
        head = "\n".join(text.split("\n")[:_HEAD_LINES])
        return Page(number, head, TextSource.OCR, extent=Extent.HEAD, aspect=0.707)
    return Page(number, text, TextSource.OCR, extent=Extent.WHOLE, aspect=0.707)
