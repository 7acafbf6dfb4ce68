"""Our five import names are ours alone, and shapes survive pickle and JSON."""

import dataclasses
import datetime as dt
import pickle

import pytest

from jobs.code import code_digest, foreign_names
from sagstjek.cpr import Cpr
from sagstjek.shapes import CprBasis, Document, Mention, Part, Reading, Reason, Role, Status, unreadable
from sagstjek.wire import from_json, to_json

NANCY = Cpr("2512489996")
PART = Part(
    1,
    "a/b.pdf",
    1,
    3,
    type="cv",
    candidates=("cv", "andet"),
    status=Status.REVIEW,
    reason=Reason.LOW_CONFIDENCE,
    cpr=NANCY,
    document_date=dt.date(2020, 2, 3),
    mentions=(Mention(NANCY, CprBasis.TEXT, Role.SUBJECT, 0.9),),
)
SHAPES = [
    Document("1", "files/x.pdf", case_cpr=NANCY, journal_date=dt.date(2020, 1, 2), extra=(("a", "b"),)),
    PART,
    Reading("1", "ab", "v", (PART, unreadable(2, Reason.EMPTY)), seconds=1.5),
]


def test_names_are_ours():
    assert foreign_names() == {}


def test_code_digest_is_stable():
    assert code_digest() == code_digest.__wrapped__()


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: type(s).__name__)
def test_pickle_and_json(shape):
    assert pickle.loads(pickle.dumps(shape)) == shape
    assert from_json(type(shape), to_json(shape)) == shape


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: type(s).__name__)
def test_frozen_and_silent(shape):
    name = dataclasses.fields(shape)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(shape, name, 2)
    assert "9996" not in repr(shape)
    assert "x.pdf" not in repr(shape)
