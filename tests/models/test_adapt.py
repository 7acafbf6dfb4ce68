"""A model learns an archive from a few decisions, and keeps what it knew."""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from small import TYPES, examples, model

from models.adapt import Lesson, adapt
from models.artefact import read_artefact, write_artefact
from models.evidence import observe
from models.labeller import from_artefact, to_artefact
from sagstjek.shapes import PartText

LOCAL = "Skema 14-B Havbroen\nRubrik {n}: gensat jævnfør havbroplanen, afkrydset i kolonne {n} af bromesteren"


def local(n):
    return observe(PartText(LOCAL.format(n=n)))


def predicted(labeller, evidence):
    return [labeller.types[row.argmax()] for row in labeller.probabilities(evidence)]


def test_without_lessons_it_is_the_same():
    assert adapt(model(), []) is model()


def test_a_form_nobody_knew_is_learnt_from_two_of_its_kind():
    asked = [local(n) for n in range(20, 26)]
    assert predicted(model(), asked) != ["opsigelse"] * 6
    fitted = adapt(model(), [Lesson(local(1), "opsigelse"), Lesson(local(2), "opsigelse")])
    assert predicted(fitted, asked) == ["opsigelse"] * 6


def test_what_it_knew_it_still_knows():
    some = examples()[::5]
    evidence = [observe(example.part) for example in some]
    fitted = adapt(model(), [Lesson(local(n), "cv") for n in range(4)])
    same = np.mean([a == b for a, b in zip(predicted(fitted, evidence), predicted(model(), evidence), strict=True)])
    assert same > 0.95


def test_a_title_weighs_less_than_a_decision():
    titled = adapt(model(), [Lesson(local(1), "cv", 0.1), Lesson(local(2), "opsigelse")])
    assert predicted(titled, [local(3)]) == ["opsigelse"]


def test_many_decisions_leave_the_thresholds_and_fit_in_a_file():
    lessons = [Lesson(observe(example.part), example.type) for example in examples()[:160]]
    fitted = adapt(model(), lessons)
    assert fitted.accept_at == model().accept_at
    assert fitted.calibration.set_floor == model().calibration.set_floor
    again = from_artefact(read_artefact(write_artefact(to_artefact(fitted))))
    evidence = [lesson.evidence for lesson in lessons[:20]]
    assert predicted(again, evidence) == predicted(fitted, evidence)
    assert again.types == TYPES or set(again.types) == set(TYPES)
