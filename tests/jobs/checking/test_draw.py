"""The sample is random, stratified, of about the size asked for, and the same for the same seed."""

from collections import Counter

import pytest

from jobs.checking.draw import draw
from jobs.checking.questions import Pile
from tests.jobs.checking.small import DAY, sample


def test_same_seed_same_sample():
    assert sample() == sample()
    other = sample(seed=2)
    assert other.code != sample().code
    assert {q.ref for q in other.questions} != {q.ref for q in sample().questions}


@pytest.mark.parametrize("n", [10, 30, 60, 1000])
def test_size_and_numbers(n):
    found = sample(n)
    total = sum(stratum.size for stratum in found.strata)
    assert total == 42 + 2 + 40  # accepted, missing, review: unreadable parts and uncertain findings are in no pile
    assert abs(len(found.questions) - min(n, total)) <= 3  # two from each stratum, at least
    assert [q.number for q in found.questions] == list(range(1, len(found.questions) + 1))
    assert len({(q.ref, q.employment_id, q.requirement) for q in found.questions}) == len(found.questions)


def test_every_stratum_is_drawn_from_and_none_more_than_it_has():
    found = sample()
    drawn = Counter(question.stratum for question in found.questions)
    assert set(drawn) == set(range(len(found.strata)))
    for place, stratum in enumerate(found.strata):
        assert min(2, stratum.size) <= drawn[place] <= stratum.size
    assert {found.strata[q.stratum].pile is q.pile for q in found.questions} == {True}


def test_misfiled_parts_and_those_that_carry_a_finding_are_known():
    whole = sample(1000)
    assert [q.ref for q in whole.questions if q.misfiled] == ["D90#1"]
    assert [(q.ref, q.carries) for q in whole.questions if q.carries] == [("D0#1", 1)]
    assert [(s.name, s.size) for s in whole.strata if s.name == ("misfiled",)] == [(("misfiled",), 1)]
    assert whole.fulfilled == 1


def test_an_audit_without_anything_has_no_question():
    assert draw([], [], "b", DAY, 20, 1).questions == ()


def test_each_unit_is_drawn_about_as_often_as_any_other_of_its_stratum():
    times = Counter(q.ref for seed in range(300) for q in sample(20, seed).questions if q.pile is Pile.REVIEW)
    expected = sum(times.values()) / 40
    assert len(times) == 40
    assert max(abs(count - expected) for count in times.values()) < 5 * expected**0.5
