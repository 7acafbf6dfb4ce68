"""Tasks in batches of about the same cost; long documents early, so that no core idles at the end."""

from collections import deque
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import Final

from connectors.addresses import is_remote
from jobs.work import Task

_BATCH_BYTES: Final = 16 * 1024 * 1024
"""A batch has at most so many bytes to read, or is one document."""
_CHECKS: Final = 16
"""Documents that are only looked at, most likely unchanged, for one that is read."""
_AHEAD: Final = 10_000
"""Tasks looked at ahead of the work: what lies in between keeps all cores busy while a long document is read."""

_Weighed = tuple[int, Task]


def make_batches(tasks: Iterable[Task], most: int) -> Iterator[tuple[Task, ...]]:
    """Yield every task once, in batches of at most `most` documents that are read.

    The order is that of the tasks, but that long documents come as soon as they are seen, and the last ones
    from the longest to the shortest.
    """
    batch: list[Task] = []
    filled = 0
    for weight, task in _long_early((_weight(task, most), task) for task in tasks):
        if weight >= _BATCH_BYTES:
            yield (task,)
            continue
        batch.append(task)
        filled += weight
        if filled >= _BATCH_BYTES:
            yield tuple(batch)
            batch, filled = [], 0
    if batch:
        yield tuple(batch)


def _long_early(tasks: Iterable[_Weighed]) -> Iterator[_Weighed]:
    waiting: deque[_Weighed] = deque()
    for weighed in tasks:
        if weighed[0] >= _BATCH_BYTES:
            yield weighed
            continue
        waiting.append(weighed)
        if len(waiting) > _AHEAD:
            yield waiting.popleft()
    yield from sorted(waiting, key=itemgetter(0), reverse=True)


def _weight(task: Task, most: int) -> int:
    """Return the bytes that a document counts for: a small one has its share of a batch at least."""
    share = -(-_BATCH_BYTES // most)
    return share // _CHECKS if task.stamp else max(share, _size(task.job.reference))


def _size(reference: str) -> int:
    """Return the size of a file; 0 where that would take a question to a store, or it cannot be told."""
    try:
        return 0 if is_remote(reference) else Path(reference).stat().st_size
    except (OSError, ValueError):
        return 0
