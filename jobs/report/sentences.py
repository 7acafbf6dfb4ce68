"""The sentences of the report, made from the figures."""

from collections.abc import Iterable, Sequence

from jobs.report.figures import Figures, Line
from jobs.report.tally import GAPS, Tally
from jobs.report.texts import Texts
from sagstjek.findings import Outcome


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
    tally = figures.overall
    return [_covered(figures, texts), *([_gaps(figures, critical, texts)] if tally.assessed else []), *_open(figures, texts)]


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
    said = []
    if tally.open:
        said.append(texts("sum_open", n=tally.open))
    if unread:
        said.append(texts("sum_unread", n=unread))
    if tally.missing:
        false = false_gaps(figures, texts)
        said.append(texts("sum_false", n=tally.missing, false=false))
    if not said:
        return []
    sentence = texts("semicolon").join(said)
    return [f"{sentence[0].upper()}{sentence[1:]}."]


def false_gaps(figures: Figures, texts: Texts) -> str:
    """Return the expected number of false gaps; `under 1` rather than 0 when there may be some."""
    expected = figures.certainty.false_gaps
    return texts("below_one") if 0 < expected < 1 else texts.number(round(expected))


def advice(tally: Tally, ask: str, severity: str, texts: Texts) -> str:
    """Return what to do about a requirement, and by when."""
    steps = [
        (f"advice_ask_{ask}", tally.missing + tally.expired),
        ("advice_misfiled", tally.misfiled),
        ("advice_late", tally.late),
        ("advice_uncertain", tally.uncertain),
        ("advice_unassessable", tally.unassessable),
    ]
    what = joined([texts(key) for key, count in steps if count], texts)
    return texts("advice_sentence", what=what, deadline=texts(f"deadline_{severity}"))


def observation(tally: Tally, texts: Texts) -> str:
    """Return what was found about a requirement."""
    if tally.gaps:
        share = type(tally.share)(tally.gaps, tally.assessed)
        found = texts(
            "obs_gaps",
            gaps=tally.gaps,
            n=tally.assessed,
            assessed=tally.assessed,
            share=texts.percent(share.value),
            interval=texts.interval(share.interval),
            kinds=kinds(tally, texts),
        )
    else:
        found = texts("obs_none", n=tally.assessed, assessed=tally.assessed)
    return f"{found} {texts('obs_open', n=tally.open)}" if tally.open else found


def outcome_words(texts: Texts) -> dict[Outcome, str]:
    """Return the heading of each outcome in charts and tables."""
    return {outcome: texts(f"outcome_{outcome.value}") for outcome in Outcome if outcome is not Outcome.FORBIDDEN}
