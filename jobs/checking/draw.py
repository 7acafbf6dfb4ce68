"""A stratified random sample of what an audit says, drawn so that people's answers can be counted up to the whole.

Three piles: what was accepted; what was not found, as e-discovery's elusion test samples the discarded pile; and
what waits for review. In each, strata of units that are alike, each drawn from in proportion to its size.
"""

import dataclasses
import datetime as dt
import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jobs.checking.questions import Pile, Question, Sample, Stratum
from jobs.sampling import allocate
from jobs.strata import Key, group
from sagstjek.findings import Finding, Outcome
from sagstjek.shapes import Document, Part, Reading, Status

SHARES: Final = {Pile.ACCEPTED: 0.5, Pile.MISSING: 0.3, Pile.REVIEW: 0.2}
"""How the questions are shared out; a pile that has fewer units leaves the rest to the others."""
_PER_STRATUM: Final = 5
"""Questions that a stratum has on average, at least: fewer tell nothing of it, and weigh unevenly."""
_LEAST: Final = 8
_MISFILED: Final = ("misfiled",)
_MISFILED_SHARE: Final = 0.1
"""Share of a pile's questions for parts said to be misfiled, where they are fewer than that."""
_OF_STATUS: Final = {Status.ACCEPTED: Pile.ACCEPTED, Status.REVIEW: Pile.REVIEW}


@dataclass(frozen=True, slots=True)
class Unit:
    """What can be drawn: the key of its stratum, and the question it would be."""

    key: Key
    question: Question


def draw(
    readings: Iterable[tuple[Document, Reading]],
    findings: Sequence[Finding],
    basis: str,
    day: dt.date,
    n: int,
    seed: int,
) -> Sample:
    """Return a sample of about `n` questions; the same seed draws the same from the same audit.

    Args:
        basis: digest of what was audited with what.
    """
    carries = Counter(finding.evidence for finding in findings if finding.outcome is Outcome.FULFILLED)
    units = _units(readings, findings, carries)
    rng = random.Random(seed)
    shares = allocate([len(units[pile]) for pile in Pile], [SHARES[pile] for pile in Pile], n)
    strata: list[Stratum] = []
    drawn: list[Question] = []
    for pile, share in zip(Pile, shares, strict=True):
        for stratum, some in _strata(pile, units[pile], share, rng):
            drawn += [_numbered(question, len(strata), 0) for question in some]
            strata.append(stratum)
    code = hashlib.sha256(f"{basis}\0{n}\0{seed}".encode()).hexdigest()[:6]
    questions = tuple(_numbered(question, question.stratum, number) for number, question in enumerate(drawn, 1))
    return Sample(code, day, seed, basis, sum(carries.values()), tuple(strata), questions)


def _units(
    readings: Iterable[tuple[Document, Reading]], findings: Iterable[Finding], carries: Mapping[str, int]
) -> dict[Pile, list[Unit]]:
    units: dict[Pile, list[Unit]] = {pile: [] for pile in Pile}
    for document, reading in readings:
        for part in reading.parts:
            pile = _OF_STATUS.get(part.status)
            if pile is not None:
                units[pile].append(_of_part(pile, document.document_id, part, carries))
    for finding in findings:
        if finding.outcome is Outcome.MISSING:
            key = (finding.because.value, finding.requirement)
            whom = finding.employment.employment_id
            question = Question(0, Pile.MISSING, 0, finding.types, employment_id=whom, requirement=finding.requirement)
            units[Pile.MISSING].append(Unit(key, question))
    return units


def _of_part(pile: Pile, document_id: str, part: Part, carries: Mapping[str, int]) -> Unit:
    ref = f"{document_id}#{part.number}"
    question = Question(
        0, pile, 0, (part.type,), document_id, part.number, part.candidates, part.misfiled, carries.get(ref, 0)
    )
    if part.misfiled:
        return Unit(_MISFILED, question)
    if pile is Pile.REVIEW:
        return Unit((_set_size(part.candidates), part.type), question)
    return Unit(("carries" if question.carries else "carries_not", part.type), question)


def _set_size(candidates: Sequence[str]) -> str:
    return "set_1" if len(candidates) < 2 else "set_2_3" if len(candidates) < 4 else "set_4"


def _strata(pile: Pile, units: Sequence[Unit], share: int, rng: random.Random) -> list[tuple[Stratum, list[Question]]]:
    """Return the strata of a pile, each with the questions drawn from it."""
    members: dict[Key, list[Unit]] = {}
    for unit, name in zip(units, _names(units, share), strict=True):
        members.setdefault(name, []).append(unit)
    names = sorted(members)
    sizes = [len(members[name]) for name in names]
    weights = [
        max(size, _MISFILED_SHARE * len(units)) if name == _MISFILED else float(size)
        for name, size in zip(names, sizes, strict=True)
    ]
    drawn = []
    for name, size, count in zip(names, sizes, allocate(sizes, weights, share), strict=True):
        picked = [members[name][place].question for place in sorted(rng.sample(range(size), count))]
        drawn.append((Stratum(pile, name, size), picked))
    return drawn


def _names(units: Sequence[Unit], share: int) -> list[Key]:
    """Return the name of each unit's stratum: as fine as the number of questions allows."""
    keys = [unit.key for unit in units]
    least = _LEAST
    names = group(keys, least)
    while len(set(names)) > max(1, share // _PER_STRATUM) and least < len(units):
        least *= 2
        names = group(keys, least)
    return [_MISFILED if key == _MISFILED else name for key, name in zip(keys, names, strict=True)]


def _numbered(question: Question, stratum: int, number: int) -> Question:
    return dataclasses.replace(question, stratum=stratum, number=number)
