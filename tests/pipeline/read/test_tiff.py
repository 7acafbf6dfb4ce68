import io

import numpy as np
import pytest
from PIL import Image

from pipeline.read.content import Content, Limits
from pipeline.read.opening import open_content
from sagstjek.settings import Settings
from sagstjek.shapes import Reason
from tests.pipeline import samples

LIMITS = Limits.of(Settings())


def read(data: bytes) -> Content:
    return open_content(data, "tiff", LIMITS)


def likeness(one: Image.Image | None, other: Image.Image) -> float:
    assert one is not None
    a, b = (
        np.asarray(image.convert("L").resize((100, 141), Image.Resampling.BOX), float).ravel() for image in (one, other)
    )
    return float(np.corrcoef(a, b)[0, 1])


@pytest.mark.parametrize(("dpi", "wanted", "shrunk"), [(200, 150, 1), (300, 150, 2), (600, 150, 4), (300, 300, 1)])
def test_reduced_by_whole_factors(dpi: int, wanted: int, shrunk: int) -> None:
    page = samples.bilevel(dpi)
    image = read(samples.picture("TIFF", page, compression="group4", dpi=(dpi, dpi))).pages[0].image(wanted)
    assert image.size == (-(-page.width // shrunk), -(-page.height // shrunk))


@pytest.mark.parametrize("dpi", [None, (1, 1), (72, 72), (96.0, 12000.0)])
def test_a_senseless_resolution_is_taken_as_a4(dpi: tuple[float, float] | None) -> None:
    data = samples.picture("TIFF", samples.bilevel(300), compression="group4", **({"dpi": dpi} if dpi else {}))
    page = read(data).pages[0]
    assert page.image(150).height == pytest.approx(297 / 25.4 * 150, abs=3)
    assert page.aspect == pytest.approx(210 / 297, abs=0.01)


def test_a_fax_with_half_the_lines_gets_square_pixels() -> None:
    page = samples.bilevel(200)
    fax = page.resize((page.width, page.height // 2))
    source = read(samples.picture("TIFF", fax, compression="group4", dpi=(204, 98))).pages[0]
    assert source.aspect == pytest.approx(210 / 297, abs=0.03)
    assert source.image(200).width / source.image(200).height == pytest.approx(210 / 297, abs=0.03)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixel(mode: str) -> None:
    grey = samples.page(100)
    if mode == "I;16":
        page = Image.fromarray(np.asarray(grey, np.uint16) * 257)
    else:
        page = samples.bilevel(100) if mode == "1" else grey.convert("RGB").convert(mode)
    image = read(samples.picture("TIFF", page)).pages[0].image(100)
    assert image.mode == "L"
    assert likeness(image, grey) > 0.95


def test_a_negative_is_turned_positive() -> None:
    page = samples.bilevel(100)
    negative = page.point(lambda value: 255 - value)
    assert likeness(read(samples.picture("TIFF", negative, compression="group4")).pages[0].image(100), page) > 0.95


@pytest.mark.parametrize(("orientation", "turned"), [(1, 0), (3, 180), (6, 270), (8, 90)])
def test_the_orientation_tag(orientation: int, turned: int) -> None:
    page = samples.page(100)
    stored = page.rotate(-turned, expand=True)
    source = read(samples.picture("TIFF", stored, tiffinfo={274: orientation}, dpi=(100, 100))).pages[0]
    assert source.aspect == pytest.approx(210 / 297, abs=0.01)
    assert likeness(source.image(100), page) > 0.99


def test_pages_in_any_order_give_the_same() -> None:
    pages = read(samples.tiff(3)).pages
    first = pages[0].image(150).tobytes()
    assert pages[2].image(150).tobytes() == first
    assert pages[0].image(150).tobytes() == first


def test_a_broken_frame_leaves_the_others() -> None:
    frames = [samples.page(100)] * 3
    data = bytearray(
        samples.picture("TIFF", frames[0], save_all=True, append_images=frames[1:], compression="tiff_adobe_deflate")
    )
    with Image.open(io.BytesIO(bytes(data))) as file:
        file.seek(1)
        start = file.tag_v2[273][0]
    data[start : start + 40] = b"\x13" * 40
    pages = read(bytes(data)).pages
    assert [page.image(100) is None for page in pages] == [False, True, False]
    assert [page.reason for page in pages] == [None, Reason.DAMAGED, None]


def test_a_broken_chain_of_frames_is_damaged() -> None:
    data = samples.tiff(3)
    with Image.open(io.BytesIO(data)) as file:
        file.seek(2)
        third = file._frame_pos[2]
    content = read(data[:third] + b"\xff" * (len(data) - third))
    assert content.damaged
    assert content.pages[0].image(100) is not None
