"""How a document looks on paper: page, type and spacing, drawn to suit its style and year."""

from dataclasses import dataclass
from random import Random

from models.corpus.grammar import Drawn
from models.corpus.render.layout import A4, Manner

_LANDSCAPE = (A4[1], A4[0])
_CARD = (420.0, 280.0)
_SLIP = (A4[0], A4[1] / 2)
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
    after = rng.choice((0.0, 2.0, 5.0, 8.0))
    match style:
        case "typewriter" | "telegram":
            leading = rng.choice((1.3, 1.6))
            return Look(Manner(margin=rng.uniform(58, 76), leading=leading, ruled=False, after=after), "courier")
        case "card":
            return Look(Manner(_CARD, margin=24, size=10, leading=1.25, ruled=False), "arial")
        case "slip":
            return Look(Manner(_SLIP, margin=36, size=9.5, ruled=False), rng.choice(("courier", "arial")))
        case "certificate" if rng.random() < 0.3:
            return Look(
                Manner(_LANDSCAPE, margin=80, size=12, leading=1.5, after=after), rng.choice(("times", "serif"))
            )
        case "mail" | "register":
            families: tuple[str, ...] = ("arial", "sans")
        case _:
            families = ("arial", "sans", "times", "times", "serif")
    manner = Manner(
        margin=rng.uniform(50, 78),
        size=rng.choice((9.5, 10, 10.5, 11, 12)),
        leading=rng.uniform(1.2, 1.45),
        ruled=rng.random() < 0.8,
        after=after,
    )
    return Look(manner, rng.choice(families))
