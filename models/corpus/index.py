"""The rows that tell of a document: in the index as the records system knows it, and in the truth as it is."""

import datetime as dt
from collections.abc import Iterator
from random import Random

from models.corpus.grammar import side
from models.corpus.make import Made, TruePart
from models.corpus.markup import resolve
from models.corpus.plan import Packing, PlannedCase, PlannedDocument
from sagstjek.taxonomy import taxonomy

INDEX_COLUMNS = (
    "document_id",
    "case_id",
    "case_cpr",
    "case_title",
    "title",
    "path",
    "journal_date",
    "document_date",
    "direction",
    "folder",
)
PARTS_COLUMNS = (
    "document_id",
    "part",
    "member",
    "first_page",
    "last_page",
    "type",
    "cpr",
    "template",
    "side",
    "format",
    "kind",
    "document_date",
    "valid_until",
    "misfiled",
    "duplicate_of",
    "traps",
    "readable",
)
_UNREADABLE = frozenset({"encrypted", "truncated", "empty"})
_CLAIMS = {"pdf": ("tif", "doc"), "tif": ("pdf",), "docx": ("doc", "pdf"), "doc": ("docx",), "jpg": ("pdf", "tif")}
_OUT = frozenset(
    {"ansaettelsesbrev", "ansaettelsestillaeg", "advarsel", "afsked", "partshoering", "fratraedelse", "koersel"}
)
_INTERNAL = frozenset(
    {"mus", "tjenstlig_samtale", "sygefravaerssamtale", "attestnotat", "stillingsopslag", "loenaftale"}
)
_PILE_TITLES = (
    "Personalesag komplet",
    "Indscannet personalemappe",
    "P-mappe {efternavn}",
    "Indscannet P-mappe før ESDH",
    "Scan_0001.pdf",
    "Diverse",
    "Gammel sag {navn}",
)
_SYSTEM_TITLES = ("E-rekruttering - Ansættelsesdata", "E-rekruttering", "Ansøgning og bilag", "Samlet PDF")
_PILE_FOLDER = "09 Indscannede P-mapper"


def wrong_extension(extension: str) -> str:
    """Return an extension that lies about the format."""
    return _CLAIMS.get(extension, ("pdf",))[0]


def index_row(
    case: PlannedCase, planned: PlannedDocument, made: Made, document_id: str, path: str, rng: Random
) -> dict[str, str]:
    """Return the row of a document in `index.csv`."""
    person = case.hire.person
    code = planned.first.wish.type
    date = planned.first.wish.date
    known = rng.random()
    return {
        "document_id": document_id,
        "case_id": case.hire.case_id,
        "case_cpr": person.cpr.written,
        "case_title": Random(case.hire.case_id)
        .choice(_CASE_TITLES)
        .format(navn=person.name, sted=case.hire.term.place),
        "title": _title(planned, made, rng),
        "path": path,
        "journal_date": planned.journaled.isoformat(),
        "document_date": "" if known < 0.25 else (planned.journaled if known < 0.4 else date).isoformat(),
        "direction": "ud" if code in _OUT else "intern" if code in _INTERNAL else "ind",
        "folder": _folder(planned, rng),
    }


_CASE_TITLES = ("Personalesag - {navn}", "{navn}", "{navn}, {sted}", "Personalesag {navn} - {sted}")


def _title(planned: PlannedDocument, made: Made, rng: Random) -> str:
    drawn = made.drawn
    if planned.title_of is not None:
        pool = planned.title_of.titles
    elif planned.packing is Packing.PILE:
        pool = _SYSTEM_TITLES if planned.form == "pdf" else _PILE_TITLES
    elif planned.copy_of and rng.random() < 0.6:
        pool = (f"{drawn.title} (2)", f"Kopi af {drawn.title}", *drawn.template.titles)
    else:
        return drawn.title
    title, _ = resolve(rng.choice(pool), drawn.scene.slots, rng)
    return " ".join(title.split())


def _folder(planned: PlannedDocument, rng: Random) -> str:
    if planned.packing is Packing.PILE and planned.form != "pdf":
        return _PILE_FOLDER
    folders = taxonomy()
    wrong = rng.random() < 0.05
    return rng.choice(list(folders.values())).folder if wrong else folders[planned.first.wish.type].folder


def part_rows(planned: PlannedDocument, made: Made, document_id: str, source_id: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a document in `truth/parts.csv`."""
    shared = {
        "document_id": document_id,
        "duplicate_of": f"{source_id}#1" if source_id else "",
        "readable": "no" if planned.traps & _UNREADABLE else "yes",
    }
    for number, part in enumerate(made.parts, 1):
        traps = planned.traps if part.misfiled else planned.traps - {"misfiled"}
        yield {**shared, "part": str(number), "traps": "|".join(sorted(traps)), **_truth(part)}


def _truth(part: TruePart) -> dict[str, str]:
    return {
        "member": part.member,
        "first_page": str(part.first_page or ""),
        "last_page": str(part.last_page or ""),
        "type": part.type,
        "cpr": part.hire.person.cpr.written,
        "template": part.template,
        "side": _side(part.template),
        "format": part.form,
        "kind": part.kind,
        "document_date": _day(part.date),
        "valid_until": _day(part.valid_until),
        "misfiled": "yes" if part.misfiled else "",
    }


def _side(template: str) -> str:
    """Return the side of a shipped template; empty for any other."""
    try:
        return side(template)
    except KeyError:
        return ""


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
