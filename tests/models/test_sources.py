"""Held-out accuracy by author."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from small import examples

from models.evaluate import Share, source_of
from models.sources import by_source, leave_source_out
from models.train import Held, Lesson


@pytest.mark.parametrize(
    ("template", "source"),
    [
        ("cv-01", "volume A"),
        ("sygefravaerssamtale-b12", "volume B"),
        ("mus-ct07", "composed"),
        ("mus-cu07", "composed"),
        ("D1234", "other"),
        ("", "other"),
    ],
)
def test_the_name_of_a_template_tells_its_author(template, source):
    assert source_of(template) == source


def test_accuracy_by_source_adds_up():
    some = examples()[::4]
    truth = np.array([sorted({e.type for e in some}).index(e.type) for e in some])
    scores = np.eye(truth.max() + 1)[truth]
    scores[0] = -scores[0]
    found = by_source(some, Held(scores, truth))
    assert sum(one.accuracy.total for one in found) == len(some)
    assert sum(one.accuracy.right for one in found) == len(some) - 1
    assert {one.source for one in found} == {source_of(e.template) for e in some}


def test_a_source_is_scored_by_models_that_never_saw_it():
    lesson = Lesson.of(examples(1), 1)
    held = leave_source_out(lesson)
    found = {one.source: one for one in by_source(lesson.examples, held)}
    assert len(found) > 1
    assert all(one.accuracy.value > 0.4 for one in found.values())
    assert found["volume B"].accuracy != Share(found["volume B"].accuracy.total, found["volume B"].accuracy.total)
