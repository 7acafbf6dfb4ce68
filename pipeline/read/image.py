"""JPEG, PNG, GIF, BMP, WebP: one picture, one page."""

from dataclasses import dataclass, field

from PIL import ExifTags, Image, ImageOps

from pipeline.read.content import Content, Limits
from pipeline.read.picture import factor, grey, open_picture, resolution, to_resolution
from pipeline.read.seam import seal

_SIDEWAYS = (5, 6, 7, 8)


@dataclass(frozen=True, slots=True)
class _Picture:
    data: bytes = field(repr=False)
    max_pixels: int

    @property
    def aspect(self) -> float:
        with open_picture(self.data, self.max_pixels) as image:
            sideways = image.getexif().get(ExifTags.Base.Orientation) in _SIDEWAYS
            return image.height / image.width if sideways else image.width / image.height

    def layer(self) -> str:
        return ""

    def image(self, dpi: int) -> Image.Image:
        with open_picture(self.data, self.max_pixels) as picture:
            return decode(picture, resolution(picture), dpi)


def decode(picture: Image.Image, has: tuple[float, float], dpi: int) -> Image.Image:
    """Return an opened picture in greyscale, turned as its header says, at about this resolution.

    A JPEG is decoded at a half, quarter or eighth, and in grey: a tenth of the work.
    """
    if picture.format in ("JPEG", "MPO") and picture.mode in ("L", "RGB"):
        by = factor(min(has), dpi)
        width = picture.width
        picture.draft("L", (picture.width // by, picture.height // by))
        shrunk = width / picture.width
        has = has[0] / shrunk, has[1] / shrunk
    turned = ImageOps.exif_transpose(picture)
    has = (has[1], has[0]) if picture.getexif().get(ExifTags.Base.Orientation) in _SIDEWAYS else has
    return to_resolution(grey(turned), has, dpi)


def read(data: bytes, media: str, limits: Limits) -> Content:
    """Return the one page."""
    open_picture(data, limits.max_pixels).close()
    return Content(media, seal((_Picture(data, limits.max_pixels),)), paged=True)
