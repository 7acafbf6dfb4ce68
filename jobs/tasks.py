"""Which documents must be read: those without a reading, and those whose reading may no longer hold."""

import dataclasses
import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from typing import Final

from connectors.addresses import is_remote
from connectors.export_folder import ExportFolder, stamp
from connectors.ledger import Ledger
from connectors.ledger_rows import Listed
from jobs.wall import Job, Unchanged
from jobs.work import Task
from sagstjek.errors import DocumentError

_AT_ONCE: Final = 16
"""Files asked for their stamp at the same time: a share takes its time to answer."""
_CHUNK: Final = 125


def make_tasks(
    ledger: Ledger, folder: ExportFolder, version: str, contexts: dict[str, str]
) -> Iterator[Task | Unchanged]:
    """Yield, for every document of the index, a task that names what the ledger knows, or that it is unchanged.

    Files on a disk or a share are looked at here: that is cheaper than to hand a task over. Where it takes a
    question to a store, the workers ask it.

    Args:
        contexts: filled with the digest of what each task's reading will depend on.
    """
    index = ledger.index()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        while page := list(islice(index, _AT_ONCE * _CHUNK)):
            tasks = [_task(listed, folder, version) for listed in page]
            chunks = [tasks[start : start + _CHUNK] for start in range(0, len(tasks), _CHUNK)]
            for (task, context), same in zip(tasks, chain.from_iterable(pool.map(_unchanged, chunks)), strict=True):
                name = task.job.document.document_id
                if same:
                    yield Unchanged(name)
                else:
                    contexts[name] = context
                    yield task if is_remote(task.job.reference) else dataclasses.replace(task, stamp="")


def context_of(version: str, body: str) -> str:
    """Return the digest of all that a reading depends on beside the bytes: how it is read, and what the index says."""
    return hashlib.sha256(f"{version}\0{body}".encode()).hexdigest()[:32]


def _task(listed: Listed, folder: ExportFolder, version: str) -> tuple[Task, str]:
    """Return the task for a document, and the digest of what its reading will depend on."""
    document, known = listed.document, listed.known
    context = context_of(version, listed.body)
    reference = folder.reference(document)
    if known is None or known.context != context:
        return Task(Job(document, reference)), context
    return Task(Job(document, reference, known.content), known.stamp), context


def _unchanged(tasks: Sequence[tuple[Task, str]]) -> list[bool]:
    return [bool(task.stamp) and task.stamp == _stamp(task.job.reference) for task, _ in tasks]


def _stamp(reference: str) -> str:
    """Return the stamp of a file; empty when a worker must find out."""
    try:
        return "" if is_remote(reference) else stamp(reference)
    except DocumentError:
        return ""
