"""One planned document made real: its file, and the truth about every part of it."""

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from random import Random

from models.corpus.grammar import Drawn, expand
from models.corpus.hires import Hire
from models.corpus.markup import Template
from models.corpus.pile import make_pile
from models.corpus.plan import Packing, PlannedDocument, PlannedPart
from models.corpus.render.formats import Rendered, render, render_pdf
from models.corpus.render.locked import lock_office
from models.corpus.render.look import draw_look
from models.corpus.render.packing import lock_zip, write_zip
from models.corpus.render.paper import draw_scanner
from models.corpus.render.post import Attachments, make_mail, write_mail
from models.corpus.scene import make_scene
from models.corpus.shelf import Shelf

_PASSWORD = "Personale2019"  # noqa: S105 (nobody is meant to open it)
_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
_EXTENSION = re.compile(r"\.[a-z]{3,4}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TruePart:
    """What is true of one part. Pages from 1, both included; 0 where the format has none."""

    type: str
    template: str
    hire: Hire = field(repr=False)
    form: str
    kind: str = ""
    member: str = field(default="", repr=False)
    first_page: int = 0
    last_page: int = 0
    date: dt.date | None = None
    valid_until: dt.date | None = None
    misfiled: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A file and what is in it. `drawn` is the document that gives it its title."""

    data: bytes = field(repr=False)
    extension: str
    parts: tuple[TruePart, ...]
    drawn: Drawn = field(repr=False)


def draw_part(part: PlannedPart) -> Drawn:
    """Return what a part says; the same each time."""
    return _draw(part.template, part.hire, part.wish.date, part.wish.valid_until, part.key)


def _draw(template: Template, hire: Hire, date: dt.date, valid_until: dt.date | None, key: str) -> Drawn:
    rng = Random(f"scene {key}")
    return expand(template, make_scene(rng, hire.person, hire.term, date, valid_until=valid_until), rng)


def make_document(planned: PlannedDocument, shelf: Shelf) -> Made:
    """Return the file of a planned document; same plan, same bytes."""
    match planned.packing:
        case Packing.ALONE:
            made = _alone(planned)
        case Packing.PILE:
            made = _piled(planned)
        case Packing.ZIP | Packing.LOCKED_ZIP:
            made = _zipped(planned)
        case _:
            made = _mailed(planned, shelf)
    if "empty" in planned.traps:
        return Made(b"", made.extension, made.parts, made.drawn)
    if "truncated" in planned.traps:
        return Made(made.data[: len(made.data) * 2 // 5], made.extension, made.parts, made.drawn)
    return made


def _true(part: PlannedPart, drawn: Drawn, form: str, *, member: str = "", pages: tuple[int, int] = (0, 0)) -> TruePart:
    return TruePart(
        part.wish.type,
        part.template.id,
        part.hire,
        form,
        part.template.kind,
        member,
        *pages,
        drawn.date,
        drawn.valid_until,
        part.misfiled,
    )


def _rendered(part: PlannedPart, drawn: Drawn, traps: frozenset[str]) -> Rendered:
    rng = Random(f"look {part.key}")
    if "encrypted" in traps:
        if part.form == "docx":
            return Rendered(lock_office(render(drawn, part.form, rng).data, rng, _PASSWORD), "docx")
        return render_pdf(drawn, draw_look(drawn, rng), rng, password=_PASSWORD)
    again = "again" if "duplicate_scan" in traps else ""
    turned = 1.0 if "rotated" in traps else 0.0
    scanner = draw_scanner(Random(f"scanner {again}{part.key}"), grey=part.form == "grey_tif", turned=turned)
    return render(drawn, part.form, rng, scanner)


def _alone(planned: PlannedDocument) -> Made:
    part = planned.first
    drawn = draw_part(part)
    file = _rendered(part, drawn, planned.traps)
    readable = planned.traps.isdisjoint({"encrypted", "empty", "truncated"})
    pages = (1, file.pages) if file.pages and readable else (0, 0)
    return Made(file.data, file.extension, (_true(part, drawn, file.form, pages=pages),), drawn)


def _piled(planned: PlannedDocument) -> Made:
    drawn = [draw_part(part) for part in planned.parts]
    pile = make_pile(drawn, planned.form, Random(f"pile {planned.first.key}"))
    parts = [
        _true(part, text, pile.file.form, pages=pages)
        for part, text, pages in zip(planned.parts, drawn, pile.ranges, strict=True)
    ]
    hire = planned.first.hire
    parts += [
        TruePart("andet", "separator", hire, pile.file.form, first_page=page, last_page=page)
        for page in pile.separators
    ]
    ordered = tuple(sorted(parts, key=lambda part: part.first_page))
    return Made(pile.file.data, pile.file.extension, ordered, drawn[0])


def _members(planned: PlannedDocument, under: str) -> tuple[list[tuple[str, bytes]], list[TruePart], Drawn]:
    """Return the files of the parts by name, the truth about them, and the first of them."""
    files: list[tuple[str, bytes]] = []
    truth: list[TruePart] = []
    texts = [draw_part(part) for part in planned.parts]
    for part, drawn in zip(planned.parts, texts, strict=True):
        file = _rendered(part, drawn, frozenset())
        name = _unused(safe_name(drawn.title), file.extension, [name for name, _ in files])
        pages = (1, file.pages) if file.pages else (0, 0)
        files.append((name, file.data))
        truth.append(_true(part, drawn, file.form, member=f"{under}{name}", pages=pages))
    return files, truth, texts[0]


def _zipped(planned: PlannedDocument) -> Made:
    files, truth, drawn = _members(planned, "")
    if planned.packing is Packing.ZIP:
        return Made(write_zip(files), "zip", tuple(truth), drawn)
    locked = tuple(replace(part, first_page=0, last_page=0) for part in truth)  # the names can be seen, no more
    return Made(lock_zip(files, _PASSWORD, Random(planned.first.key)), "zip", locked, drawn)


def _mailed(planned: PlannedDocument, shelf: Shelf) -> Made:
    key, rng = planned.first.key, Random(f"mail {planned.first.key}")
    outer = _cover(planned, shelf, rng, f"{key}/outer")
    attached: Attachments
    match planned.packing:
        case Packing.NESTED:
            inner = _cover(planned, shelf, rng, f"{key}/inner")
            name = safe_name(inner.title)
            files, truth, _ = _members(planned, f"{name}.msg/")
            attached = ((name, make_mail(inner, rng, tuple(files))),)
            truth = [_cover_truth(planned, inner, f"{name}.msg"), *truth]
        case Packing.ZIPPED_MAIL:
            files, truth, _ = _members(planned, "Bilag.zip/")
            attached = (("Bilag.zip", write_zip(files)),)
        case _:
            files, truth, _ = _members(planned, "")
            attached = tuple(files)
    form = "eml" if planned.packing is Packing.EML else "msg"
    data = write_mail(outer, form, rng, attached)
    return Made(data, form, (_cover_truth(planned, outer, ""), *truth), outer)


def _cover(planned: PlannedDocument, shelf: Shelf, rng: Random, key: str) -> Drawn:
    part = planned.first
    return _draw(shelf.cover(part.wish.date.year, rng), part.hire, part.wish.date, None, key)


def _cover_truth(planned: PlannedDocument, drawn: Drawn, member: str) -> TruePart:
    form = "eml" if planned.packing is Packing.EML else "msg"
    template = drawn.template
    return TruePart(template.type, template.id, planned.first.hire, form, template.kind, member, date=drawn.date)


def safe_name(title: str) -> str:
    """Return a title as a file name without extension.

    >>> safe_name("Ansættelse pr. 1/8: Bo.pdf")
    'Ansættelse pr. 1-8-Bo'
    """
    name = _UNSAFE.sub(lambda match: " " if match[0].isspace() else "-", _EXTENSION.sub("", title))
    return name.strip(" .-")[:80] or "Dokument"


def _unused(name: str, extension: str, taken: list[str]) -> str:
    found = f"{name}.{extension}"
    number = 2
    while found in taken:
        found = f"{name} ({number}).{extension}"
        number += 1
    return found
