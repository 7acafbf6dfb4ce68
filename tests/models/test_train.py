"""Training: every template counts alike, and no example is scored by a model that saw its template."""

import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from small import TYPES, examples

from models.corpus.grammar import shipped_templates
from models.corpus.pile_texts import draw_piles
from models.dataset import Example
from models.train import Lesson, augment, fit_breaks, held_out, template_weights
from sagstjek.shapes import PartText


def test_templates_count_alike_however_many_examples_they_have():
    some = [Example(PartText("x"), "cv", name) for name in "aaab"]
    weights = template_weights(some)
    assert weights[:3].sum() == pytest.approx(weights[3])
    assert weights.mean() == pytest.approx(1)


def test_titles_and_tails_are_lost_now_and_then_but_never_the_truth():
    many = [Example(PartText("ord " * 200, title=f"titel {n}"), "cv", str(n)) for n in range(1000)]
    varied = augment(many, 1)
    assert varied == augment(many, 1) != augment(many, 2)
    assert [(e.type, e.template) for e in varied] == [(e.type, e.template) for e in many]
    counts = Counter()
    for before, after in zip(many, varied, strict=True):
        counts["lost"] += not after.part.title
        counts["wrong"] += after.part.title not in {"", before.part.title}
        counts["head"] += len(after.part.text) < len(before.part.text)
        assert before.part.text.startswith(after.part.text)
    assert counts["lost"] == pytest.approx(300, abs=60)
    assert counts["wrong"] == pytest.approx(120, abs=45)
    assert counts["head"] == pytest.approx(200, abs=60)


def test_held_out_scores_come_from_other_templates():
    lesson = Lesson.of(examples()[::2], 1)
    held = held_out(lesson)
    assert held.scores.shape == (len(lesson.examples), len(TYPES))
    assert np.isfinite(held.scores).all()
    right = (held.scores.argmax(axis=1) == held.truth).mean()
    _, matrix = lesson.fit(np.arange(len(held.truth)), 1)
    assert right > 0.5
    assert matrix.shape[0] == len(held.truth)


def test_breaks_are_learnt_from_piles():
    templates = [template for template in shipped_templates() if template.type in TYPES]
    model = fit_breaks(list(draw_piles(templates, 80, 1)))
    right = total = 0
    for pile in draw_piles(templates, 40, 2):
        for page, chance in zip(pile.pages, model.begins(pile.pages), strict=True):
            right += (page.number in pile.firsts) == (chance >= 0.5)
            total += 1
    assert right / total > 0.9
