"""What an archive teaches: people's decisions, and titles that agree with what was read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final, Generic, TypeVar

import numpy as np

from connectors.ledger import Ledger
from models.adapt import Lesson, adapt
from models.evidence import Evidence
from models.labeller import Labeller
from models.teaching import teaching_order
from pipeline.titles import titled_as
from sagstjek.decisions import Decision
from sagstjek.shapes import Document, Part, Reading, Status

_Item = TypeVar("_Item")
_MOST_TITLES: Final = 1500
"""Titles learnt from: all parts are held against all, and more of them add little."""
_MOST_ASKED: Final = 3000
"""Doubtful parts among which those that teach most are sought."""
_TITLE_WEIGHT: Final = 0.3
_SAID_AT: Final = 0.05
"""Probability below which the text speaks against the title: such a title teaches nothing."""
_LEAST_DOUBT: Final = 0.02


@dataclass(frozen=True, slots=True)
class Seen:
    """A part with what its type was decided on. `single`: it is all of its document."""

    document: Document = field(repr=False)
    content: str
    part: Part = field(repr=False)
    single: bool


class Reservoir(Generic[_Item]):
    """A random sample of a stream (Vitter, "Random Sampling with a Reservoir", 1985)."""

    def __init__(self, most: int, rng: Random) -> None:
        self.items: list[_Item] = []
        self._most, self._rng, self._met = most, rng, 0

    def offer(self, item: _Item) -> None:
        """Take an item, or pass it over."""
        self._met += 1
        if len(self.items) < self._most:
            self.items.append(item)
        elif (place := self._rng.randrange(self._met)) < self._most:
            self.items[place] = item


@dataclass(frozen=True, slots=True)
class Learnt:
    """A model fitted to an archive, and what it was fitted to.

    Attributes:
        decisions, titles: how many were learnt from.
        noisy: titles that name a type which the text speaks against.
        doubtful: parts to ask a person about, the one that teaches most first.
    """

    model: Labeller = field(repr=False)
    decisions: int
    titles: int
    noisy: int
    doubtful: tuple[Seen, ...] = field(default=(), repr=False)


def learn(ledger: Ledger, model: Labeller, seed: int = 1, ask: int = 0) -> Learnt:
    """Return the model fitted to what the ledger's archive teaches.

    Args:
        model: what is known before. ask: how many parts to name that are worth a person's decision.
    """
    rng = Random(seed)
    decisions = ledger.decisions()
    decided: list[tuple[Seen, str]] = []
    titled: Reservoir[tuple[Seen, str]] = Reservoir(_MOST_TITLES, rng)
    doubtful: Reservoir[Seen] = Reservoir(_MOST_ASKED, rng)
    for seen in _parts(ledger):
        decision = decisions.get(seen.document.document_id, {}).get(seen.part.number)
        if decision is not None and decision.content == seen.content:
            decided.append((seen, decision.type))
            continue
        title = titled_as(seen.document.title) if seen.single else ""
        if title:
            titled.offer((seen, title))
        if seen.part.status is Status.REVIEW:
            doubtful.offer(seen)
    agreed = _agreed(model, titled.items)
    lessons = [
        *(Lesson(_evidence(seen), code) for seen, code in decided),
        *(Lesson(_evidence(seen), code, _TITLE_WEIGHT) for seen, code in agreed),
    ]
    fitted = adapt(model, lessons)
    asked = _teaching(fitted, [seen for seen, _ in decided], doubtful.items, ask) if ask else ()
    return Learnt(fitted, len(decided), len(agreed), len(titled.items) - len(agreed), tuple(asked))


def _parts(ledger: Ledger) -> Iterator[Seen]:
    """Yield every part of the archive that has evidence."""
    for document, reading in ledger.evidence():
        yield from _seen(document, reading)


def _seen(document: Document, reading: Reading) -> Iterator[Seen]:
    for part in reading.parts:
        if part.evidence:
            yield Seen(document, reading.content, part, len(reading.parts) == 1)


def _agreed(model: Labeller, titled: Sequence[tuple[Seen, str]]) -> list[tuple[Seen, str]]:
    """Return the titles that the text does not speak against."""
    known = [(seen, code) for seen, code in titled if code in model.types]
    if not known:
        return []
    chances = model.probabilities([_evidence(seen) for seen, _ in known])
    return [pair for pair, row in zip(known, chances, strict=True) if row[model.types.index(pair[1])] >= _SAID_AT]


def _teaching(model: Labeller, decided: Sequence[Seen], open_parts: Sequence[Seen], ask: int) -> list[Seen]:
    if not open_parts:
        return []
    every = [*decided[-_MOST_ASKED:], *open_parts]
    evidence = [_evidence(seen) for seen in every]
    doubt = 1 - model.probabilities(evidence).max(axis=1) + _LEAST_DOUBT
    known = np.arange(len(every) - len(open_parts))
    return [every[row] for row in teaching_order(model.features.transform(evidence), doubt, ask, known)]


def _evidence(seen: Seen) -> Evidence:
    return Evidence.unpack(seen.part.evidence)


def decisions_of(answers: Mapping[tuple[str, int], str], ledger: Ledger, by: str, at: str) -> Iterator[Decision]:
    """Yield the decisions that answers are, on the documents as they were read."""
    for document, reading in ledger.evidence():
        for part in reading.parts:
            code = answers.get((document.document_id, part.number))
            if code:
                yield Decision(document.document_id, part.number, reading.content, code, by, at)
