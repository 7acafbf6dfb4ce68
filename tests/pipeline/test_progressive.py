"""Heads, blank pages, and pages that lie on their side."""

from random import Random

import pytest
from PIL import Image

from models.corpus.render.scan import blank_page, turn
from pipeline.ocr.opening import open_engine
from pipeline.progressive import PageReader, head_height, is_blank
from pipeline.read.content import Limits
from pipeline.read.opening import open_content
from sagstjek.settings import Settings
from sagstjek.shapes import Extent, TextSource
from tests.pipeline import samples

LIMITS = Limits.of(Settings())


@pytest.fixture(scope="module")
def engine():
    return open_engine("auto", "dan")


def reader(engine, image):
    content = open_content(samples.picture("TIFF", image, dpi=(200, 200)), "tiff", LIMITS)
    return PageReader(content.pages, engine, 150)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_page_is_read_whichever_way_it_lies(engine, degrees):
    pages = reader(engine, turn(samples.bilevel(), degrees))
    page = pages.whole(pages.first_look(1))
    assert "Skriftlig advarsel" in page.text
    assert "251248-9996" in page.text
    assert (page.source, page.extent) == (TextSource.OCR, Extent.WHOLE)


def test_the_head_is_read_first(engine):
    pages = reader(engine, samples.footed())
    page = pages.first_look(1)
    assert page.extent is Extent.HEAD
    assert page.text.count("Københavns Kommune") == 1
    assert pages.ocr_seconds > 0
    whole = pages.whole(page)
    assert whole.text.startswith(page.text.rstrip())
    assert whole.text.count("Københavns Kommune") == 2
    assert pages.whole(whole) is whole


def test_a_head_with_nothing_below_it_is_the_whole_page(engine):
    page = reader(engine, samples.bilevel()).first_look(1)
    assert (page.extent, page.source) == (Extent.WHOLE, TextSource.OCR)


def test_the_rest_is_the_same_from_a_kept_picture_and_from_one_taken_again(engine):
    pages = reader(engine, samples.footed())
    head = pages.first_look(1)
    assert pages.whole(head) == pages.whole(head)


@pytest.mark.parametrize("seed", range(6))
def test_backs_of_sheets_are_blank(seed):
    assert is_blank(blank_page(samples.page(), Random(seed)))


def test_two_lines_are_not_blank():
    page = samples.page().copy()
    page.paste(255, (0, 0, page.width, int(page.height * 0.11)))
    page.paste(255, (0, int(page.height * 0.14), page.width, page.height))
    assert not is_blank(page)


def test_faint_print_is_not_blank():
    faint = samples.page().point([min(255, 150 + value * 105 // 255) for value in range(256)])
    assert not is_blank(faint)


def test_grey_paper_is_blank():
    assert is_blank(Image.new("L", (1240, 1754), 170))


def test_small_and_wide_pictures_have_no_head():
    card = samples.page().crop((0, 0, 1000, 600))
    assert head_height(card) == card.height
    assert head_height(samples.page()) < samples.page().height / 2
