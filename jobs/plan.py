"""`sagstjek plan`: what an audit will take, told from a sample, before it is started.

Two samples: of a large one (all documents of a small export) only the first bytes and the size are looked at, to
know how many there are of each kind; of that, a small one stratified by format, size and age is read as the audit
would read it.
"""

import dataclasses
import datetime as dt
import json
import tempfile
from argparse import Namespace
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

import numpy as np

from connectors.export_folder import ExportFolder
from connectors.roster import load_roster
from jobs.audit import read_model, with_case_cpr
from jobs.cluster import Answer, check_versions, connect, read_all
from jobs.conclude import write_text
from jobs.options import settings_of
from jobs.plan_table import lines
from jobs.planned import QUANTITIES, Taken, taken_by
from jobs.progress_view import open_progress
from jobs.sampling import Estimate, Stratified, allocate, mean_of_many
from jobs.strata import LookedAt, draw_some, group, look_at
from jobs.tools import Setup, versioned
from jobs.wall import Job
from jobs.work import Task
from pipeline.attribute import People
from sagstjek import __version__
from sagstjek.errors import InputError
from sagstjek.people import Roster
from sagstjek.progress import Step
from sagstjek.shapes import Reading

_LOOKED_AT: Final = 20_000
"""Documents whose first bytes are looked at; all of them when there are not more."""
_AT_ONCE: Final = 16
"""Files looked at at the same time: a share takes its time to answer."""
_EFFICIENCY: Final = 0.95
"""Of what cores add up to, how much an audit gets: measured, see docs/speed.md."""


@dataclass(frozen=True, slots=True)
class Machines:
    """So many machines of so many cores."""

    cores: int
    machines: int

    @property
    def name(self) -> str:
        """As it is written on the command line."""
        return f"{self.cores}x{self.machines}"


@dataclass(frozen=True, slots=True)
class Sampled:
    """What was looked at and read.

    Attributes:
        looked_at: with the group of each. read: those that were read, with what they took.
        population: documents of the export.
    """

    looked_at: tuple[LookedAt, ...] = field(repr=False)
    groups: tuple[int, ...] = field(repr=False)
    read: tuple[tuple[int, Taken], ...] = field(repr=False)
    population: int


def run(arguments: Namespace) -> int:
    """Print what an audit will take; write it to a file when asked."""
    settings, _ = settings_of(arguments)
    machines = parse_machines(arguments.machines)
    roster = load_roster(arguments.roster) if arguments.roster else Roster((), ())
    setup = Setup(settings, People.of(roster.employments), b"plan", read_model(arguments.model))
    setup, _ = versioned(setup)
    folder = ExportFolder(arguments.export)
    documents, population = draw_some(with_case_cpr(folder.documents(), roster), _LOOKED_AT, arguments.seed)
    if not population:
        raise InputError("the index of the export lists no document, so there is nothing to plan.")
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        looked_at = tuple(pool.map(lambda document: look_at(document, folder.reference(document)), documents))
    groups, chosen = choose(looked_at, arguments.sample, arguments.seed)
    readings = _read([looked_at[place] for place in chosen], setup, arguments.workers or 0)
    taken = {name: taken_by(reading, settings.document_seconds) for name, reading in readings.items()}
    read = tuple((place, taken[looked_at[place].document.document_id]) for place in chosen)
    plan = make_plan(Sampled(looked_at, groups, read, population), machines, arguments.price, arguments.seed)
    plan = {**_origin(setup), **plan}
    for line in lines(plan):
        print(line)
    if arguments.out:
        write_text(arguments.out, json.dumps(plan, indent=1, ensure_ascii=False) + "\n")
    return 0


def parse_machines(text: str) -> tuple[Machines, ...]:
    """Return the machines that `16x1,64x4` names: one of 16 cores, and four of 64.

    Raises:
        InputError: it is written otherwise.
    """
    found = []
    for piece in text.split(","):
        cores, _, machines = piece.strip().lower().partition("x")
        if not (cores.isdigit() and machines.isdigit() and int(cores) and int(machines)):
            raise InputError(f"--machines {text}: '{piece.strip()}' is not CORESxMACHINES, such as 16x1 or 64x4.")
        found.append(Machines(int(cores), int(machines)))
    return tuple(found)


def choose(looked_at: Sequence[LookedAt], sample: int, seed: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the number of each document's group, and which documents to read, in their order."""
    keys = group([one.key for one in looked_at])
    numbers = {key: number for number, key in enumerate(sorted(set(keys)))}
    members: dict[int, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        members[numbers[key]].append(place)
    counts = [len(members[number]) for number in range(len(numbers))]
    weights = [sum(looked_at[place].weight for place in members[number]) for number in range(len(numbers))]
    rng = Random(seed)
    chosen = [
        place
        for number, drawn in enumerate(allocate(counts, weights, sample))
        for place in rng.sample(members[number], drawn)
    ]
    return tuple(numbers[key] for key in keys), tuple(sorted(chosen))


def _read(chosen: Sequence[LookedAt], setup: Setup, workers: int) -> dict[str, Reading]:
    """Return a reading of each document, made behind the wall on local processes."""
    progress = open_progress()
    progress.start(len(chosen), 0)
    readings: dict[str, Reading] = {}

    def keep(answers: Sequence[Answer]) -> None:
        for answer in answers:
            if isinstance(answer, Reading):
                readings[answer.document_id] = answer
                progress.advance(Step(sum(part.pages_read for part in answer.parts), seconds=answer.seconds))

    try:
        with tempfile.TemporaryDirectory() as private, connect("local", workers, Path(private)) as client:
            check_versions(client)
            read_all(client, setup, (Task(Job(one.document, one.reference)) for one in chosen), keep)
    finally:
        progress.stop()
    return readings


def make_plan(sampled: Sampled, machines: Sequence[Machines], price: float | None, seed: int) -> dict[str, Any]:
    """Return the plan as `plan.json` has it."""
    estimates = _estimates(sampled, seed)
    hours = estimates["core_hours"].times(1 / _EFFICIENCY)
    return {
        "documents": sampled.population,
        "looked_at": len(sampled.looked_at),
        "sample": len(sampled.read),
        "estimates": {name: dataclasses.asdict(one) for name, one in estimates.items()},
        "unreadable_share": dataclasses.asdict(estimates["unreadable"].times(1 / sampled.population)),
        "efficiency": _EFFICIENCY,
        "machines": [
            {
                "name": one.name,
                "cores": one.cores,
                "machines": one.machines,
                "hours": dataclasses.asdict(hours.times(1 / (one.cores * one.machines))),
            }
            for one in machines
        ],
        "cost": None if price is None else {"price": price, **dataclasses.asdict(hours.times(price))},
        "formats": _formats(sampled),
    }


def _estimates(sampled: Sampled, seed: int) -> dict[str, Estimate]:
    """Return every quantity.

    By numbers of documents, not by the ratio to their bytes: with groups by size the ratio was less sure
    (docs/speed.md).
    """
    groups = np.array(sampled.groups, dtype=np.int64)
    read = groups[[place for place, _ in sampled.read]]
    stratified = Stratified(read, np.bincount(groups), sampled.population, seed)
    estimates = {}
    for name in QUANTITIES:
        values = [float(getattr(taken, name)) for _, taken in sampled.read]
        estimates[name] = stratified.count(values) if name == "unreadable" else stratified.total(values)
    sizes = [float(one.size) for one in sampled.looked_at]
    estimates["bytes"] = mean_of_many(sizes, sampled.population).times(sampled.population)
    return estimates


def _formats(sampled: Sampled) -> dict[str, dict[str, float]]:
    """Return for each format how many documents and bytes there are, and the mean seconds of those read."""
    scale = sampled.population / len(sampled.looked_at)
    seconds: dict[str, list[float]] = defaultdict(list)
    for place, taken in sampled.read:
        seconds[sampled.looked_at[place].media].append(3600 * taken.core_hours)
    found: dict[str, dict[str, float]] = {}
    for one in sampled.looked_at:
        row = found.setdefault(one.media, {"documents": 0.0, "bytes": 0.0})
        row["documents"] += scale
        row["bytes"] += one.size * scale
    for media, row in found.items():
        read = seconds.get(media, [])
        row |= {"read": len(read), "seconds": sum(read) / len(read) if read else 0.0}
    return dict(sorted(found.items(), key=lambda item: -item[1]["documents"]))


def _origin(setup: Setup) -> dict[str, Any]:
    return {
        "sagstjek": __version__,
        "made": dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds"),
        "version": setup.version,
        "reading": setup.settings.reading,
    }
