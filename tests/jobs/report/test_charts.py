"""Where the bars lie."""

import itertools

import pytest

from jobs.report.charts import bar, stack
from jobs.report.tally import Tally
from models.evaluate import Share
from sagstjek.findings import Outcome


def test_segments_fill_the_bar_without_gaps():
    segments = stack(Tally(fulfilled=70, late=1, missing=20, uncertain=9))
    assert [s.outcome for s in segments] == [Outcome.FULFILLED, Outcome.UNCERTAIN, Outcome.LATE, Outcome.MISSING]
    for before, after in itertools.pairwise(segments):
        assert after.start == pytest.approx(before.start + before.width)
    assert segments[-1].start + segments[-1].width == pytest.approx(100)


def test_a_count_stands_in_its_segment_only_where_it_fits():
    shown = {s.outcome: s.shown for s in stack(Tally(fulfilled=97, missing=3))}
    assert shown == {Outcome.FULFILLED: True, Outcome.MISSING: False}


def test_nothing_has_no_segments():
    assert stack(Tally()) == ()


def test_whisker_lies_around_the_bar():
    drawn = bar(Share(3, 4))
    assert drawn.low < drawn.width == 75 < drawn.high <= 100
