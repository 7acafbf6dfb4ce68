"""What paper and scanner do to a page: skew, noise, faded ink, holes, thresholds, turned pages."""

from dataclasses import dataclass
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter


@dataclass(frozen=True, slots=True)
class Wear:
    """How badly a page came through: skew in degrees, blur radius in pixels, specks as a share of pixels."""

    skew: float = 0.0
    blur: float = 0.0
    specks: float = 0.0
    fade: int = 0
    holes: bool = False
    shadow: bool = False


def draw_wear(rng: Random) -> Wear:
    """Return the wear of one pile of paper: mostly light, sometimes bad."""
    bad = rng.random()
    return Wear(
        skew=max(-2.0, min(2.0, rng.gauss(0, 0.5))),
        blur=rng.choice((0, 0, 0.3, 0.5, 0.8)) if bad > 0.1 else 1.0,
        specks=rng.choice((0, 0.00005, 0.0002, 0.0005)) if bad > 0.1 else 0.002,
        fade=rng.choice((0, 0, 15, 35, 55)),
        holes=rng.random() < 0.5,
        shadow=rng.random() < 0.2,
    )


def scan(page: Image.Image, wear: Wear, rng: Random) -> Image.Image:
    """Return the greyscale page as the scanner gave it."""
    image = page.rotate(wear.skew, resample=Image.Resampling.BILINEAR, fillcolor=255) if wear.skew else page.copy()
    draw = ImageDraw.Draw(image)
    if wear.holes:
        radius = image.height // 105
        for y in (0.39, 0.61):
            at = (image.width * 0.03, image.height * y + rng.randrange(-6, 6))
            draw.ellipse((at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius), fill=25)
    if wear.shadow:
        draw.rectangle((image.width - rng.randrange(4, 26), 0, image.width, image.height), fill=30)
    if wear.blur:
        image = image.filter(ImageFilter.BoxBlur(wear.blur))
    if wear.fade:
        fade = wear.fade
        image = image.point([min(255, fade + value * (255 - fade) // 255) for value in range(256)])
    return _speckle(image, wear.specks, rng) if wear.specks else image


def _speckle(image: Image.Image, share: float, rng: Random) -> Image.Image:
    pixels = np.array(image)
    noise = np.random.default_rng(rng.randrange(2**32))
    count = int(pixels.size * share)
    rows, columns = (
        noise.integers(0, pixels.shape[0] - 1, count),
        noise.integers(0, pixels.shape[1] - 1, count),
    )
    pixels[rows, columns] = 0
    half = count // 2
    pixels[rows[:half], columns[:half] + 1] = 0
    pixels[noise.integers(0, pixels.shape[0], count), noise.integers(0, pixels.shape[1], count)] = 255
    return Image.fromarray(pixels)


def to_black(image: Image.Image, rng: Random) -> Image.Image:
    """Return the page in one bit a pixel, at the scanner's threshold."""
    threshold = rng.randrange(150, 195)
    return image.point([0 if value < threshold else 255 for value in range(256)]).convert("1", dither=Image.Dither.NONE)


def turn(image: Image.Image, degrees: int) -> Image.Image:
    """Return the page turned by 90, 180 or 270 degrees clockwise; as it is for 0."""
    ways = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    return image.transpose(ways[degrees]) if degrees else image


def blank_page(like: Image.Image, rng: Random) -> Image.Image:
    """Return the empty back of a sheet, with a few specks and the holes."""
    wear = Wear(specks=rng.choice((0.0, 0.00002, 0.0001)), holes=rng.random() < 0.5)
    return scan(Image.new("L", like.size, 255), wear, rng)
