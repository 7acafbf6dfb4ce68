"""Training texts without files: what a reader would give for a document, cheap enough for tens of thousands."""

import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from models.corpus.blocks import plain_text
from models.corpus.forms import draw_form
from models.corpus.grammar import Drawn, expand
from models.corpus.markup import Template, resolve
from models.corpus.render.formats import EXTENSIONS
from models.corpus.render.post import make_mail
from models.corpus.scene import draw_scene
from sagstjek.shapes import PartText, TextSource

_MEDIA: Final = {"tif": "tiff", "jpg": "jpeg"}
_PAGED: Final = frozenset({"pdf", "tiff", "jpeg"})
_OCR: Final = frozenset({"tif", "grey_tif", "scan_pdf", "jpg"})
_LINES_A_PAGE: Final = 52
_HEAD_LINES: Final = 14
_HEADS, _WRONG_TITLES, _MEMBERS, _NO_TITLES = 0.35, 0.05, 0.1, 0.03
_COVERS: Final = ("VS: Dokumenter", "Til personalesagen", "Scan fra kopimaskine", "Bilag", "VS: Ang. {fornavn}")
_CONFUSIONS: Final = dict(
    pair.split(">") for pair in "l>1 1>l 0>O O>0 rn>m m>rn æ>ae ø>o å>a 5>S 8>B i>l c>e e>c h>b .>, fi>fl ->–".split()
) | {" ": ""}
_ASPECTS: Final = {"card": 1.5, "slip": 1.41}


def draw_texts(templates: Sequence[Template], per_template: int, seed: int) -> Iterator[tuple[PartText, str, str]]:
    """Yield part texts with their type and template id; same input, same texts.

    Args:
        templates: each gives `per_template` texts with new people, days, formats and titles.
        per_template: how many.
        seed: of everything drawn.
    """
    for template in templates:
        for number in range(per_template):
            rng = Random(f"text {seed} {template.id} {number}")
            drawn = expand(template, draw_scene(rng, template.era), rng)
            yield _read(drawn, templates, rng), template.type, template.id


def _read(drawn: Drawn, templates: Sequence[Template], rng: Random) -> PartText:
    form = draw_form(drawn.template, drawn.scene.date.year, rng)
    media = _MEDIA.get(EXTENSIONS[form], EXTENSIONS[form])
    by_ocr = form in _OCR or (form == "junk_pdf")
    width = rng.randrange(58, 100) if media in _PAGED else 0
    text = plain_text(drawn.blocks, width=width, signed=not by_ocr)
    if media in {"msg", "eml"}:
        text = f"{_headers(drawn, rng)}\n\n{text}"
    pages = _pages(text) if media in _PAGED else 0
    if by_ocr:
        text = smudge(text, rng, rng.choice((0.0, 0.004, 0.01, 0.03)))
    if media in _PAGED and rng.random() < _HEADS:
        text = "\n".join(text.split("\n")[: rng.randrange(_HEAD_LINES // 2, _HEAD_LINES * 2)])
    title, member = _names(drawn, templates, EXTENSIONS[form], rng)
    return PartText(
        text,
        title,
        member,
        media,
        TextSource.OCR if by_ocr else TextSource.TEXT,
        pages,
        _ASPECTS.get(drawn.template.style, 0.707) if pages else 0.0,
    )


def _headers(drawn: Drawn, rng: Random) -> str:
    mail = make_mail(drawn, rng)
    people = (
        f'{label}: "{name}" <{address}>' for label, (name, address) in (("Fra", mail.sender), ("Til", mail.recipient))
    )
    return "\n".join((*people, f"Emne: {mail.subject}", f"Sendt: {mail.sent:%d-%m-%Y %H:%M}"))


def _pages(text: str) -> int:
    return sum(max(1, -(-page.count("\n") // _LINES_A_PAGE)) for page in text.split("\f"))


def _names(drawn: Drawn, templates: Sequence[Template], extension: str, rng: Random) -> tuple[str, str]:
    """Return title and member name; the title may lie, say nothing, or be the cover mail's."""
    slots = drawn.scene.slots
    chance = rng.random()
    if chance < _MEMBERS:
        return resolve(rng.choice(_COVERS), slots, rng)[0], f"{drawn.title}.{extension}"
    if chance < _MEMBERS + _WRONG_TITLES:
        return " ".join(resolve(rng.choice(rng.choice(templates).titles), slots, rng)[0].split()), ""
    return ("" if chance < _MEMBERS + _WRONG_TITLES + _NO_TITLES else drawn.title), ""


def smudge(text: str, rng: Random, share: float) -> str:
    """Return the text as OCR reads a poor scan: about this share of the characters misread.

    >>> smudge("Kommunen meddeler", Random(3), 0.0)
    'Kommunen meddeler'
    """
    if not share:
        return text

    def misread(match: re.Match[str]) -> str:
        return _CONFUSIONS[match[0]] if rng.random() < share * 2 else match[0]

    return _CONFUSABLE.sub(misread, text)


_CONFUSABLE: Final = re.compile("|".join(sorted(map(re.escape, _CONFUSIONS), key=len, reverse=True)))
