"""What a Dask worker does: read a batch of documents behind the wall. Failures are values, never exceptions.

Dask keeps the text of exceptions and prints arguments when a task fails, so nothing may escape from here.
"""

import hashlib
import pickle
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from distributed import Reschedule, Worker, WorkerPlugin, get_worker

from connectors.export_folder import stamp
from jobs.code import code_digest
from jobs.tools import Setup, make_tools
from jobs.wall import Job, Unchanged, Wall, failed
from sagstjek.errors import ClusterError, DocumentError, SagstjekError
from sagstjek.shapes import Reading, Reason


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read unless it is unchanged.

    Attributes:
        stamp: of the file when it was read by the same step version; empty when it was not.
    """

    job: Job
    stamp: str = ""


class Desk(WorkerPlugin):
    """A worker's wall, made when the worker joins and closed when it leaves.

    A worker that would read with other code, another engine or another model than the driver refuses to work.

    Attributes:
        name: of this audit alone, so that audits on the same cluster do not take each other's desks.
    """

    def __init__(self, setup: Setup, code: str) -> None:
        self._setup = setup
        self._code = code
        self.name = f"sagstjek-desk-{hashlib.sha256(setup.key).hexdigest()[:12]}"
        self.wall: Wall | None = None

    def setup(self, worker: Worker) -> None:
        """Refuse a worker that would read differently; the reading process starts with the first document."""
        found = code_digest()
        if found != self._code:
            raise ClusterError(
                f"the worker at {worker.address} runs other code of sagstjek ({found}) than this audit ({self._code}). "
                "Install the same wheel there and restart the worker."
            )
        try:
            tools = make_tools(self._setup)
        except SagstjekError as error:
            raise ClusterError(f"the worker at {worker.address} cannot read documents: {error}") from None
        theirs, ours = f"{tools.version}/{tools.deciding}", f"{self._setup.version}/{self._setup.deciding}"
        if theirs != ours:
            raise ClusterError(
                f"the worker at {worker.address} would read with other tools ({theirs}) than this audit "
                f"({ours}). Install the same engine, languages and wheel there."
            )
        # Dask clears this folder when the worker ends, and one that was killed when the next one starts.
        self.wall = Wall(self._setup, scratch=worker.local_directory)

    def teardown(self, worker: Worker) -> None:
        """Stop the reading process."""
        del worker
        if self.wall is not None:
            self.wall.close()

    def __reduce__(self) -> tuple[Callable[[bytes], "Desk"], tuple[bytes]]:
        """Travel packed: a roster is long, and Dask's log of messages must show no word of it."""
        return _unpacked, (zlib.compress(pickle.dumps((self._setup, self._code))),)

    def read(self, task: Task) -> Reading | Unchanged:
        """Return what a document holds, or that it is unchanged.

        Raises:
            ClusterError: this worker was refused when it joined.
            Reschedule: this worker is leaving, and what it says of the document is not true; another one reads it.
        """
        if self.wall is None:
            raise ClusterError(
                "a worker that joined the cluster runs other code or tools than this audit. Restart the workers from "
                "the same installation (`sagstjek doctor --cluster ADDRESS` names the machine), then start again."
            )
        answer = self._read(task, self.wall)
        if self.wall.closed:
            raise Reschedule
        return answer

    def _read(self, task: Task, wall: Wall) -> Reading | Unchanged:
        job = task.job
        try:
            if task.stamp and stamp(job.reference) == task.stamp:
                return Unchanged(job.document.document_id)
            return wall.read(job)
        except DocumentError as error:
            return failed(job, error.reason, self._setup.version)
        except Exception:  # noqa: BLE001 - its text could hold a personal word, and Dask would keep it
            return failed(job, Reason.INTERNAL, self._setup.version)


def _unpacked(packed: bytes) -> Desk:
    setup, code = pickle.loads(zlib.decompress(packed))  # noqa: S301 - Dask unpickles whatever it is sent anyway
    return Desk(setup, code)


def read_batch(desk: str, tasks: tuple[Task, ...]) -> list[Reading | Unchanged]:
    """Return one answer a task; runs on a worker.

    Args:
        desk: name of the audit's desk.
    """
    found = get_worker().plugins[desk]
    assert isinstance(found, Desk)
    return [found.read(task) for task in tasks]
