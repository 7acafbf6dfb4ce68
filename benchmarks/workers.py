"""How much faster several workers are than one, through Dask and the wall: wall time, so on an idle machine only.

python benchmarks/workers.py [--workers N] [--employees N]
"""

import os

os.environ["OMP_THREAD_LIMIT"] = "1"

import argparse
import dataclasses
import datetime as dt
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent))  # the archive is made beside this file

from throughput import Archive, machine, make_archive

from jobs.cluster import Answer, connect, read_all
from jobs.tools import Setup, make_tools
from jobs.wall import Job
from jobs.work import Task
from sagstjek.settings import Settings

_IDLE: Final = 0.5
"""Load below which wall time means something."""
_TIMES: Final = 3
"""Times that the archive is read, so that start and end weigh little."""
_RESULT: Final = Path(__file__).parent / "results" / "workers.json"


def documents_a_second(archive: Archive, workers: int) -> float:
    """Return the rate from the first answer to the last; loading models comes before it, as in an audit of hours."""
    setup = Setup(Settings(batch_documents=4), archive.people, f"workers {workers}".encode())
    setup = dataclasses.replace(setup, version=make_tools(setup).version)
    tasks = [
        Task(Job(dataclasses.replace(document, document_id=f"{turn}-{document.document_id}"), str(place)))
        for turn in range(_TIMES)
        for document in archive.documents
        for place in (archive.folder / document.path,)
    ]
    answered: list[tuple[float, int]] = []

    def keep(answers: Sequence[Answer]) -> None:
        answered.append((time.perf_counter(), len(answers)))

    with tempfile.TemporaryDirectory() as private, connect("local", workers, Path(private)) as client:
        read_all(client, setup, tasks, keep)
    (began, first), ended = answered[0], answered[-1][0]
    return (sum(count for _, count in answered) - first) / (ended - began)


def main() -> None:
    """Measure, print and store."""
    parser = argparse.ArgumentParser(description="How much faster several workers are than one.")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--employees", type=int, default=12)
    arguments = parser.parse_args()
    load = os.getloadavg()[0]
    if load > _IDLE:
        sys.stderr.write(f"the machine is not idle (load {load:.1f}); what follows is no figure to quote\n")
    with tempfile.TemporaryDirectory() as folder:
        archive = make_archive(Path(folder), arguments.employees, seed=42)
        one, many = (documents_a_second(archive, workers) for workers in (1, arguments.workers))
    print(f"1 worker {one:.2f} documents a second, {arguments.workers} workers {many:.2f}: {many / one:.2f} times")
    figures = {
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "load": load,
        "machine": machine(),
        "workers": arguments.workers,
        "one": one,
        "many": many,
        "times": many / one,
    }
    _RESULT.parent.mkdir(exist_ok=True)
    _RESULT.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
