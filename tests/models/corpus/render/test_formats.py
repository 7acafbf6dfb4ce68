"""Each format is what it says: opened with the libraries that read the real ones."""

import io
from random import Random

import docx
import kreuzberg
import openpyxl
import pypdfium2
import pytest
from PIL import Image, ImageSequence

from models.corpus.grammar import expand, shipped_templates
from models.corpus.render.formats import EXTENSIONS, SCANS, render
from models.corpus.render.paper import Scanner, draw_scanner
from models.corpus.render.scan import Wear
from models.corpus.scene import draw_scene

OLD_OFFICE = {"doc": "application/msword", "xls": "application/vnd.ms-excel"}


@pytest.fixture(scope="module")
def drawn():
    """A one-page letter with a table that prints a CPR number."""
    template = next(t for t in shipped_templates() if t.id == "loenaftale-01")
    return expand(template, draw_scene(Random(4), template.era), Random(4))


def text_layer(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


@pytest.mark.parametrize("form", EXTENSIONS)
def test_same_seed_same_bytes(drawn, form):
    assert render(drawn, form, Random(1)).data == render(drawn, form, Random(1)).data


def test_word_holds_the_text_and_the_table(drawn):
    document = docx.Document(io.BytesIO(render(drawn, "docx", Random(1)).data))
    assert drawn.blocks[0].text in [paragraph.text for paragraph in document.paragraphs]
    assert drawn.scene.person.cpr.written in [cell.text for row in document.tables[0].rows for cell in row.cells]


def test_excel_holds_the_cells(drawn):
    sheet = openpyxl.load_workbook(io.BytesIO(render(drawn, "xlsx", Random(1)).data)).active
    assert drawn.scene.person.cpr.written in [cell.value for row in sheet.iter_rows() for cell in row]


@pytest.mark.parametrize("form", OLD_OFFICE)
def test_old_office_files_are_read_by_others(drawn, form):
    text = kreuzberg.extract_bytes_sync(render(drawn, form, Random(1)).data, OLD_OFFICE[form]).content
    assert drawn.scene.person.cpr.written in text
    assert drawn.scene.person.name in text


def test_pdf_has_text_and_scans_have_what_their_name_says(drawn):
    cpr = drawn.scene.person.cpr.written
    assert cpr in text_layer(render(drawn, "pdf", Random(1)).data)
    assert cpr in text_layer(render(drawn, "layer_pdf", Random(1)).data)
    assert not text_layer(render(drawn, "scan_pdf", Random(1)).data).strip()
    junk = text_layer(render(drawn, "junk_pdf", Random(1)).data)
    assert len(junk) > 100
    assert cpr not in junk


@pytest.mark.parametrize("form", sorted(SCANS))
def test_scans_are_dark_on_light(drawn, form):
    file = render(drawn, form, Random(1))
    if file.extension == "pdf":
        picture = pypdfium2.PdfDocument(file.data)[0].render(scale=1.5).to_pil().convert("L")
    else:
        picture = Image.open(io.BytesIO(file.data)).convert("L")
    dark = sum(picture.histogram()[:140]) / (picture.width * picture.height)
    assert 0.003 < dark < 0.3


def test_tif_has_all_pages_in_group_4():
    template = next(t for t in shipped_templates() if "\n===\n" in t.text)
    drawn = expand(template, draw_scene(Random(1), template.era), Random(1))
    file = render(drawn, "tif", Random(1))
    with Image.open(io.BytesIO(file.data)) as image:
        assert image.info["compression"] == "group4"
        assert file.pages == len(list(ImageSequence.Iterator(image))) == len(file.page_texts) > 1


def test_a_page_that_lay_wrong_is_turned(drawn):
    upright = render(drawn, "tif", Random(1), Scanner(Wear()))
    turned = render(drawn, "tif", Random(1), Scanner(Wear(), turned=1.0))
    assert upright.data != turned.data
    assert upright.page_texts == turned.page_texts


def test_a_second_scan_shows_the_same_page_otherwise(drawn):
    first, second = (render(drawn, "tif", Random(1), draw_scanner(Random(n))) for n in (1, 2))
    assert first.data != second.data
    assert first.page_texts == second.page_texts
