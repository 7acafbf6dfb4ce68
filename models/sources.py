"""How good is it on documents of an author it never read? Leave-source-out, beside leave-templates-out.

A source is who wrote the templates: volume A, volume B, or the composer (`models.evaluate.source_of`). Templates of
one author resemble one another; leaving them out one by one still lets the others tell of his ways.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.dataset import Example
from models.evaluate import Share, bootstrap, source_of
from models.train import Held, Lesson


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """Accuracy on the examples of one source.

    Attributes:
        by_template: 95 % interval of it, templates drawn again (bootstrap).
    """

    source: str
    templates: int
    accuracy: Share
    by_template: tuple[float, float]


def by_source(examples: Sequence[Example], held: Held) -> tuple[SourceFigures, ...]:
    """Return the accuracy by source, from scores of models that had not seen the templates, or the sources.

    Args:
        examples: those of the scores, in their order.
    """
    right = held.scores.argmax(axis=1) == held.truth
    sources = np.array([source_of(example.template) for example in examples])
    figures = []
    for source in sorted(set(sources.tolist())):
        rows = np.flatnonzero(sources == source)
        templates = [examples[row].template for row in rows.tolist()]
        share = Share(int(right[rows].sum()), len(rows))
        figures.append(SourceFigures(source, len(set(templates)), share, bootstrap(right[rows], templates)))
    return tuple(figures)


def leave_source_out(lesson: Lesson, seed: int = 1) -> Held:
    """Return each example's scores from a model trained without anything of its source.

    Examples of the only source there is have scores of nothing, which are right by chance only.
    """
    sources = np.array([source_of(example.template) for example in lesson.examples])
    scores = np.zeros((len(sources), len(lesson.types)))
    for source in sorted(set(sources.tolist())):
        inside, outside = np.flatnonzero(sources != source), np.flatnonzero(sources == source)
        if len(inside):
            linear, matrix = lesson.fit(inside, seed)
            scores[outside] = matrix[outside] @ linear.weights + linear.offset
    return Held(scores, lesson.truth)
