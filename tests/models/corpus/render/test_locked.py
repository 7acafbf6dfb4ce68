"""Locked files open with their password, and only with it."""

import io
import zipfile
from random import Random

import docx
import msoffcrypto
import pypdfium2
import pytest

from models.corpus.grammar import expand, shipped_templates
from models.corpus.render.formats import render, render_pdf
from models.corpus.render.locked import lock_office
from models.corpus.render.look import draw_look
from models.corpus.render.packing import lock_zip
from models.corpus.scene import draw_scene


@pytest.fixture(scope="module")
def drawn():
    template = shipped_templates()[0]
    return expand(template, draw_scene(Random(1), template.era), Random(1))


def test_zip():
    data = lock_zip([("Bevis æ.txt", b"hej" * 200)], "hemmelig", Random(1))
    archive = zipfile.ZipFile(io.BytesIO(data))
    with pytest.raises(RuntimeError, match="encrypted"):
        archive.read("Bevis æ.txt")
    assert archive.read("Bevis æ.txt", b"hemmelig") == b"hej" * 200


def test_pdf(drawn):
    data = render_pdf(drawn, draw_look(drawn, Random(1)), Random(1), password="x").data
    with pytest.raises(pypdfium2.PdfiumError, match=r"[Pp]assword"):
        pypdfium2.PdfDocument(data)
    assert len(pypdfium2.PdfDocument(data, password="x")) > 0


def test_word(drawn):
    plain = render(drawn, "docx", Random(1)).data
    data = lock_office(plain, Random(1), "x")
    assert data == lock_office(plain, Random(1), "x")
    locked = msoffcrypto.OfficeFile(io.BytesIO(data))
    assert locked.is_encrypted()
    locked.load_key(password="x")
    opened = io.BytesIO()
    locked.decrypt(opened)
    assert docx.Document(opened).paragraphs
