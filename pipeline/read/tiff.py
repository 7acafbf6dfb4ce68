"""TIFF: many pages, mostly one bit CCITT G4, decoded one at a time."""

import io
from dataclasses import dataclass, field

from PIL import Image

from pipeline.read.content import Content, Limits
from pipeline.read.picture import check_size, grey, resolution, to_resolution
from pipeline.read.seam import seal, sealed
from sagstjek.errors import DocumentError
from sagstjek.shapes import Reason


@dataclass(frozen=True, slots=True)
class _Frame:
    file: Image.Image = field(repr=False)
    number: int
    max_pixels: int

    @property
    def aspect(self) -> float:
        self.file.seek(self.number)
        across, down = resolution(self.file)
        return (self.file.width / across) / (self.file.height / down)

    def layer(self) -> str:
        return ""

    def image(self, dpi: int) -> Image.Image:
        self.file.seek(self.number)
        check_size(self.file.width, self.file.height, self.max_pixels)
        has = resolution(self.file)
        self.file.load()  # turns the picture as the orientation tag says
        return to_resolution(grey(self.file.copy()), has, dpi)


def read(data: bytes, media: str, limits: Limits) -> Content:
    """Return a page for each frame whose header can be found."""
    file = Image.open(io.BytesIO(data))
    count, damaged, truncated = _count(file, limits.max_pages)
    pages = seal(_Frame(file, number, limits.max_pixels) for number in range(count))
    return Content(media, pages, paged=True, damaged=damaged, truncated=truncated)


def _count(file: Image.Image, most: int) -> tuple[int, bool, bool]:
    """Return the number of frames, whether the chain of frames is broken, and whether there are more."""
    count = 0
    while count < most:
        try:
            with sealed():
                if not _seek(file, count):
                    return count, False, False
        except DocumentError as error:
            if not count or error.reason is not Reason.DAMAGED:
                raise
            return count, True, False
        count += 1
    return count, False, _more(file, count)


def _more(file: Image.Image, count: int) -> bool:
    try:
        with sealed():
            return _seek(file, count)
    except DocumentError:
        return True


def _seek(file: Image.Image, number: int) -> bool:
    """Go to a frame; return False when there is none."""
    try:
        file.seek(number)
    except EOFError:
        return False
    return True
