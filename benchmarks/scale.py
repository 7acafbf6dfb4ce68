"""A million documents through the real scheduler, driver and ledger; only the reading itself is a cheap stand-in.

    .venv/bin/python benchmarks/scale.py                  # 1,000,000 rows: about half an hour on two cores
    .venv/bin/python benchmarks/scale.py --rows 50000     # a quick one

Three runs, each in a process of its own as a user would start them: `read` lists the index and reads everything,
`again` finds everything read and unchanged, `lists` works out findings and writes every list and the report.
Driver time is the CPU time of that process, Dask's scheduler in it; workers and reading processes are not counted.
Memory is the resident memory of that process.
"""

import argparse
import csv
import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psutil
from distributed import Worker

from connectors.export_folder import ExportFolder, stamp
from connectors.ledger import Ledger
from connectors.roster import load_roster
from jobs import audit, cluster
from jobs.conclude import Basis, conclude, write_outputs
from jobs.tools import Setup, make_tools
from jobs.wall import Job, Wall
from jobs.work import Desk
from models.corpus.people import draw_cpr
from pipeline.attribute import People
from sagstjek.cpr import Cpr
from sagstjek.rules import load_rules
from sagstjek.settings import Settings
from sagstjek.shapes import (
    CprBasis,
    Mention,
    Part,
    Reading,
    Reason,
    Role,
    Status,
    TextSource,
    unreadable,
)
from sagstjek.taxonomy import taxonomy

RESULTS = Path(__file__).parent / "results" / "scale.json"
PER_CASE = 29  # documents of an employment: the case of 2017
TYPES = tuple(taxonomy())
MEDIA = ("pdf", "pdf", "docx", "tiff", "msg")
TARGETS = {"driver_ms": 1.0, "memory_mb": 1000.0, "resume_seconds": 60.0}  # issue 4


# An export of empty files


def make_export(folder: Path, rows: int) -> None:
    """Write index.csv and roster.csv, streaming, and a file for every row."""
    with (folder / "index.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, delimiter=";")
        table.writerow(
            "document_id case_id case_cpr case_title title path journal_date document_date direction folder".split()
        )
        for number in range(rows):
            case = number // PER_CASE
            path = f"files/{case_id(case)}/{number % PER_CASE}.pdf"
            if number % PER_CASE == 0:
                (folder / path).parent.mkdir(parents=True)
            (folder / path).touch()
            day = dt.date(2000, 1, 2) + dt.timedelta(number * 7919 % 9000)
            title = f"{TYPES[number * 31 % len(TYPES)].capitalize()} til personalesagen"
            table.writerow(
                (number, case_id(case), cpr_of(case).written, f"Personalesag {case}", title, path, day, day, "ind", "")
            )
    with (folder / "roster.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, delimiter=";")
        table.writerow(
            "cpr name hired employment_id unit manager position_group employment_form citizenship case_id"
            " boern_under_15 ugentlige_timer arbejdssted_type".split()
        )
        for case in range(-(-rows // PER_CASE)):
            table.writerow(employment(case))


def case_id(case: int) -> str:
    """Return the id of a case."""
    return f"81.03.00-G01-{case:06}"


def cpr_of(case: int) -> Cpr:
    """Return the person of a case; a few persons have two."""
    return draw_cpr(dt.date(1950, 1, 2) + dt.timedelta(case * 7 % 18_000), Random(case), woman=case % 4 > 0)


def employment(case: int) -> tuple[str, ...]:
    """Return a row of the roster."""
    rng = Random(case)
    hired = dt.date(1990, 1, 2) + dt.timedelta(rng.randrange(12_000))
    unit = rng.randrange(400)
    return (
        *(cpr_of(case).written, f"Navn Navnesen {case}", hired.isoformat(), str(case), f"Enhed {unit}"),
        *(f"Leder {unit}", rng.choice(("administration", "paedagog", "uddannelseskrav")), "overenskomst_maanedsloen"),
        *("DK", case_id(case), rng.choice(("nej", "direkte_kontakt", "faerdes_fast")), "37", "administration"),
    )


# The stand-in for reading


def synthetic_reading(job: Job) -> Reading:
    """Return what a document might hold: one part or two, some unreadable, misfiled, to review or twice there."""
    document, rng = job.document, Random(job.document.document_id)
    if rng.random() < 0.01:
        parts = (unreadable(1, Reason.DAMAGED, media="pdf"),)
    else:
        parts = tuple(_part(number, document.case_cpr, rng) for number in range(1, 2 + (rng.random() < 0.4)))
    content = hashlib.sha256(document.document_id.encode()).hexdigest()
    return Reading(
        document.document_id,
        content,
        "0.1.0/quick/150/0.0/labeller-6696023cad2e/tesseract 5.5.4 dan:acb1fd07 osd:9cf5d576",
        parts,
        stamp=stamp(job.reference),
        seconds=rng.random(),
        size=rng.randrange(10_000, 2_000_000),
    )


def _part(number: int, case_cpr: Cpr | None, rng: Random) -> Part:
    misfiled = rng.random() < 0.01
    person = cpr_of(rng.randrange(30_000)) if misfiled else case_cpr
    first = rng.randrange(len(TYPES))
    sure = rng.random() < 0.85
    text = f"{rng.random()}{rng.random()}" if rng.random() > 0.04 else f"{case_cpr}"  # a few are the same
    return Part(
        number,
        first_page=number,
        last_page=number,
        media=rng.choice(MEDIA),
        type=TYPES[first],
        confidence=1 - rng.random() * (0.05 if sure else 0.5),
        candidates=tuple(TYPES[(first + n) % len(TYPES)] for n in range(1 if sure else 6)),
        status=Status.ACCEPTED if sure else Status.REVIEW,
        reason=None if sure else Reason.LOW_CONFIDENCE,
        cpr=person,
        cpr_basis=CprBasis.TEXT,
        misfiled=misfiled,
        document_date=dt.date(1995, 1, 2) + dt.timedelta(rng.randrange(10_000)),
        text_source=TextSource.OCR,
        pages=1,
        pages_read=1,
        mentions=(Mention(person, CprBasis.TEXT, Role.SUBJECT, 0.99),) if person else (),
        text_key=hashlib.sha256(text.encode()).hexdigest()[:32],
        ocr_seconds=rng.random(),
    )


class SyntheticDesk(Desk):
    """A worker's desk with the stand-in behind the real wall."""

    def setup(self, worker: Worker) -> None:
        """Make the checks of a real desk, then the wall."""
        super().setup(worker)
        self.wall = Wall(self._setup, synthetic_reading)

    def __reduce__(self) -> tuple[type[Desk], tuple[Setup, str]]:
        """Travel as itself."""
        return SyntheticDesk, (self._setup, self._code)


# Measuring


@dataclass(slots=True)
class Meter:
    """Seconds, CPU seconds and memory of this process, stage by stage; `memory_mb`: at eleven times, evenly apart."""

    stages: dict[str, dict[str, object]] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure what happens within."""
        samples: list[float] = [_memory()]
        over = threading.Event()

        def watch() -> None:
            while not over.wait(0.5):
                samples.append(_memory())

        thread = threading.Thread(target=watch, daemon=True)
        thread.start()
        began, cpu = time.monotonic(), time.process_time()
        yield
        seconds, spent = time.monotonic() - began, time.process_time() - cpu
        over.set()
        thread.join()
        samples.append(_memory())
        self.stages[name] = {
            "seconds": round(seconds, 2),
            "cpu_seconds": round(spent, 2),
            "memory_mb": [round(samples[n * (len(samples) - 1) // 10]) for n in range(11)],
            "memory_max_mb": round(max(samples)),
        }


def _memory() -> float:
    return psutil.Process().memory_info().rss / 1e6


# The three runs


def order_of(folder: Path, workers: int) -> audit.Order:
    """Return the order that `sagstjek audit` would make."""
    roster = load_roster(folder / "export" / "roster.csv")
    setup = Setup(Settings(), People.of(roster.employments), b"0" * 32)
    setup = Setup(Settings(), setup.people, setup.key, version=make_tools(setup).version)
    return audit.Order(
        str(folder / "export"),
        roster,
        load_rules(None),
        None,
        folder / "audit",
        "local",
        workers,
        dt.date(2026, 10, 30),
        setup,
        (),
        "model",
        "engine",
    )


def read(folder: Path, meter: Meter, workers: int) -> None:
    """List the index and let everything be read that is not."""
    cluster.Desk = SyntheticDesk
    order = order_of(folder, workers)
    order.out.mkdir(exist_ok=True)
    with Ledger.open(order.out / "ledger.sqlite", exclusive=True) as ledger:
        source = ExportFolder(order.export)
        with meter.stage("list the index"):
            ledger.keep_roster(order.roster)
            audit.list_index(ledger, source, order.roster)
        known = ledger.counts().read  # some, where a run of the benchmark was broken off and goes on in its folder
        with meter.stage("read"):
            audit.read_documents(order, source, ledger)
        counts = ledger.counts()
        assert counts.documents == counts.read, counts
        meter.stages["read"]["documents"] = counts.read - known


def write_lists(folder: Path, meter: Meter, workers: int) -> None:
    """Work out the findings and write every list and the report."""
    order = order_of(folder, workers)
    with Ledger.open(order.out / "ledger.sqlite", exclusive=True) as ledger:
        with meter.stage("conclude"):
            concluded = conclude(ledger, order.rules, order.as_of)
        with meter.stage("keep findings"):
            ledger.keep_findings(concluded.findings)
        with meter.stage("write lists and report"):
            write_outputs(order.out, ledger, concluded, Basis(order.rules, order.as_of, {}), "da")


RUNS = {"read": read, "again": read, "lists": write_lists}


def measure(folder: Path, rows: int, workers: int) -> dict[str, object]:
    """Return the stages of all runs, each made in a process of its own."""
    stages: dict[str, dict[str, dict[str, object]]] = {}
    for name in RUNS:
        words = [sys.executable, __file__, "--run", name, "--work", str(folder), "--workers", str(workers)]
        done = subprocess.run(words, stdout=subprocess.PIPE, check=True)
        stages[name] = json.loads(done.stdout)
    first = {name: float(str(value)) for name, value in stages["read"]["read"].items() if name != "memory_mb"}
    again = sum(float(str(stage["seconds"])) for stage in stages["again"].values())
    return {
        "rows": rows,
        "load": os.getloadavg()[0],
        "read": first["documents"],
        "documents_a_second": round(first["documents"] / first["seconds"]),
        "driver_ms": round(1000 * first["cpu_seconds"] / first["documents"], 3),
        "memory_mb": max(int(str(stage["memory_max_mb"])) for run in stages.values() for stage in run.values()),
        "resume_seconds": round(again, 1),
        "ledger_mb": round((folder / "audit" / "ledger.sqlite").stat().st_size / 1e6),
        "runs": stages,
    }


def table(figures: dict[str, object]) -> Iterator[str]:
    """Yield the figures as lines for people."""
    yield f"{figures['rows']} documents, {figures['read']:.0f} of them read in this run, "
    yield f"{figures['documents_a_second']} a second; ledger {figures['ledger_mb']} MB"
    yield f"{'run':7} {'stage':24} {'seconds':>9} {'CPU':>9} {'ms each':>8}  memory (MB) over time"
    for run, stages in figures["runs"].items():
        for name, one in stages.items():
            each = 1000 * one["cpu_seconds"] / (one.get("documents") or figures["rows"])
            memory = " ".join(map(str, one["memory_mb"]))
            yield f"{run:7} {name:24} {one['seconds']:9.1f} {one['cpu_seconds']:9.1f} {each:8.3f}  {memory}"
    for name, target in TARGETS.items():
        met = "met" if figures[name] <= target else "MISSED"
        yield f"{name:16} {figures[name]:10.2f}   target {target:7.1f}   {met}"


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--work", type=Path, help="folder to work in, which is kept")
    parser.add_argument("--run", choices=RUNS, help=argparse.SUPPRESS)
    words = parser.parse_args()
    if words.run:
        meter = Meter()
        RUNS[words.run](words.work, meter, words.workers)
        print(json.dumps(meter.stages))
        return
    with tempfile.TemporaryDirectory(prefix="sagstjek-scale-") as temporary:
        folder = words.work or Path(temporary)
        if not (folder / "export").exists():
            (folder / "export").mkdir(parents=True)
            make_export(folder / "export", words.rows)
        figures = measure(folder, words.rows, words.workers)
    for line in table(figures):
        print(line)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    from benchmarks.scale import main as imported  # workers must find the stand-in in a module of a name

    imported()
