"""Where the bars of the report lie, in percent of their width; `charts.html.j2` draws them.

Each bar is an inline SVG of its own with positions in percent, so that it fits any screen and its
text keeps its size. Patterns, not only colours, tell the segments apart in black and white.
"""

from dataclasses import dataclass
from typing import Final

from jobs.report.tally import Tally
from models.evaluate import Share
from sagstjek.findings import Outcome

ORDER: Final = (
    Outcome.FULFILLED,
    Outcome.UNCERTAIN,
    Outcome.UNASSESSABLE,
    Outcome.LATE,
    Outcome.EXPIRED,
    Outcome.MISFILED,
    Outcome.MISSING,
)
_PERCENT_A_DIGIT: Final = 2.6


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment of a stacked bar: start and width in percent; `shown` when its count fits in it."""

    outcome: Outcome
    count: int
    start: float
    width: float
    shown: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with the whisker of its interval, in percent."""

    width: float
    low: float
    high: float


def stack(tally: Tally) -> tuple[Segment, ...]:
    """Return the segments of a tally that hold anything; together 100 percent."""
    segments, before = [], 0
    for outcome in ORDER:
        count = tally.count(outcome)
        if count:
            width = 100 * count / tally.total
            shown = width >= _PERCENT_A_DIGIT * (len(str(count)) + 1)
            segments.append(Segment(outcome, count, 100 * before / tally.total, width, shown))
        before += count
    return tuple(segments)


def bar(share: Share) -> Bar:
    """Return the bar of a share with its 95 % interval."""
    low, high = share.interval
    return Bar(100 * share.value, 100 * low, 100 * high)
