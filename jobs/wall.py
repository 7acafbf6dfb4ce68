"""The wall around every document: it is read in a process of its own, which may hang, crash or eat memory.

Pebble keeps one reading process warm. A document that takes too long, or takes the process down, costs
itself and a restart; the reading then says so.
"""

import contextlib
import ctypes
import dataclasses
import hashlib
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import TimeoutError as TimedOut
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Final

from pebble import ProcessExpired, ProcessPool

from connectors.export_folder import fetch
from jobs.tools import Setup, make_tools
from pipeline.document import Tools, read_document
from sagstjek.errors import DocumentError
from sagstjek.shapes import Document, Reading, Reason, unreadable

_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of prctl(2)
_NO_DUMPS: Final = 4  # PR_SET_DUMPABLE
_tools: Tools | None = None  # of this reading process


@dataclass(frozen=True, slots=True)
class Job:
    """One document to read.

    Attributes:
        reference: fsspec address of its file.
        content: SHA-256 of the bytes that a still valid reading was made from; empty when there is none.
    """

    document: Document
    reference: str = field(repr=False)
    content: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The reading that the ledger has of this document still holds."""

    document_id: str


class Wall:
    """One warm reading process behind a time and a memory limit.

    Args:
        read: what the process does with a job; another one in tests.
        scratch: folder for its temporary files, which can hold pages; empty takes the system's.
    """

    def __init__(
        self, setup: Setup, read: Callable[["Job"], "Reading | Unchanged"] | None = None, scratch: str = ""
    ) -> None:
        self._setup = setup
        self._scratch = scratch
        self._read = read or _read
        self._pool: ProcessPool | None = None
        self.closed = False

    def read(self, job: Job) -> Reading | Unchanged:
        """Return the reading, or that the bytes are unchanged.

        A document that cannot be read in time and memory is `unreadable`, with the reason.
        """
        try:
            future = self._warm().schedule(self._read, args=(job,), timeout=self._setup.settings.document_seconds)
            reading: Reading | Unchanged = future.result()
        except TimedOut:
            return self._failed(job, Reason.TIMED_OUT)
        except (ProcessExpired, BrokenProcessPool):
            return self._failed(job, Reason.CRASHED)
        except MemoryError:
            return self._failed(job, Reason.OUT_OF_MEMORY)
        return reading

    def close(self) -> None:
        """Stop the reading process for good."""
        self.closed = True
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None

    def _warm(self) -> ProcessPool:
        if self.closed:
            raise RuntimeError("the wall is closed")
        if self._pool is None or not self._pool.active:
            _allow_children()
            self._pool = ProcessPool(
                max_workers=1,
                initializer=_start,
                initargs=(self._setup, self._scratch),
                context=multiprocessing.get_context("spawn"),
            )
        return self._pool

    def _failed(self, job: Job, reason: Reason) -> Reading:
        content = ""
        with contextlib.suppress(DocumentError):
            data = fetch(job.reference, self._setup.settings.max_file_bytes).data
            content = hashlib.sha256(data).hexdigest()
        return failed(job, reason, self._setup.version, content)


def failed(job: Job, reason: Reason, version: str, content: str = "") -> Reading:
    """Return the reading of a document that could not be read."""
    return Reading(job.document.document_id, content, version, (unreadable(1, reason),))


def _allow_children() -> None:
    """Let a worker that Dask's nanny made daemonic start the reading process."""
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined] # noqa: SLF001


def _start(setup: Setup, scratch: str) -> None:
    """Begin a reading process: die with the parent, leave no core dump, stay within memory, load the engines."""
    global _tools  # noqa: PLW0603 - one a process, made once
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        libc.prctl(_NO_DUMPS, 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limit = setup.settings.worker_memory
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.umask(0o077)
    if scratch:
        os.environ["TMPDIR"] = tempfile.tempdir = scratch
    _silence_native_code()
    _tools = make_tools(setup)


def _silence_native_code() -> None:
    """Send what C libraries print to nowhere: it can hold words of a document."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _read(job: Job) -> Reading | Unchanged:
    """Return the reading of one document; runs in the reading process."""
    assert _tools is not None
    try:
        fetched = fetch(job.reference, _tools.settings.max_file_bytes)
        if job.content and hashlib.sha256(fetched.data).hexdigest() == job.content:
            return Unchanged(job.document.document_id)
        reading = read_document(job.document, fetched.data, _tools)
    except DocumentError as error:
        return failed(job, error.reason, _tools.version)
    except MemoryError:
        return failed(job, Reason.OUT_OF_MEMORY, _tools.version)
    except Exception:  # noqa: BLE001 - a bug of ours must not lose the document, nor its text reach a log
        return failed(job, Reason.INTERNAL, _tools.version)
    return dataclasses.replace(reading, stamp=fetched.stamp)
