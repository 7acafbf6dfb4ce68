"""Shapes to JSON and back."""

import datetime as dt
import json

import pytest

from models.dataset import Example
from sagstjek.cpr import Cpr
from sagstjek.findings import Because, Finding, Outcome
from sagstjek.people import Employment
from sagstjek.shapes import PartText, Reading, Reason, unreadable
from sagstjek.wire import from_json, to_json

NANCY = Employment("1", Cpr("2512489996"), "Nancy Børge", dt.date(2011, 5, 3), extra=(("timer", "37"),))
SHAPES = [
    NANCY,
    Finding(NANCY, "r", Outcome.LATE, Because.DATED_TOO_LATE, ("cv",), 0.5, due=dt.date(2011, 6, 3)),
    Reading("1", "", "v", (unreadable(1, Reason.EMPTY, member="a/b"),)),
    Example(PartText("æøå\n\f", aspect=0.7), "cv", "t", traps=("skew", "noise")),
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: type(shape).__name__)
def test_there_and_back(shape):
    assert from_json(type(shape), to_json(shape)) == shape


def test_defaults_are_left_out_and_letters_stay():
    text = to_json(NANCY)
    assert "email" not in json.loads(text)
    assert "Børge" in text
    assert ": " not in text


def test_a_code_that_is_unknown_is_an_error():
    with pytest.raises(KeyError):
        from_json(Finding, to_json(SHAPES[1]).replace("late", "tardy"))
