"""A whole archive: an export folder, the roster that goes with it, and the truth about every part."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final, Literal

from models.corpus.grammar import shipped_templates, templates_of
from models.corpus.hires import Hire
from models.corpus.index import INDEX_COLUMNS, PARTS_COLUMNS, index_row, part_rows, wrong_extension
from models.corpus.make import Made, make_document
from models.corpus.markup import Template
from models.corpus.plan import PlannedCase, plan_cases
from models.corpus.roster import COLUMNS, roster_row
from models.corpus.shelf import Shelf
from models.corpus.traps import set_traps

Chosen = Literal["train", "unseen", "all"]
Row = Mapping[str, str]
_FIRST_ID: Final = 2_000_000
_IDS_A_CASE: Final = 1000


@dataclass(frozen=True, slots=True)
class Plan:
    """An archive before any document of it is drawn; `make_case` does that, case by case."""

    employees: int
    seed: int
    shelf: Shelf = field(repr=False)
    hires: tuple[Hire, ...] = field(repr=False)
    cases: tuple[PlannedCase, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One journaled document: its row of the index, its file, and one row of truth a part."""

    row: Row = field(repr=False)
    data: bytes = field(repr=False)
    truth: tuple[Row, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was written."""

    employments: int
    cases: int
    documents: int
    parts: int


def plan_archive(employees: int, seed: int, templates: Sequence[Template]) -> Plan:
    """Return the plan of an archive with about 8 documents an employee; same input, same plan."""
    shelf = Shelf.of(templates)
    hires, cases = plan_cases(employees, seed, shelf)
    return Plan(employees, seed, shelf, tuple(hires), tuple(set_traps(cases, shelf, seed)))


def make_case(plan: Plan, case: PlannedCase) -> Iterator[MadeFile]:
    """Yield the documents of one case. Pure: cases can be made in any order, in parallel."""
    made: dict[str, tuple[str, Made]] = {}
    for number, planned in enumerate(case.documents, 1):
        document_id = str(_FIRST_ID + case.number * _IDS_A_CASE + number)
        source_id, source = made.get(planned.copy_of, ("", None))
        same = source if "duplicate_bytes" in planned.traps else None
        file = same or make_document(planned, plan.shelf)
        made.setdefault(planned.first.key, (document_id, file))
        extension = wrong_extension(file.extension) if "wrong_extension" in planned.traps else file.extension
        path = f"files/{case.hire.case_id}/{number}.{extension}"
        rng = Random(f"index {plan.seed} {document_id}")
        yield MadeFile(
            index_row(case, planned, file, document_id, path, rng),
            file.data,
            tuple(part_rows(planned, file, document_id, source_id)),
        )


def make_archive(employees: int, seed: int, templates: Sequence[Template]) -> Iterator[MadeFile]:
    """Yield every document of an archive."""
    plan = plan_archive(employees, seed, templates)
    for case in plan.cases:
        yield from make_case(plan, case)


def write_archive(out: Path, *, employees: int, seed: int, side: Chosen = "all") -> Counts:
    """Write index, files, roster and truth below `out`; same arguments, same bytes.

    Args:
        out: folder, made when it is not there.
        employees: people on the roster.
        seed: of everything that is drawn.
        side: templates that training uses, those it does not, or all.
    """
    templates = shipped_templates() if side == "all" else templates_of(side)
    return write_plan(out, plan_archive(employees, seed, templates), side)


def write_plan(out: Path, plan: Plan, side: Chosen = "all") -> Counts:
    """Write an archive as planned."""
    index: list[Row] = []
    truth: list[Row] = []
    for case in plan.cases:
        (out / "files" / case.hire.case_id).mkdir(parents=True, exist_ok=True)
        for file in make_case(plan, case):
            (out / file.row["path"]).write_bytes(file.data)
            index.append(file.row)
            truth += file.truth
    (out / "truth").mkdir(parents=True, exist_ok=True)
    rng = Random(f"roster {plan.seed}")
    roster = [roster_row(hire, rng) for hire in plan.hires if hire.listed]
    _write_table(out / "index.csv", INDEX_COLUMNS, index)
    _write_table(out / "roster.csv", COLUMNS, roster)
    _write_table(out / "truth" / "parts.csv", PARTS_COLUMNS, truth)
    counts = Counts(len(roster), len(plan.cases), len(index), len(truth))
    _write_summary(out / "truth" / "archive.json", plan, side, counts, truth)
    return counts


def _write_table(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, columns, delimiter=";", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_summary(path: Path, plan: Plan, side: Chosen, counts: Counts, truth: Sequence[Row]) -> None:
    traps = Counter(trap for row in truth for trap in row["traps"].split("|") if trap)
    summary = {
        "seed": plan.seed,
        "employees": plan.employees,
        "side": side,
        "employments": counts.employments,
        "cases": counts.cases,
        "documents": counts.documents,
        "parts": counts.parts,
        "types": dict(sorted(Counter(row["type"] for row in truth).items())),
        "formats": dict(sorted(Counter(row["format"] for row in truth).items())),
        "traps": dict(sorted(traps.items())),
    }
    path.write_text(json.dumps(summary, indent=1, ensure_ascii=False) + "\n", "utf-8")
