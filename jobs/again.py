"""Readings decided again when the model, the threshold or the roster is another: minutes instead of OCR."""

import hashlib
from collections.abc import Iterator
from itertools import islice
from typing import Final

from connectors.ledger import Ledger
from connectors.ledger_rows import Stale
from jobs.tasks import context_of
from jobs.tools import Setup
from models.labeller import load_model
from pipeline.again import Anew, decide_again
from pipeline.attribute import People
from sagstjek.people import Roster
from sagstjek.shapes import Reading

_BATCH: Final = 500


def deciding_basis(setup: Setup, roster: Roster) -> str:
    """Return a digest of what types and persons are decided with."""
    return hashlib.sha256(f"{setup.deciding}\0{_people_digest(roster)}".encode()).hexdigest()[:32]


def decide_stale(ledger: Ledger, setup: Setup, roster: Roster, before: Roster | None) -> int:
    """Decide again what was decided with something else, and return how many readings that were.

    A reading that will be made again anyway, or must be, is left to that.

    Args:
        before: the roster that the readings were made with.
    """
    basis = deciding_basis(setup, roster)
    stale = ledger.stale(basis)
    some = list(islice(stale, _BATCH))
    if not some:
        return 0
    classifier = load_model(setup.model)
    accept_at = setup.settings.accept_at or classifier.accept_at
    anew = Anew(classifier, accept_at, People.of(roster.employments), _renamed(roster, before))
    count = 0
    while some:
        kept, contexts = _decide(some, setup.version, anew)
        ledger.keep(kept, contexts, basis)
        count += sum(bool(context) for context in contexts.values())
        some = list(islice(stale, _BATCH))
    return count


def _decide(some: list[Stale], version: str, anew: Anew) -> tuple[list[Reading], dict[str, str]]:
    """Return the readings, decided again where that can be; the others without what they rest on, to be read again."""
    current = [item for item in some if item.context == context_of(version, item.body)]
    decided = decide_again([(item.document, item.reading) for item in current], anew)
    readings = [reading or item.reading for item, reading in zip(current, decided, strict=True)]
    contexts = {
        item.reading.document_id: item.context if reading else ""
        for item, reading in zip(current, decided, strict=True)
    }
    return readings, contexts


def _renamed(roster: Roster, before: Roster | None) -> frozenset[str]:
    """Return the CPR numbers of people whose name is new on the roster."""
    old = set(_names(before)) if before else set()
    return frozenset(digits for digits, name in _names(roster) if (digits, name) not in old)


def _names(roster: Roster) -> Iterator[tuple[str, str]]:
    return ((employment.cpr.digits, employment.name) for employment in roster.employments)


def _people_digest(roster: Roster) -> str:
    digest = hashlib.sha256()
    for digits, name in _names(roster):
        digest.update(f"{digits}\0{name}\n".encode())
    return digest.hexdigest()
