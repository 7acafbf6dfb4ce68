"""A bench a records system: the connector, what it stands on, and how to make that fail. Conformance runs on these."""

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from connectors.records import getorganized, nova, sbsys
from connectors.records.calling import Surroundings
from connectors.records.folder import FolderSystem
from connectors.records.protocol import RecordsSystem
from connectors.records.site import read_source
from tests.doubles import getorganized as go_double
from tests.doubles import nova as nova_double
from tests.doubles.sbsys import PASSWORD, SECRET, SbsysDouble
from tests.doubles.world import CARL, DORTE, FINN, NANCY, World, small_world

MANY = 620
"""Documents of Finn's case: more than any page of any system."""


class QuickClock:
    """Goes on by itself when somebody waits, so that a test need not."""

    def __init__(self):
        self.waited = []
        self._now = 0.0

    def now(self):
        return self._now

    def wait(self, seconds):
        self.waited.append(seconds)
        self._now += seconds


@dataclass
class Bench:
    """A system under test.

    writes, reads: patterns of the calls that store a document, and of one that lists.
    """

    name: str
    system: RecordsSystem
    world: World | None = None
    double: Any = None
    clock: QuickClock = field(default_factory=QuickClock)
    writes: str = ""
    reads: str = ""
    fetches: str = ""
    root: Path | None = None


def around(clock):
    return Surroundings(clock=clock, chance=Random(1))


@contextmanager
def sbsys_bench(tmp_path, **options):
    world = small_world(MANY)
    double = SbsysDouble(world)
    clock = QuickClock()
    os.environ.update(SAGSTJEK_SECRET_SBSYS_CLIENT_SECRET=SECRET, SAGSTJEK_SECRET_SBSYS_PASSWORD=PASSWORD)
    source = read_source(
        double.source(timeout=5, **options), tmp_path / "record" if options.pop("record", "") else None
    )
    system = sbsys.open_source(source, around(clock))
    try:
        yield Bench(
            *("sbsys", system, world, double, clock),
            writes=r"POST .*/dokument/journaliser",
            reads=r"GET .*/dokumenter",
            fetches=r"GET .*/fil/",
        )
    finally:
        system.close()
        double.close()


@contextmanager
def folder_bench(tmp_path):
    root = tmp_path / "sager"
    for cpr in (NANCY, CARL, CARL, DORTE, FINN):
        again = " 2" if (root / f"{cpr.written} En Person").exists() else ""
        (root / f"{cpr.written} En Person{again}{' (lukket)' if cpr is DORTE else ''}").mkdir(parents=True)
    nancy = root / f"{NANCY.written} En Person"
    for path, data in (
        ("01 Ansættelse/Ansættelsesbrev.pdf", b"%PDF-1.4 brev"),
        ("08 Straffeattester/Børneattest.pdf", b"%PDF-1.4 attest" * 5000),
        ("Løst dokument.docx", b"PK\x03\x04 ord"),
    ):
        (nancy / path).parent.mkdir(exist_ok=True)
        (nancy / path).write_bytes(data)
    for number in range(MANY):
        (root / f"{FINN.written} En Person" / f"Dokument {number}.pdf").write_bytes(b"%PDF-1.4 " + str(number).encode())
    yield Bench("folder", FolderSystem(root), root=root)


@contextmanager
def nova_bench(tmp_path, **options):
    world = small_world(MANY)
    for case in world.cases.values():  # one file a document
        for document in case.documents:
            del document.files[1:]
    double = nova_double.NovaDouble(world)
    clock = QuickClock()
    os.environ["SAGSTJEK_SECRET_NOVA_CLIENT_SECRET"] = nova_double.SECRET
    system = nova.open_source(read_source(double.source(timeout=5, **options)), around(clock))
    try:
        yield Bench(
            *("nova", system, world, double, clock),
            writes=r"POST .*/Document/Import",
            reads=r"PUT .*/Document/GetList",
            fetches=r"PUT .*/Document/GetFile",
        )
    finally:
        system.close()
        double.close()


@contextmanager
def getorganized_bench(tmp_path, **options):
    world = small_world(MANY)
    for case in world.cases.values():  # one file a document, and all of them in folders
        for document in case.documents:
            del document.files[1:]
            document.folder = document.folder or next(iter(case.folders), None) or world.folder(case, "07 Øvrige")
    double = go_double.GoDouble(world, tmp_path / "users")
    clock = QuickClock()
    os.environ["SAGSTJEK_SECRET_GETORGANIZED_PASSWORD"] = go_double.PASSWORD
    system = getorganized.open_source(read_source(double.source(timeout=5, **options)), around(clock))
    try:
        yield Bench(
            *("getorganized", system, world, double, clock),
            writes=r"POST .*/AddToCase",
            reads=r"POST .*/Dokumenter|POST .*GetList",
            fetches=r"GET .*/DocumentBytes/",
        )
    finally:
        system.close()
        double.close()


BENCHES = {"folder": folder_bench, "getorganized": getorganized_bench, "nova": nova_bench, "sbsys": sbsys_bench}
