import numpy as np
import pytest
from PIL import Image

from pipeline.read.content import Limits, PageSource
from pipeline.read.opening import open_content
from sagstjek.settings import Settings
from tests.pipeline import samples

LIMITS = Limits.of(Settings())


def read(data: bytes, media: str = "jpeg") -> PageSource:
    return open_content(data, media, LIMITS).pages[0]


def likeness(one: Image.Image | None, other: Image.Image) -> float:
    assert one is not None
    a, b = (
        np.asarray(image.convert("L").resize((100, 141), Image.Resampling.BOX), float).ravel() for image in (one, other)
    )
    return float(np.corrcoef(a, b)[0, 1])


def test_a_large_photo_is_decoded_small() -> None:
    photo = samples.page(300).convert("RGB")
    image = read(samples.picture("JPEG", photo, dpi=(72, 72))).image(150)
    assert image.height == pytest.approx(photo.height / 2, abs=1)
    assert likeness(image, photo) > 0.98


@pytest.mark.parametrize(("orientation", "turned"), [(1, 0), (3, 180), (6, 270), (8, 90)])
def test_a_telephone_held_sideways(orientation: int, turned: int) -> None:
    page = samples.page(100)
    exif = Image.Exif()
    exif[274] = orientation
    source = read(samples.picture("JPEG", page.rotate(-turned, expand=True), exif=exif))
    assert source.aspect == pytest.approx(210 / 297, abs=0.01)
    assert likeness(source.image(100), page) > 0.98


def test_two_pictures_in_one_file_show_the_first() -> None:
    page = samples.page(100).convert("RGB")
    data = samples.picture("MPO", page, save_all=True, append_images=[Image.new("RGB", page.size)])
    assert likeness(read(data).image(100), page) > 0.98


def test_what_is_transparent_is_white() -> None:
    page = samples.page(100)
    ink = Image.new("RGBA", page.size, (0, 0, 0, 0))
    ink.putalpha(page.point(lambda value: 255 - value))
    assert likeness(read(samples.picture("PNG", ink), "png").image(100), page) > 0.98


def test_colours_of_print() -> None:
    page = samples.page(100)
    assert likeness(read(samples.picture("JPEG", page.convert("RGB").convert("CMYK"))).image(100), page) > 0.95


@pytest.mark.parametrize(("dpi", "wanted", "times"), [(100, 150, 1.5), (100, 300, 2), (150, 300, 1)])
def test_a_coarse_picture_is_enlarged(dpi: int, wanted: int, times: float) -> None:
    page = samples.page(dpi)
    image = read(samples.picture("PNG", page, dpi=(dpi, dpi)), "png").image(wanted)
    assert image.size == pytest.approx((page.width * times, page.height * times), abs=1)
