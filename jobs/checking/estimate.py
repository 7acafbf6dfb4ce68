"""From answers to rates with 95 % intervals: what a check sample says of the whole audit.

Each question stands for as many units as its stratum has a question for. Intervals are Wilson's for as many
observations as the weights are worth (Kish, 1965), for errors are rare and may not be in the sample at all; where the
whole pile was looked at there is nothing to guess. What nobody could tell is left out, as are strata without an answer:
they are taken to be like the rest of their pile.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from jobs.checking.questions import Answer, Pile, Question, Sample, Stratum
from jobs.sampling import Estimate, Stratified, wilson
from models.evaluate import Share

Good = Callable[[Question], bool]


@dataclass(frozen=True, slots=True)
class StratumFigures:
    """A stratum: how many of its questions were told, and how many of those were right (or absent, as said)."""

    stratum: Stratum
    right: Share


@dataclass(frozen=True, slots=True)
class Measured:
    """What people saw. Shares 0-1; None where nothing of the kind was told.

    Attributes:
        asked, told, unclear: rows; answered so that it counts; looked at, but nobody could tell.
        accepted: type right and person right, of what was accepted. person: person right.
        misfiled: really about whom the machine says, of those said to lie on somebody else's case.
        review: the machine's first guess right, of what waits for review.
        covered: the right type in the prediction set, of accepted and review together; rows without the right
            type are left out.
        elusion: there after all, of the requirements reported missing.
        false_gaps: how many that are. missed_gaps: fulfilled requirements that rest on a wrong part, at most; another
            part may fulfil them.
    """

    code: str
    day: dt.date
    asked: int
    told: int
    unclear: int
    accepted: Estimate | None
    person: Estimate | None
    misfiled: Share
    review: Estimate | None
    covered: Estimate | None
    elusion: Estimate | None
    false_gaps: Estimate | None
    missed_gaps: Estimate | None
    strata: tuple[StratumFigures, ...]


def measure(sample: Sample) -> Measured:
    """Return what the answers to a sample say."""
    told = [question for question in sample.questions if question.told]
    piles = {pile: [question for question in told if question.pile is pile] for pile in Pile}
    accepted, missing, review = (piles[pile] for pile in Pile)
    parts = [question for question in (*accepted, *review) if _knows_type(question)]
    misfiled = [question for question in (*accepted, *review) if question.misfiled]
    false_gaps = _count(sample, missing, lambda question: question.answer is Answer.THERE)
    reported = sum(stratum.size for stratum in sample.strata if stratum.pile is Pile.MISSING)
    return Measured(
        code=sample.code,
        day=sample.day,
        asked=len(sample.questions),
        told=len(told),
        unclear=sum(question.answer is Answer.UNCLEAR for question in sample.questions),
        accepted=_share(sample, accepted, is_right),
        person=_share(sample, accepted, _person_right),
        misfiled=Share(sum(map(_person_right, misfiled)), len(misfiled)),
        review=_share(sample, review, is_right),
        covered=_share(sample, parts, _in_set),
        elusion=false_gaps.times(1 / reported) if false_gaps else None,
        false_gaps=false_gaps or (None if reported else Estimate(0.0, 0.0, 0.0)),
        missed_gaps=_missed(sample, accepted),
        strata=tuple(_of_stratum(stratum, at, told) for at, stratum in enumerate(sample.strata)),
    )


def is_right(question: Question) -> bool:
    """Return whether the machine was right."""
    return question.answer in {Answer.RIGHT, Answer.ABSENT}


def _share(sample: Sample, told: Sequence[Question], good: Good) -> Estimate | None:
    found = _count(sample, told, good)
    return found.times(1 / _population(sample, told)) if found else None


def _count(sample: Sample, told: Sequence[Question], good: Good) -> Estimate | None:
    """Return how many units of the piles of these questions are good; None where nothing was told."""
    if not told:
        return None
    used = sorted({question.stratum for question in told})
    strata = Stratified(
        np.array([used.index(question.stratum) for question in told]),
        np.array([sample.strata[place].size for place in used]),
        _population(sample, told),
    )
    return strata.count([float(good(question)) for question in told])


def _population(sample: Sample, told: Sequence[Question]) -> int:
    """Return the units of the piles that these questions are of."""
    piles = {question.pile for question in told}
    return sum(stratum.size for stratum in sample.strata if stratum.pile in piles)


def _missed(sample: Sample, accepted: Sequence[Question]) -> Estimate | None:
    """Return how many fulfilled requirements rest on a wrong part: their number is known, the wrong share estimated.

    Each accepted part counts by how many units it stands for, times how many requirements it carries.
    """
    if not sample.fulfilled:
        return Estimate(0.0, 0.0, 0.0)
    read = np.bincount([question.stratum for question in accepted], minlength=len(sample.strata))
    weights = np.array([q.carries * sample.strata[q.stratum].size / read[q.stratum] for q in accepted])
    if not weights.sum():
        return None
    wrong = np.array([not is_right(question) for question in accepted])
    share = float(weights @ wrong / weights.sum())
    left = 1 - len(accepted) / _population(sample, accepted)
    if not left:
        return Estimate(share, share, share).times(sample.fulfilled)
    low, high = wilson(share, float(weights.sum() ** 2 / np.square(weights).sum()) / left)
    return Estimate(share, low, high).times(sample.fulfilled)


def _of_stratum(stratum: Stratum, at: int, told: Sequence[Question]) -> StratumFigures:
    some = [question for question in told if question.stratum == at]
    return StratumFigures(stratum, Share(sum(map(is_right, some)), len(some)))


def _person_right(question: Question) -> bool:
    return question.answer is not Answer.WRONG_PERSON


def _knows_type(question: Question) -> bool:
    """Return whether the answer tells the type; `wrong person` says that the type was right."""
    return question.answer is not Answer.WRONG_TYPE or bool(question.actual)


def _in_set(question: Question) -> bool:
    return question.answer is not Answer.WRONG_TYPE or question.actual in question.candidates
