"""How a document looks on paper: page, type and spacing, drawn to suit its style and year."""

from dataclasses import dataclass
from random import Random

from models.corpus.grammar import Drawn
from models.corpus.render.layout import A4, Manner

_LANDSCAPE = (A4[1], A4[0])
_CARD = (420.0, 280.0)
_SLIP = (A4[0], A4[1] / 2)
_TYPED = frozenset({"typewriter", "telegram"})
_PRINT = {
    "arial": "sans",
    "sans": "sans",
    "serif": "serif",
    "times": "serif",
    "courier": "mono",
    "mono": "mono",
}


@dataclass(frozen=True, slots=True)
class Look:
    """The manner of a page, and the typeface that pictures of it are drawn in."""

    manner: Manner
    family: str

    @property
    def printed_family(self) -> str:
        """The nearest standard typeface of PDF."""
        return _PRINT[self.family]


def draw_look(drawn: Drawn, rng: Random) -> Look:
    """Return how this document was set."""
    style = drawn.template.style
    size = rng.choice((9.5, 10, 10.5, 11, 12))
    if style in _TYPED:
        return Look(
            Manner(margin=rng.uniform(58, 76), size=10.5, leading=rng.choice((1.3, 1.6)), ruled=False),
            "courier",
        )
    if style == "card":
        return Look(Manner(_CARD, margin=24, size=10, leading=1.25, ruled=False), "arial")
    if style == "slip":
        return Look(Manner(_SLIP, margin=36, size=9.5, ruled=False), rng.choice(("courier", "arial")))
    if style == "certificate" and rng.random() < 0.3:
        return Look(Manner(_LANDSCAPE, margin=80, size=12, leading=1.5), rng.choice(("times", "serif")))
    families = ("arial", "sans") if style in {"mail", "register"} else ("arial", "sans", "times", "times", "serif")
    return Look(
        Manner(margin=rng.uniform(50, 78), size=size, leading=rng.uniform(1.2, 1.45), ruled=rng.random() < 0.8),
        rng.choice(families),
    )
