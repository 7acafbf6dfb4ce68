"""The model card: what the shipped model was made from, and its honest figures."""

from collections.abc import Mapping, Sequence
from typing import Final

from models.evaluate import Figures, Share
from models.sources import SourceFigures

_WHAT: Final = """Tells which of the 38 types of `sagstjek/data/taxonomy.yaml` a part of a personnel document is, and
where in a pile of pages documents begin. A linear model over word and letter n-grams of the text, its head and the
title, over cues of each type, and over layout; calibrated on templates left out of training."""
_SYNTHETIC: Final = """Everything is synthetic: no real person's document was seen. A municipality's own archive will
differ; look at the check sample before you rely on the figures."""


def model_card(
    model_id: str,
    made_from: Sequence[str],
    figures: Mapping[str, Figures],
    curve: Sequence[str] = (),
    sources: Mapping[str, Sequence[SourceFigures]] | None = None,
) -> str:
    """Return the card as Markdown.

    Args:
        made_from: sentences on the training data.
        figures: by a heading; the first is the one to quote.
        curve: rows of the learning curve.
        sources: accuracy by author of the templates, by what was held out: `leave-templates-out`, `leave-source-out`.
    """
    lines = [
        f"# Model card: {model_id}",
        "",
        _WHAT,
        "",
        "## Made from",
        *(f"- {sentence}" for sentence in made_from),
        "",
        _SYNTHETIC,
        "",
    ]
    for heading, found in figures.items():
        lines += [f"## {heading}", "", *_summary(found), ""]
    first = next(iter(figures.values()))
    lines += ["## By type", "", "| type | recognised |", "|---|---|", *_table(first.by_type), ""]
    lines += ["## By format", "", "| format | recognised |", "|---|---|", *_table(first.by_format), ""]
    if first.by_trap:
        lines += ["## By trap", "", "| trap | recognised |", "|---|---|", *_table(first.by_trap), ""]
    lines += ["## By author of the templates", "", "| source | recognised |", "|---|---|", *_table(first.by_source), ""]
    if sources:
        lines += ["## Trained without the template, and without its author", "", *_sources(sources), ""]
    lines += ["## Stated and true", "", "| stated | right |", "|---|---|"]
    lines += [f"| {100 * one.stated:.1f} % | {one.right} |" for one in first.reliability]
    lines += ["", "## Confused most often", "", "| is | taken for | times |", "|---|---|---|"]
    lines += [f"| {a} | {b} | {n} |" for a, b, n in first.confusions]
    if curve:
        lines += ["", "## Learning curve", "", *curve]
    return "\n".join(lines) + "\n"


def _summary(found: Figures) -> list[str]:
    low, high = found.by_template
    risk = ", ".join(f"{100 * value:.1f}" for value in found.risk)
    return [
        f"- right: {found.accuracy}; with templates drawn again {100 * low:.1f}-{100 * high:.1f} %",
        f"- accepted without a look: {found.accepted}; of these right: {found.accepted_right}",
        f"- prediction sets hold the truth: {found.covered}; mean size {found.set_size:.1f}",
        f"- expected calibration error: {100 * found.calibration_error:.1f} points",
        f"- accuracy (%) of the surest 10, 20 ... 100 %: {risk}",
    ]


def _table(rows: Sequence[tuple[str, Share]]) -> list[str]:
    return [f"| {name} | {share} |" for name, share in rows]


def _sources(sources: Mapping[str, Sequence[SourceFigures]]) -> list[str]:
    rows = [
        f"| {held} | {one.source} | {one.templates} | {one.accuracy} | "
        f"{100 * one.by_template[0]:.1f}-{100 * one.by_template[1]:.1f} % |"
        for held, some in sources.items()
        for one in some
    ]
    return ["| held out | source | templates | recognised | templates drawn again |", "|---|---|---|---|---|", *rows]
