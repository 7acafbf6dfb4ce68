"""Live progress on stderr: documents, pages, rate, time left, unreadable so far. Plain lines without a terminal."""

import sys
import time
from typing import Final, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from sagstjek.progress import Step

_EVERY: Final = 15.0
"""Seconds between two plain lines."""
_AT_ONCE: Final = 0.1
"""Seconds between two looks of the bar: to draw it costs more than what a document costs the driver."""


class LiveProgress:
    """A bar in the terminal of the one who waits."""

    def __init__(self) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pages]} pages, {task.fields[rate]:.1f}/s, {task.fields[unreadable]} unreadable"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._task = TaskID(0)
        self._tally = _Tally()
        self._shown = 0.0

    def start(self, total: int, done: int) -> None:
        """Show the bar."""
        self._tally = _Tally(done)
        self._bar.start()
        self._task = self._bar.add_task("documents", total=total, completed=done, pages=0, rate=0.0, unreadable=0)
        self._show()

    def advance(self, step: Step) -> None:
        """Count one document."""
        self._tally.add(step)
        if time.monotonic() - self._shown >= _AT_ONCE:
            self._show()

    def stop(self) -> None:
        """Leave the bar as it is."""
        self._show()
        self._bar.stop()

    def _show(self) -> None:
        self._shown = time.monotonic()
        tally = self._tally
        self._bar.update(
            self._task, completed=tally.documents, pages=tally.pages, rate=tally.rate, unreadable=tally.unreadable
        )


class PlainProgress:
    """A line now and then, for a log file."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._total = 0
        self._tally = _Tally()
        self._said = time.monotonic()

    def start(self, total: int, done: int) -> None:
        """Say what there is to do."""
        self._total = total
        self._tally = _Tally(done)
        self._stream.write(f"sagstjek: {total} documents, {done} of them read before\n")

    def advance(self, step: Step) -> None:
        """Count one document; say so when it is time."""
        self._tally.add(step)
        if time.monotonic() - self._said >= _EVERY:
            self._say()

    def stop(self) -> None:
        """Say how it ended."""
        self._say()

    def _say(self) -> None:
        self._said = time.monotonic()
        tally = self._tally
        rate = tally.rate
        left = (
            f", {_duration((self._total - tally.documents) / rate)} left"
            if rate and tally.documents < self._total
            else ""
        )
        self._stream.write(
            f"sagstjek: {tally.documents} of {self._total} documents, {tally.pages} pages, {rate:.1f} a second{left}, "
            f"{tally.unreadable} unreadable\n"
        )
        self._stream.flush()


class _Tally:
    """What has been counted since the start."""

    def __init__(self, done: int = 0) -> None:
        self.documents = done
        self.pages = 0
        self.unreadable = 0
        self._began = time.monotonic()
        self._before = done

    def add(self, step: Step) -> None:
        self.documents += 1
        self.pages += step.pages
        self.unreadable += step.unreadable
        if not step.seconds:  # it was known already, and says nothing of the time left
            self._before += 1
        if self._before == self.documents:
            self._began = time.monotonic()

    @property
    def rate(self) -> float:
        """Documents read a second since the start."""
        passed = time.monotonic() - self._began
        return (self.documents - self._before) / passed if passed > 0 else 0.0


def _duration(seconds: float) -> str:
    """Return a time in its two greatest units: 45 s, 3 min, 2 h 5 min, 6 d 4 h."""
    minutes = round(seconds / 60)
    hours, days = minutes // 60, minutes // 1440
    if days:
        return f"{days} d {hours % 24} h"
    if hours:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min" if seconds >= 90 else f"{seconds:.0f} s"


def open_progress() -> LiveProgress | PlainProgress:
    """Return the progress that fits stderr."""
    return LiveProgress() if sys.stderr.isatty() else PlainProgress()
