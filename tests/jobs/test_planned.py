"""The file of a plan, and a plan held against the run."""

import json

import pytest

from jobs.planned import QUANTITIES, held_against, load_plan, taken_by
from sagstjek.errors import InputError
from sagstjek.shapes import Part, Reading, Reason, Status, unreadable

READ = Reading(
    "1", "c", "v", (Part(1, status=Status.REVIEW, pages=3, pages_read=2), Part(2, status=Status.ACCEPTED)),
    seconds=36.0, size=1000,
)  # fmt: skip
LOST = Reading("2", "", "v", (unreadable(1, Reason.TIMED_OUT),))


def plan(**wrong):
    estimates = {name: {"value": 1.0, "low": 0.5, "high": 2.0} for name in QUANTITIES}
    return {"made": "2026-11-25", "version": "v", "sample": 9, "estimates": estimates, **wrong}


def test_what_a_reading_took():
    taken = taken_by(READ, 300)
    assert (taken.core_hours, taken.bytes, taken.pages, taken.pages_read) == (0.01, 1000, 3, 2)
    assert (taken.parts, taken.review, taken.unreadable) == (2, 1, False)


def test_a_document_that_was_given_up_cost_its_time():
    taken = taken_by(LOST, 360)
    assert (taken.core_hours, taken.unreadable) == (0.1, True)


def test_estimate_interval_and_truth_stand_side_by_side():
    found = held_against(plan(), [READ, LOST], 360)
    assert found["review"] == {"value": 1.0, "low": 0.5, "high": 2.0, "truth": 1.0, "held": True}
    assert (found["parts"]["truth"], found["parts"]["held"]) == (3.0, False)
    assert (found["sample"], found["version"]) == (9, "v")


def test_a_plan_comes_back_as_it_was_written(tmp_path):
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan()), "utf-8")
    assert load_plan(file) == plan()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"estimates": {}}', json.dumps(plan(estimates={"parts": 1}))])
def test_what_is_no_plan_is_said_to_be_none(text, tmp_path):
    file = tmp_path / "plan.json"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError, match="is no plan of this version"):
        load_plan(file)


def test_a_plan_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        load_plan(tmp_path / "plan.json")
