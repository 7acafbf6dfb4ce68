"""The curves of an evaluation as SVG that stands in a page by itself."""

import io
from collections.abc import Sequence
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from models.evaluate import Bin, Share

_INK: Final = "#1F4E5F"
_STYLE: Final[Any] = {"svg.fonttype": "none", "svg.hashsalt": "sagstjek", "font.family": "sans-serif", "font.size": 10}


def draw_risk(risk: Sequence[tuple[float, Share]]) -> str:
    """Return the accuracy of the surest parts against how many of all they are, with its interval."""
    with mpl.rc_context(_STYLE):
        figure, axes = _axes("share of the parts, surest first (%)", "type right (%)")
        places = [100 * at for at, _ in risk]
        ends = [share.interval for _, share in risk]
        axes.fill_between(places, [100 * e[0] for e in ends], [100 * e[1] for e in ends], color=_INK, alpha=0.15, lw=0)
        axes.plot(places, [100 * share.value for _, share in risk], color=_INK, marker="o", markersize=3)
        axes.axhline(99, color="#8A1420", lw=0.8, ls="--")
        axes.set_xlim(0, 101)
        axes.set_ylim(top=100.5)
        return _svg(figure)


def draw_reliability(found: Sequence[Bin]) -> str:
    """Return true against stated accuracy, with intervals; the diagonal is where they agree."""
    with mpl.rc_context(_STYLE):
        figure, axes = _axes("stated (%)", "right (%)")
        stated = [100 * one.stated for one in found]
        right = [100 * one.right.value for one in found]
        below = [100 * (one.right.value - one.right.interval[0]) for one in found]
        above = [100 * (one.right.interval[1] - one.right.value) for one in found]
        axes.plot([0, 100], [0, 100], color="#9CA3AF", lw=0.8, ls="--")
        axes.errorbar(stated, right, yerr=(below, above), color=_INK, fmt="o", markersize=4, capsize=2)
        axes.set_xlim(0, 101)
        axes.set_ylim(0, 101)
        return _svg(figure)


def _axes(across: str, up: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(5.4, 3.6), layout="constrained")
    axes = figure.add_subplot()
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color="#E5E7EB", lw=0.6)
    axes.set_axisbelow(True)
    return figure, axes


def _svg(figure: Figure) -> str:
    stream = io.StringIO()
    figure.savefig(stream, format="svg", metadata={"Date": None})
    text = stream.getvalue()
    return text[text.index("<svg") :]
