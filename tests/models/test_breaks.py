"""Where documents begin in a pile."""

import numpy as np
import pytest

from models.breaks import BreakModel, feature_count, pair_features
from sagstjek.shapes import Extent, Page, TextSource

LETTER = Page(1, "Nordå Kommune\nDato: 3. maj 2011\nKære Nancy\nHermed", TextSource.OCR, extent=Extent.WHOLE)
SECOND = Page(2, "fortsat fra forrige side\nMed venlig hilsen\nBo", TextSource.OCR, extent=Extent.WHOLE)


def test_a_row_for_each_page_but_the_first():
    found = pair_features([LETTER, SECOND, LETTER])
    assert found.shape == (2, feature_count())
    assert np.isfinite(found).all()
    assert not np.array_equal(found[0], found[1])


@pytest.mark.parametrize("text", ["", "\n\n", "ÆØÅ", "x" * 50_000])
def test_any_page_gives_a_row(text):
    assert np.isfinite(pair_features([Page(1, text), Page(2, text)])).all()


def test_the_end_of_a_page_counts_only_when_it_was_read():
    head = Page(1, SECOND.text, TextSource.OCR, extent=Extent.HEAD)
    assert not np.array_equal(pair_features([SECOND, LETTER]), pair_features([head, LETTER]))


def test_a_model_is_arrays_and_back():
    model = BreakModel(np.linspace(-1, 1, feature_count(), dtype=np.float32), 0.25)
    again = BreakModel.of(model.arrays())
    assert again.begins([LETTER, SECOND]) == model.begins([LETTER, SECOND])
    assert again.begins([LETTER, SECOND])[0] == 1.0
