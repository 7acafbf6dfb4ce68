"""The file of a plan: what an audit was expected to take, and how that stood to what it took."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sagstjek.errors import InputError
from sagstjek.shapes import Reading, Reason, Status

QUANTITIES: Final = ("core_hours", "bytes", "pages", "pages_read", "parts", "review", "unreadable")
"""What a plan estimates: totals over all documents. `review`: parts, before duplicates are told apart."""
_HOUR: Final = 3600


@dataclass(frozen=True, slots=True)
class Taken:
    """What one document took and gave, in the quantities of a plan."""

    core_hours: float
    bytes: float
    pages: float
    pages_read: float
    parts: float
    review: float
    unreadable: float


def taken_by(reading: Reading, document_seconds: float) -> Taken:
    """Return what a reading took and gave.

    Args:
        document_seconds: what a document costs that was given up.
    """
    parts = reading.parts
    given_up = any(part.reason is Reason.TIMED_OUT for part in parts) and not reading.seconds
    seconds = document_seconds if given_up else reading.seconds
    return Taken(
        seconds / _HOUR,
        reading.size,
        sum(part.pages for part in parts),
        sum(part.pages_read for part in parts),
        len(parts),
        sum(part.status is Status.REVIEW for part in parts),
        all(part.status is Status.UNREADABLE for part in parts),
    )


def load_plan(file: Path) -> Mapping[str, Any]:
    """Return a plan that `sagstjek plan --out` wrote.

    Raises:
        InputError: it cannot be read, or is none.
    """
    try:
        plan = json.loads(file.read_text("utf-8"))
        estimates = {name: plan["estimates"][name] for name in QUANTITIES}
        if all(isinstance(one[part], int | float) for one in estimates.values() for part in ("value", "low", "high")):
            return dict(plan)
    except OSError as error:
        raise InputError(
            f"{file}: cannot be read ({error.strerror}). Name the file of `sagstjek plan --out`."
        ) from None
    except (ValueError, KeyError, TypeError):
        pass
    raise InputError(f"{file}: is no plan of this version. Make it again: sagstjek plan EXPORT --out {file}")


def held_against(plan: Mapping[str, Any], readings: Iterable[Reading], document_seconds: float) -> dict[str, Any]:
    """Return each estimate of a plan with its interval, the truth, and whether the interval held it."""
    truth = dict.fromkeys(QUANTITIES, 0.0)
    for reading in readings:
        taken = taken_by(reading, document_seconds)
        for name in QUANTITIES:
            truth[name] += getattr(taken, name)
    compared = {
        name: {**plan["estimates"][name], "truth": truth[name], "held": _held(plan["estimates"][name], truth[name])}
        for name in QUANTITIES
    }
    return {"made": plan["made"], "version": plan["version"], "sample": plan["sample"], **compared}


def _held(estimate: Mapping[str, float], truth: float) -> bool:
    room = 1e-6 * max(abs(truth), 1.0)
    return bool(estimate["low"] - room <= truth <= estimate["high"] + room)
