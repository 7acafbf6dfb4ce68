"""Rates from answers; and intervals that hold the truth as often as they say, over many audits and samples."""

import dataclasses
import datetime as dt
import random

import pytest

from jobs.checking.draw import draw
from jobs.checking.estimate import measure
from jobs.checking.questions import Answer, Pile, Question, Sample, Stratum
from sagstjek.findings import Because, Finding, Outcome
from sagstjek.people import Employment
from sagstjek.shapes import Document, Part, Reading, Status
from tests.jobs.checking.small import DAY, NANCY, sample


def answer(found, by):
    """Return the sample with the answer and type that `by` gives for each question."""
    questions = []
    for question in found.questions:
        said, actual = by(question)
        questions.append(dataclasses.replace(question, answer=said, actual=actual))
    return dataclasses.replace(found, questions=tuple(questions))


def all_right(question):
    return (Answer.ABSENT if question.pile is Pile.MISSING else Answer.RIGHT), ""


def test_nothing_answered_says_nothing():
    found = measure(sample())
    assert (found.told, found.accepted, found.elusion, found.false_gaps, found.missed_gaps) == (0, *[None] * 4)


def test_all_right_of_a_sample_leaves_doubt_and_of_a_whole_none():
    some = measure(answer(sample(30), all_right))
    assert (some.accepted.value, some.accepted.high) == (1.0, 1.0)
    assert 0.6 < some.accepted.low < 0.95
    whole = measure(answer(sample(1000), all_right))
    assert (whole.accepted.low, whole.covered.low, whole.missed_gaps.high, whole.false_gaps.high) == (1, 1, 0, 0)


def test_each_row_counts_for_what_it_stands_for():
    strata = (Stratum(Pile.ACCEPTED, ("a",), 90), Stratum(Pile.ACCEPTED, ("b",), 10), Stratum(Pile.MISSING, ("m",), 40))
    said = [(0, Answer.RIGHT)] * 9 + [(0, Answer.WRONG_TYPE)] + [(1, Answer.RIGHT)] * 2 + [(1, Answer.WRONG_PERSON)] * 2
    questions = [
        Question(n, Pile.ACCEPTED, place, ("cv",), candidates=("cv", "mus"), carries=place, answer=one)
        for n, (place, one) in enumerate(said)
    ]
    questions += [
        Question(90 + n, Pile.MISSING, 2, ("cv",), answer=one)
        for n, one in enumerate([Answer.THERE, Answer.ABSENT, Answer.ABSENT, Answer.ABSENT, Answer.UNCLEAR])
    ]
    found = measure(Sample("x", DAY, 1, "", 30, strata, tuple(questions)))
    assert found.accepted.value == pytest.approx((0.9 * 90 + 0.5 * 10) / 100)
    assert found.person.value == pytest.approx((90 + 0.5 * 10) / 100)
    assert found.elusion.value == pytest.approx(0.25)
    assert found.false_gaps.value == pytest.approx(10)
    assert found.missed_gaps.value == pytest.approx(0.5 * 30)
    assert (found.told, found.unclear) == (18, 1)
    assert [one.right.total for one in found.strata] == [10, 4, 4]


def test_the_prediction_set_is_judged_where_the_type_is_known():
    def by(question):
        if question.pile is not Pile.REVIEW:
            return all_right(question)
        return Answer.WRONG_TYPE, ("ferie", "orlov", "")[question.number % 3]

    found = measure(answer(sample(1000), by))
    review = [q for q in answer(sample(1000), by).questions if q.pile is Pile.REVIEW and q.actual]
    outside = sum(q.actual == "orlov" for q in review)
    assert found.covered.value < 1
    assert outside > 0
    assert found.review.value == 0


# Coverage of the intervals: many samples from audits of which all is known


def audit(rng):
    """Return readings and findings of an audit whose errors are known, and the numbers of these."""
    readings, findings, wrong, there = [], [], set(), set()
    rates = {"cv": 0.01, "mus": 0.05, "ferie": 0.2, "orlov": 0.0, "barsel": 0.4}
    sizes = {"cv": 900, "mus": 400, "ferie": 60, "orlov": 300, "barsel": 25}
    hired = dt.date(2011, 5, 3)
    for code, size in sizes.items():
        for n in range(size):
            name = f"{code}{n}"
            part = Part(1, type=code, status=Status.ACCEPTED, candidates=(code,), confidence=0.99)
            readings.append((Document(name, name), Reading(name, "", "", (part,))))
            if rng.random() < rates[code]:
                wrong.add(f"{name}#1")
            whom = Employment(name, NANCY, "", hired)
            if n % 3 == 0:
                findings.append(Finding(whom, code, Outcome.FULFILLED, Because.ACCEPTED, (code,), 0.99, f"{name}#1"))
            elif n % 3 == 1:
                findings.append(Finding(whom, code, Outcome.MISSING, Because.NOTHING_FOUND, (code,), 0.99))
                if rng.random() < rates[code] * 0.7:
                    there.add((name, code))
    missed = sum(f.evidence in wrong for f in findings)
    return readings, findings, wrong, there, missed


@pytest.mark.parametrize("n", [100, 200, 400])
def test_intervals_hold_the_truth_about_as_often_as_they_say(n):
    rng = random.Random(n)
    readings, findings, wrong, there, missed = audit(rng)
    holds = {"accepted": 0, "false": 0, "missed": 0}
    draws = 300

    def by(question):
        if question.pile is Pile.MISSING:
            hidden = (question.employment_id, question.requirement) in there
            return (Answer.THERE if hidden else Answer.ABSENT), ""
        return (Answer.WRONG_TYPE if question.ref in wrong else Answer.RIGHT), ""

    for seed in range(draws):
        found = measure(answer(draw(readings, findings, "", DAY, n, seed), by))
        holds["accepted"] += found.accepted.holds(1 - len(wrong) / len(readings))
        holds["false"] += found.false_gaps.holds(len(there))
        holds["missed"] += found.missed_gaps.holds(missed)
    assert {name: round(count / draws, 3) for name, count in holds.items() if not count / draws >= 0.92} == {}
    assert all(count / draws < 0.999 for count in holds.values()) or n == 100
