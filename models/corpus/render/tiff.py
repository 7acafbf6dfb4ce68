"""Multi-page TIFF: CCITT G4 for one bit a pixel, deflate for greyscale."""

import io
from collections.abc import Sequence

from PIL import Image, ImageChops

from models.corpus.render.page_image import DPI


def write_tiff(pages: Sequence[Image.Image], dpi: int = DPI) -> bytes:
    """Return the pages, all of one mode, as one TIFF."""
    stream = io.BytesIO()
    compression = "group4" if pages[0].mode == "1" else "tiff_adobe_deflate"
    pages[0].save(stream, "TIFF", compression=compression, dpi=(dpi, dpi), save_all=True, append_images=list(pages[1:]))
    return stream.getvalue()


def group4(page: Image.Image) -> bytes:
    """Return the bare CCITT G4 data of a one-bit page, its ink coded as black runs."""
    stream = io.BytesIO()
    ImageChops.invert(page).save(stream, "TIFF", compression="group4", strip_size=page.width * page.height)
    stream.seek(0)
    with Image.open(stream) as written:
        tags = getattr(written, "tag_v2", {})
        (offset,), (length,) = tags[273], tags[279]
    return stream.getvalue()[offset : offset + length]
