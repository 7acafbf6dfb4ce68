"""The sentences of the report, made from the figures."""

from collections.abc import Iterable, Sequence

from jobs.report.figures import Figures, Line
from jobs.report.tally import GAPS, Tally
from jobs.report.texts import Texts
from jobs.sampling import Estimate
from models.evaluate import Share


def joined(bits: Sequence[str], texts: Texts) -> str:
    """Return words as a list in a sentence: a, b and c."""
    if len(bits) < 2:
        return "".join(bits)
    return f"{', '.join(bits[:-1])} {texts('and')} {bits[-1]}"


def kinds(tally: Tally, texts: Texts) -> str:
    """Return the gaps of a tally in words, those of no count left out."""
    return joined([texts(f"kind_{o.value}", n=tally.count(o)) for o in GAPS if tally.count(o)], texts)


def summary(figures: Figures, critical: Iterable[tuple[str, Line]], texts: Texts) -> list[str]:
    """Return the three sentences of the executive summary; fewer where there is nothing to say.

    Args:
        critical: title and line of each critical requirement.
    """
    gaps = [_gaps(figures, critical, texts)] if figures.overall.assessed else []
    return [_covered(figures, texts), *gaps, *_open(figures, texts)]


def _covered(figures: Figures, texts: Texts) -> str:
    tally = figures.overall
    if not tally.assessed:
        return texts("sum_empty_held", day=texts.day(figures.as_of))
    return texts(
        "sum_covered",
        assessed=tally.assessed,
        day=texts.day(figures.as_of),
        fulfilled=tally.fulfilled,
        share=texts.percent(tally.share.value),
        interval=texts.interval(tally.share.interval),
    )


def _gaps(figures: Figures, critical: Iterable[tuple[str, Line]], texts: Texts) -> str:
    tally = figures.overall
    if not tally.gaps:
        return texts("sum_no_gaps")
    gravest = max(critical, key=lambda one: one[1].tally.gaps, default=None)
    worst = ""
    if gravest is not None and gravest[1].tally.gaps:
        worst = texts("sum_worst", title=gravest[0], count=gravest[1].tally.gaps)
    return texts(
        "sum_gaps", n=tally.gaps, kinds=kinds(tally, texts), critical=figures.weights[0].tally.gaps, worst=worst
    )


def _open(figures: Figures, texts: Texts) -> list[str]:
    tally = figures.overall
    unread = sum(one.documents for one in figures.unread)
    said = [
        *([texts("sum_open", n=tally.open)] if tally.open else []),
        *([texts("sum_unread", n=unread)] if unread else []),
        *([texts("sum_false", n=tally.missing, false=false_gaps(figures, texts))] if tally.missing else []),
    ]
    sentence = "; ".join(said)
    return [f"{sentence[0].upper()}{sentence[1:]}."] if said else []


def false_gaps(figures: Figures, texts: Texts) -> str:
    """Return the expected number of false gaps; "fewer than one" rather than 0."""
    expected = figures.certainty.false_gaps.value
    return texts("below_one") if expected < 1 else texts("about", n=round(expected))


def measured(estimate: Estimate | Share | None, texts: Texts) -> tuple[str, str]:
    """Return a share in percent and its interval; dashes where nothing is known."""
    if estimate is None or (isinstance(estimate, Share) and not estimate.total):
        return texts("none"), texts("none")
    ends = estimate.interval if isinstance(estimate, Share) else (estimate.low, estimate.high)
    return texts.percent(estimate.value), texts.interval(ends)


def counted(estimate: Estimate, texts: Texts) -> tuple[str, str]:
    """Return an expected number and its interval; numbers below ten with one decimal."""
    decimals = 1 if estimate.value < 10 else 0
    value, low, high = (texts.number(end, decimals) for end in (estimate.value, estimate.low, estimate.high))
    return value, f"{low}–\u2060{high}"


def advice(tally: Tally, ask: str, severity: str, texts: Texts) -> str:
    """Return what to do about a requirement, and by when."""
    steps = [
        (f"advice_ask_{ask}", tally.missing + tally.expired),
        ("advice_misfiled", tally.misfiled),
        ("advice_late", tally.late),
        ("advice_uncertain", tally.uncertain),
        ("advice_unassessable", tally.unassessable),
    ]
    what = "; ".join(texts(key) for key, count in steps if count)
    return texts("advice_sentence", what=what, deadline=texts(f"deadline_{severity}"))


def observation(tally: Tally, texts: Texts) -> str:
    """Return what was found about a requirement."""
    if not tally.assessed:
        return texts("obs_unassessed", n=tally.open)
    found = texts("obs_none", n=tally.assessed)
    if tally.gaps:
        found = texts(
            "obs_gaps",
            gaps=tally.gaps,
            assessed=tally.assessed,
            share=texts.percent(tally.lack.value),
            interval=texts.interval(tally.lack.interval),
            kinds=kinds(tally, texts),
        )
    return f"{found} {texts('obs_open', n=tally.open)}" if tally.open else found
