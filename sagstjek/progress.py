"""How a long job tells how far it is."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Step:
    """What one finished document adds: pages read, whether it was unreadable, and how long it took."""

    pages: int = 0
    unreadable: bool = False
    seconds: float = 0.0


class Progress(Protocol):
    """Lives in the parent process only; writes to stderr, never to stdout."""

    def start(self, total: int, done: int) -> None:
        """Begin a job of `total` documents of which `done` are done already."""
        ...

    def advance(self, step: Step) -> None:
        """One more document is done."""
        ...

    def stop(self) -> None:
        """The job is over, or broken off."""
        ...
