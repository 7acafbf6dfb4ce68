"""A Dask cluster of separate processes, as on separate machines."""

import json
from contextlib import contextmanager

from tests.end_to_end.running import DASK, start, until


class Machines:
    """A scheduler and its workers; each writes what it says to a log of its own."""

    def __init__(self, folder, environment):
        self.folder = folder
        self.environment = environment
        self.workers = []
        self.file = folder / "scheduler.json"
        words = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--dashboard-address", ":0"]
        self.scheduler = self._start(*words, "--scheduler-file", self.file)
        until(self.file.exists, self.scheduler)
        self.address = json.loads(self.file.read_text("utf-8"))["address"]

    def add_worker(self, **environment):
        """Start one more worker and wait until it has joined; return its run."""
        name = f"worker-{len(self.workers)}"
        words = ["--nworkers", "1", "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard", "--name", name]
        run = self._start(
            "worker", self.address, *words, "--local-directory", self.folder / "local", log=name, **environment
        )
        self.workers.append(run)
        until(lambda: "Registered to" in run.said, run)
        return run

    @property
    def said(self):
        """All that scheduler and workers wrote."""
        return "".join(run.said + run.out for run in (self.scheduler, *self.workers))

    def _start(self, *words, log="scheduler", **environment):
        return start([DASK, *words], self.folder / f"{log}.log", **(self.environment | environment))


@contextmanager
def machines(folder, workers=2, **environment):
    """Give a cluster, and end all of its processes."""
    folder.mkdir(parents=True, exist_ok=True)
    cluster = Machines(folder, environment)
    try:
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        for run in (*cluster.workers, cluster.scheduler):
            run.clear()
