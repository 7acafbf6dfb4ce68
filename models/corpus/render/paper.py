"""Documents as sheets of paper, and piles of paper as one scanned file."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from PIL import Image

from models.corpus.grammar import Drawn
from models.corpus.render.fonts import DrawnFace
from models.corpus.render.layout import A4, Sheet, Stamp, Text, lay_out
from models.corpus.render.look import Look
from models.corpus.render.page_image import draw_sheet
from models.corpus.render.scan import Wear, blank_page, draw_wear, scan, to_black, turn

RECEIVED_UNTIL = 2009  # offices stamped incoming paper until they registered it electronically
_TURNS = (90, 180, 180, 270)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One side of a sheet: its picture before scanning, and the words on it."""

    image: Image.Image = field(repr=False)
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Scanner:
    """The machine that a pile goes through.

    Attributes:
        grey: greyscale instead of one bit a pixel.
        turned: share of the pages that lie wrong way up.
    """

    wear: Wear
    dpi: int = 200
    grey: bool = False
    turned: float = 0.0


def draw_scanner(rng: Random, *, grey: bool = False, turned: float = 0.0) -> Scanner:
    """Return a machine with its settings and dirt."""
    return Scanner(draw_wear(rng), 150 if grey or rng.random() < 0.1 else 200, grey, turned)


def leaves_of(drawn: Drawn, look: Look, rng: Random, dpi: int) -> list[Leaf]:
    """Return the printed sides of a document."""
    sheets = lay_out(drawn.blocks, DrawnFace(look.family), look.manner)
    if drawn.scene.date.year <= RECEIVED_UNTIL and rng.random() < 0.25:
        sheets[0] = _received(sheets[0], drawn, rng)
    return [Leaf(draw_sheet(sheet, look.family, rng, dpi), sheet.text) for sheet in sheets]


def _received(sheet: Sheet, drawn: Drawn, rng: Random) -> Sheet:
    day = drawn.scene.date.strftime("%d.%m.%y")
    stamp = Stamp(sheet.width * rng.uniform(0.5, 0.72), rng.uniform(16, 44), f"MODTAGET {day}")
    return replace(sheet, marks=(*sheet.marks, stamp))


def separator(words: str, dpi: int, rng: Random) -> Leaf:
    """Return a divider sheet of a paper file, or a patch sheet of the scanning bureau."""
    text = words or f"SKILLEARK {rng.randrange(1, 99)}"
    sheet = Sheet(*A4, (Text(120, rng.uniform(200, 420), 34, text, bold=True),))
    return Leaf(draw_sheet(sheet, "arial", rng, dpi), text)


def blank_back(like: Leaf, rng: Random) -> Leaf:
    """Return the empty back of a sheet."""
    return Leaf(blank_page(like.image, rng))


def put_through(leaves: Sequence[Leaf], scanner: Scanner, rng: Random) -> list[Leaf]:
    """Return the pages as the scanner gave them."""
    return [Leaf(_page(leaf.image, scanner, rng), leaf.text) for leaf in leaves]


def _page(image: Image.Image, scanner: Scanner, rng: Random) -> Image.Image:
    wear = replace(scanner.wear, skew=scanner.wear.skew + rng.gauss(0, 0.15)) if scanner.wear.skew else scanner.wear
    page = scan(image, wear, rng)
    page = page if scanner.grey else to_black(page, rng)
    return turn(page, rng.choice(_TURNS)) if rng.random() < scanner.turned else page
