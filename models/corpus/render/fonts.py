"""Typefaces for drawn pages: those that come with matplotlib, and Liberation where the machine has it."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont

_FAMILIES = {
    "sans": ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    "serif": ("DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf"),
    "times": ("STIXGeneral.ttf", "STIXGeneralBol.ttf"),
    "mono": ("DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf"),
    "slanted": ("DejaVuSans-Oblique.ttf", "DejaVuSans-BoldOblique.ttf"),
    "arial": ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    "courier": ("LiberationMono-Regular.ttf", "LiberationMono-Bold.ttf"),
}
_SUBSTITUTES = {"arial": "sans", "courier": "mono"}
_SYSTEM = (Path("/usr/share/fonts/truetype/liberation2"), Path("/usr/share/fonts/truetype/liberation"))
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@cache
def font_path(family: str, *, bold: bool = False) -> Path | None:
    """Return the font file of a family, or None when the machine has none."""
    name = _FAMILIES[family][bold]
    spec = find_spec("matplotlib")
    bundled = [Path(spec.origin).parent / "mpl-data/fonts/ttf"] if spec and spec.origin else []
    for folder in (*bundled, *_SYSTEM):
        if (folder / name).is_file():
            return folder / name
    return font_path(_SUBSTITUTES[family], bold=bold) if family in _SUBSTITUTES else None


@cache
def load_font(family: str, pixels: int, *, bold: bool = False) -> Font:
    """Return the font at a size; Pillow's own when no file is found."""
    path = font_path(family, bold=bold)
    return ImageFont.load_default(pixels) if path is None else ImageFont.truetype(str(path), pixels)


class DrawnFace:
    """A typeface for pictures; measures with the font itself."""

    def __init__(self, family: str) -> None:
        self.family = family
        self._widths: dict[tuple[str, bool], float] = {}

    def width(self, text: str, size: float, *, bold: bool) -> float:
        """Return the width of the text in points."""
        return sum(self._word(char, bold=bold) for char in text) * size / 100

    def _word(self, char: str, *, bold: bool) -> float:
        if (char, bold) not in self._widths:
            self._widths[char, bold] = load_font(self.family, 100, bold=bold).getlength(char)
        return self._widths[char, bold]
