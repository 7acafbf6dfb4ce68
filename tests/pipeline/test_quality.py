"""Good and junk text layers."""

from random import Random

import pytest

from models.corpus.render.scan_pdf import junk_layer
from pipeline.quality import is_good_layer, text_quality

LETTER = """Nordå Kommune, HR og Løn, Rådhuset, Torvet 4, 8000 Nordå. Tlf. 33 44 55 66. Sagsnr. 81.03.00-G01-12-24
Du ansættes hermed som pædagog pr. 1. august 2012 med 37 timer om ugen på løntrin 24 (31/3-2000-niveau)."""


def test_a_letter_is_good():
    assert text_quality(LETTER) > 0.9
    assert is_good_layer(LETTER)


@pytest.mark.parametrize("seed", range(5))
def test_junk_is_not(seed):
    assert not is_good_layer(junk_layer(LETTER, Random(seed)))


@pytest.mark.parametrize("text", ["", "   ", "Side 1", "Journaliseret 2011"])
def test_a_stamp_is_not_enough(text):
    assert not is_good_layer(text)
