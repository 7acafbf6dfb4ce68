"""Time between calls: backoff with jitter, and one rate for all threads. Clock and chance come in as arguments."""

import threading
import time
from random import Random
from typing import Final, Protocol

_MOST_ASKED_FOR: Final = 120.0
"""Seconds of `Retry-After` that are obeyed; a longer wait ends as `unavailable`."""


class Clock(Protocol):
    """Tells the time and waits, in seconds."""

    def now(self) -> float:
        """Return seconds since some moment; never goes back."""
        ...

    def wait(self, seconds: float) -> None:
        """Come back after so many seconds."""
        ...


class WallClock:
    """The real one."""

    def now(self) -> float:
        """Return the monotonic time."""
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        """Sleep."""
        time.sleep(seconds)


class Tempo:
    """Lets calls through one by one, at most so many a second, whichever thread they come from."""

    def __init__(self, per_second: float, clock: Clock) -> None:
        self._gap = 1 / per_second if per_second else 0.0
        self._clock = clock
        self._next = 0.0
        self._lock = threading.Lock()

    def take(self) -> None:
        """Wait for the next free place."""
        with self._lock:
            now = self._clock.now()
            place = max(now, self._next)
            self._next = place + self._gap
        if place > now:
            self._clock.wait(place - now)

    def hold(self, seconds: float) -> None:
        """Let nobody through for a while: the server asked for it."""
        with self._lock:
            self._next = max(self._next, self._clock.now() + seconds)


def pause(attempt: int, first: float, most: float, chance: Random) -> float:
    """Return the seconds to wait after an attempt (from 1): doubling up to `most`, less up to a half by chance."""
    return min(most, first * 2.0 ** min(attempt - 1, 30)) * chance.uniform(0.5, 1.0)


def asked_for(retry_after: str) -> float:
    """Return the seconds of a `Retry-After` header; 0 when it names none."""
    return min(float(retry_after), _MOST_ASKED_FOR) if retry_after.isascii() and retry_after.isdigit() else 0.0
