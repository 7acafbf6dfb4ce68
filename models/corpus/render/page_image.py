"""Pages as clean greyscale pictures, before any scanner has seen them."""

from collections.abc import Sequence
from random import Random

from PIL import Image, ImageDraw

from models.corpus.render.fonts import load_font
from models.corpus.render.layout import Box, Line, Sheet, Stamp, Text

DPI = 200


def draw_sheets(sheets: Sequence[Sheet], family: str, rng: Random, dpi: int = DPI) -> list[Image.Image]:
    """Return one greyscale picture a sheet."""
    return [draw_sheet(sheet, family, rng, dpi) for sheet in sheets]


def draw_sheet(sheet: Sheet, family: str, rng: Random, dpi: int = DPI) -> Image.Image:
    """Return the picture of one sheet, black on white."""
    scale = dpi / 72
    image = Image.new("L", (round(sheet.width * scale), round(sheet.height * scale)), 255)
    draw = ImageDraw.Draw(image)
    ink = rng.randrange(0, 70)
    for mark in sheet.marks:
        match mark:
            case Text() if mark.signature:
                scribble(draw, (mark.x * scale, mark.y * scale), mark.size * scale, mark.text, rng)
            case Text():
                font = load_font(family, max(round(mark.size * scale), 6), bold=mark.bold)
                draw.text((mark.x * scale, mark.y * scale), mark.text, fill=ink, font=font, anchor="ls")
            case Line():
                draw.line(
                    [(mark.x0 * scale, mark.y0 * scale), (mark.x1 * scale, mark.y1 * scale)],
                    fill=ink,
                    width=2,
                )
            case Box():
                _box(draw, mark, scale, ink)
            case Stamp():
                _stamp(image, mark, scale, rng)
    return image


def _box(draw: ImageDraw.ImageDraw, box: Box, scale: float, ink: int) -> None:
    x0, y0 = box.x * scale, box.y * scale
    x1, y1 = x0 + box.size * scale, y0 + box.size * scale
    draw.rectangle((x0, y0, x1, y1), outline=ink, width=2)
    if box.checked:
        draw.line((x0 + 3, y0 + 3, x1 - 3, y1 - 3), fill=ink, width=3)
        draw.line((x0 + 3, y1 - 3, x1 - 3, y0 + 3), fill=ink, width=3)


def scribble(draw: ImageDraw.ImageDraw, at: tuple[float, float], size: float, name: str, rng: Random) -> None:
    """Draw a signature that nobody can read: a wave whose length follows the name."""
    x, y = at
    points = [(x, y - size * 0.4)]
    for letter in name or "xx":
        tall = 0.95 if letter.isupper() else rng.choice((0.25, 0.35, 0.7))
        x += size * rng.uniform(0.12, 0.26)
        points.append((x, y - size * tall * rng.uniform(0.7, 1.1)))
        x += size * rng.uniform(0.06, 0.16)
        points.append((x, y + size * rng.uniform(-0.08, 0.1)))
    points.append((x + size, y - size * rng.uniform(-0.1, 0.3)))
    draw.line(points, fill=rng.randrange(30, 110), width=max(2, round(size / 16)), joint="curve")


def _stamp(image: Image.Image, stamp: Stamp, scale: float, rng: Random) -> None:
    font = load_font("sans", round(11 * scale), bold=True)
    width, height = round(font.getlength(stamp.text) + 30), round(11 * scale * 1.9)
    mask = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(mask)
    draw.rectangle((2, 2, width - 3, height - 3), outline=210, width=4)
    draw.text((15, height // 2), stamp.text, fill=210, font=font, anchor="lm")
    mask = mask.rotate(rng.uniform(-9, 9), expand=True, resample=Image.Resampling.BILINEAR)
    at = (
        min(round(stamp.x * scale), max(image.width - mask.width - 10, 0)),
        max(round(stamp.y * scale) - 20, 0),
    )
    image.paste(rng.randrange(40, 110), (*at, at[0] + mask.width, at[1] + mask.height), mask)
