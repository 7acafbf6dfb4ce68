"""JPEG: a page or card photographed with a telephone."""

import io
from random import Random

import numpy as np
from PIL import Image

QUALITY = 60
_DESKS = ((120, 92, 66), (60, 60, 66), (170, 160, 150), (40, 70, 90))


def write_jpeg(image: Image.Image, quality: int = QUALITY, dpi: int = 200) -> bytes:
    """Return the picture as JPEG."""
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality, dpi=(dpi, dpi))
    return stream.getvalue()


def photograph(page: Image.Image, rng: Random) -> Image.Image:
    """Return a colour photo of the page: on a desk, a little askew, unevenly lit."""
    page = page.convert("RGB")
    tint = tuple(255 - rng.randrange(0, 26) for _ in range(3))
    page = Image.fromarray((np.asarray(page) * (np.array(tint) / 255)).astype(np.uint8))
    width, height = round(page.width * 1.08), round(page.height * 1.08)
    edge_x, edge_y = (width - page.width) / 2, (height - page.height) / 2

    def corner(x: float, y: float) -> tuple[float, float]:
        return x + rng.uniform(-0.012, 0.012) * width, y + rng.uniform(-0.012, 0.012) * height

    corners = (
        corner(edge_x, edge_y),
        corner(width - edge_x, edge_y),
        corner(width - edge_x, height - edge_y),
        corner(edge_x, height - edge_y),
    )
    source = ((0.0, 0.0), (page.width, 0.0), (page.width, page.height), (0.0, page.height))
    desk = Image.new("RGB", (width, height), rng.choice(_DESKS))
    coefficients = _perspective(corners, source)
    where = (width, height)
    laid = page.transform(where, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR)
    mask = Image.new("L", page.size, 255).transform(where, Image.Transform.PERSPECTIVE, coefficients)
    desk.paste(laid, (0, 0), mask)
    return _light(desk, rng)


def _perspective(target: tuple[tuple[float, float], ...], source: tuple[tuple[float, float], ...]) -> tuple[float, ...]:
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    wanted = np.array([value for point in source for value in point])
    return tuple(float(value) for value in np.linalg.solve(np.array(rows), wanted))


def _light(image: Image.Image, rng: Random) -> Image.Image:
    low = rng.uniform(0.72, 0.95)
    across = np.linspace(low, 1.0, image.width)[None, :, None]
    if rng.random() < 0.5:
        across = across[:, ::-1]
    return Image.fromarray((np.asarray(image) * across).astype(np.uint8))
