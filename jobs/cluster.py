"""Dask: a local cluster or one at an address; version check; batches with a bounded number in flight."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final, cast

import dask
from distributed import Client, Future, LocalCluster, as_completed

from jobs.code import OURS, code_digest
from jobs.tools import Setup
from jobs.wall import Unchanged, failed
from jobs.work import Desk, Task, read_batch
from sagstjek import __version__
from sagstjek.errors import ClusterError
from sagstjek.shapes import Reading, Reason

Answer = Reading | Unchanged
_AHEAD: Final = 2
"""Batches waiting at each worker, so that none idles between two."""
_PATIENCE: Final = "30s"
_CONFIG: Final = {
    "distributed.worker.daemon": False,  # a worker starts a reading process
    "distributed.worker.memory.target": False,  # never spill personal data to disk
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    "distributed.admin.log-length": 0,  # workers keep no log lines
    "distributed.admin.event-loop": "asyncio",
    "distributed.scheduler.allowed-failures": 3,
    "distributed.comm.timeouts.connect": _PATIENCE,
}


@contextmanager
def connect(address: str, workers: int, private: Path) -> Iterator[Client]:
    """Give a client of a local cluster (`local`, one process a core) or of a scheduler at an address.

    Args:
        workers: number of local processes; 0 takes one a core.
        private: folder for Dask's own files, readable by us alone.

    Raises:
        ClusterError: the scheduler does not answer, or no worker is there.
    """
    for name in ("distributed", "tornado", "asyncio", "bokeh"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with dask.config.set(_CONFIG | {"temporary-directory": str(private)}):
        if address == "local":
            with (
                LocalCluster(
                    n_workers=workers or dask.system.CPU_COUNT,
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address=None,
                    silence_logs=logging.CRITICAL,
                ) as cluster,
                Client(cluster) as client,
            ):
                yield client
        else:
            with _remote(address) as client:
                yield client


def _remote(address: str) -> Client:
    try:
        client = Client(address, timeout=_PATIENCE)
        client.wait_for_workers(1, timeout=30)
    except (OSError, TimeoutError, ValueError) as error:
        kind = type(error).__name__
        raise ClusterError(
            f"the Dask cluster at {address} does not answer, or has no worker ({kind}). "
            "Start `dask scheduler` and `dask worker ADDRESS` from the same installation, or leave out --cluster."
        ) from None
    return client


def check_versions(client: Client) -> None:
    """Hold scheduler and workers to the driver's code before any work starts.

    Raises:
        ClusterError: one of them lacks sagstjek, or runs another version; names the machines.
    """
    found = cast("dict[str, Any]", client.get_versions(packages=["sagstjek"]))
    places = {"scheduler": found["scheduler"], **found["workers"]}
    wrong = sorted(
        f"{place} ({(info or {}).get('packages', {}).get('sagstjek') or 'not installed'})"
        for place, info in places.items()
        if (info or {}).get("packages", {}).get("sagstjek") != __version__
    )
    if not wrong:
        wrong = _other_code(client)
    if wrong:
        raise ClusterError(
            f"these do not run the same sagstjek as this machine ({__version__}, code {code_digest()}): "
            f"{', '.join(wrong)}. Install the same wheel on all of them ({', '.join(OURS)}), and restart them."
        )


def _other_code(client: Client) -> list[str]:
    digests = {"scheduler": client.run_on_scheduler(code_digest), **client.run(code_digest)}
    return sorted(f"{place} (code {digest})" for place, digest in digests.items() if digest != code_digest())


def read_all(client: Client, setup: Setup, tasks: Iterable[Task], keep: Callable[[Sequence[Answer]], None]) -> None:
    """Let the workers read every document, and hand over the answers as they come.

    A bounded number of batches is in flight, whatever the size of the index. A worker that dies costs a
    repeat of its batch; a batch that fails three times is tried document by document.

    Args:
        keep: called in this process with the answers of one batch.
    """
    client.register_plugin(Desk(setup, code_digest()))
    threads = sum(client.nthreads().values())
    waiting = _batches(tasks, setup.settings.batch_documents)
    flying: dict[str, tuple[Task, ...]] = {}
    futures = as_completed()

    def launch(batch: tuple[Task, ...], number: int, tries: int = 0) -> None:
        future = client.submit(read_batch, batch, key=f"read-{number}-{tries}", pure=False)
        flying[str(future.key)] = batch
        futures.add(future)

    numbers = iter(range(10**12))
    for batch in islice(waiting, max(threads, 1) * _AHEAD):
        launch(batch, next(numbers))
    for future in futures:
        batch = flying.pop(str(future.key))
        answers = _answers(future, batch, setup)
        future.release()
        if answers is None:
            for task in batch:
                launch((task,), next(numbers), tries=1)
            continue
        keep(answers)
        for following in islice(waiting, 1):
            launch(following, next(numbers))


def _answers(future: "Future[list[Answer]]", batch: tuple[Task, ...], setup: Setup) -> list[Answer] | None:
    """Return a batch's answers; None when it must be tried one by one."""
    if future.status == "finished":
        answers: list[Answer] = future.result()
        return answers
    if len(batch) > 1:
        return None
    return [failed(task.job, Reason.CRASHED, setup.version) for task in batch]


def _batches(tasks: Iterable[Task], size: int) -> Iterator[tuple[Task, ...]]:
    waiting = iter(tasks)
    while batch := tuple(islice(waiting, size)):
        yield batch
