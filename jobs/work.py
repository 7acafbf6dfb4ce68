"""What a Dask worker does: read a batch of documents behind the wall. Failures are values, never exceptions.

Dask keeps the text of exceptions and prints arguments when a task fails, so nothing may escape from here.
"""

from dataclasses import dataclass

from distributed import Worker, WorkerPlugin, get_worker

from connectors.export_folder import stamp
from jobs.code import code_digest
from jobs.tools import Setup
from jobs.wall import Job, Unchanged, Wall, failed
from sagstjek.errors import DocumentError
from sagstjek.shapes import Reading, Reason

PLUGIN = "sagstjek-desk"


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

    A worker that runs other code than the driver refuses to work: an old worker would answer with old code.
    """

    name = PLUGIN

    def __init__(self, setup: Setup, code: str) -> None:
        self._setup = setup
        self._code = code
        self.wall: Wall | None = None

    def setup(self, worker: Worker) -> None:
        """Refuse a worker with other code; the reading process starts with the first document."""
        del worker
        if code_digest() != self._code:
            raise RuntimeError("this worker runs another version of sagstjek than the audit")
        self.wall = Wall(self._setup)

    def teardown(self, worker: Worker) -> None:
        """Stop the reading process."""
        del worker
        if self.wall is not None:
            self.wall.close()

    def __getstate__(self) -> tuple[Setup, str]:
        return self._setup, self._code

    def __setstate__(self, state: tuple[Setup, str]) -> None:
        self._setup, self._code = state
        self.wall = None

    def read(self, task: Task) -> Reading | Unchanged:
        """Return what a document holds, or that it is unchanged."""
        assert self.wall is not None
        job = task.job
        try:
            if task.stamp and stamp(job.reference) == task.stamp:
                return Unchanged(job.document.document_id)
            return self.wall.read(job)
        except DocumentError as error:
            return failed(job, error.reason, self._setup.version)
        except Exception:  # noqa: BLE001 - its text could hold a personal word, and Dask would keep it
            return failed(job, Reason.INTERNAL, self._setup.version)


def read_batch(tasks: tuple[Task, ...]) -> list[Reading | Unchanged]:
    """Return one answer a task; runs on a worker."""
    desk = get_worker().plugins[PLUGIN]
    assert isinstance(desk, Desk)
    return [desk.read(task) for task in tasks]
