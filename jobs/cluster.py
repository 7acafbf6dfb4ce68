"""Dask: a local cluster or one at an address; version check; batches with a bounded number in flight."""

import contextlib
import logging
import secrets
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from itertools import count, islice
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any, Final, cast

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, as_completed
from distributed.client import ClosedClientError
from distributed.comm.core import CommClosedError

from jobs.batches import make_batches
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
_COUNT_EVERY: Final = 5.0
"""Seconds after which the workers are counted anew: a cluster may grow while it works."""
_ALONE: Final = "alone"
"""Name of the tasks that are tried while no other one is in flight."""
_PATIENCE: Final = 30
"""Seconds to wait for a scheduler or its first worker."""
_LOST: Final = (CancelledError, ClosedClientError, CommClosedError, TimeoutError)
"""What a client meets when its scheduler is gone."""
_CONFIG: Final = {
    "distributed.worker.daemon": False,  # a worker starts a reading process
    "distributed.worker.memory.target": False,  # never spill personal data to disk
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    "distributed.admin.log-length": 0,  # workers keep no log lines
    "distributed.admin.event-loop": "asyncio",
    "distributed.scheduler.allowed-failures": 3,
    "distributed.comm.timeouts.connect": f"{_PATIENCE}s",
}


@contextlib.contextmanager
def connect(address: str, workers: int, private: Path) -> Iterator[Client]:
    """Give a client of a local cluster (`local`, one process a core) or of a scheduler at an address.

    Args:
        workers: number of local processes; 0 takes one a core.
        private: folder for Dask's own files, readable by us alone.

    Raises:
        ClusterError: the scheduler does not answer, or no worker is there.
    """
    for name in ("distributed", "distributed.client", "tornado", "tornado.application", "asyncio", "bokeh"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with dask.config.set(_CONFIG | {"temporary-directory": str(private)}):
        if address == "local":
            with _local(workers or dask.system.CPU_COUNT) as cluster, Client(cluster) as client:
                yield client
        else:
            with _remote(address) as client:
                yield client


def _local(workers: int) -> LocalCluster:
    """Return a cluster on this machine. Ctrl-C is for the driver alone, which then closes its workers."""
    resource_tracker.ensure_running()  # it unblocks signals when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # threads and processes inherit it
    try:
        return LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # another audit may have the usual port
            silence_logs=logging.CRITICAL,
        )
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _remote(address: str) -> Client:
    client = None
    try:
        client = Client(address, timeout=_PATIENCE)
        client.wait_for_workers(1, timeout=_PATIENCE)
    except (OSError, TimeoutError, ValueError) as error:
        if client is not None:
            client.close()
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
    repeat of its batches. Batches whose workers die time after time are tried again at the end, document by
    document, one at a time: only then is it sure which of them took the worker down.

    Args:
        keep: called in this process with the answers of one batch.

    Raises:
        ClusterError: the scheduler is lost, or a worker runs other code. Nothing that was kept is lost.
    """
    waiting = make_batches(tasks, setup.settings.batch_documents)
    flying: dict[str, tuple[Task, ...]] = {}
    suspects: list[Task] = []
    futures = as_completed()
    room = _room(client)
    run = secrets.token_hex(4)  # two audits on one cluster must not share keys: they would share answers
    numbers = count()

    def launch(name: str, batch: tuple[Task, ...]) -> None:
        future = client.submit(read_batch, desk, batch, key=f"{name}-{run}-{next(numbers)}", pure=False)
        flying[str(future.key)] = batch
        futures.add(future)

    def fill() -> None:
        for batch in islice(waiting, max(next(room) - len(flying), 0)):
            launch("read", batch)
        if suspects and not flying:
            launch(_ALONE, (suspects.pop(),))

    with _desk_at_every_worker(client, setup) as desk:
        fill()
        for future in futures:
            batch = flying.pop(str(future.key))
            answers = _answers(future)
            future.release()
            if answers is not None:
                keep(answers)
            elif str(future.key).startswith(_ALONE):
                keep([failed(task.job, Reason.CRASHED, setup.version) for task in batch])
            else:
                suspects += batch
            fill()


def _room(client: Client) -> Iterator[int]:
    """Yield, whenever asked, how many batches may be in flight."""
    while True:
        asked = time.monotonic()
        room = max(sum(client.nthreads().values()), 1) * _AHEAD
        while time.monotonic() - asked < _COUNT_EVERY:
            yield room


@contextlib.contextmanager
def _desk_at_every_worker(client: Client, setup: Setup) -> Iterator[str]:
    """Give the name of the desk that every worker has, also one that joins later, until the work is done."""
    desk = Desk(setup, code_digest())
    try:
        client.register_plugin(desk)
        yield desk.name
    except _LOST as error:
        kind = type(error).__name__
        raise ClusterError(
            f"the scheduler is lost ({kind}). See whether it runs, then start the same command again; "
            "what was read is kept."
        ) from None
    finally:
        if client.cluster is None and client.status == "running":  # what outlives the audit must not keep its people
            with contextlib.suppress(Exception):
                client.unregister_worker_plugin(desk.name)


def _answers(future: "Future[list[Answer]]") -> list[Answer] | None:
    """Return a batch's answers; None when the workers that tried it died."""
    try:
        answers: list[Answer] = future.result()
    except KilledWorker:
        return None
    except (ClusterError, *_LOST):
        raise
    except Exception as error:  # noqa: BLE001 - read_batch raises nothing, so the worker cannot run it
        kind = type(error).__name__
    else:
        return answers
    raise ClusterError(
        f"a worker cannot do our work ({kind}). Install the same wheel on all machines and start the same command "
        "again; what was read is kept."
    )
