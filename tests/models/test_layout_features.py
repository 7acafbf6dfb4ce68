"""Numbers about a part beside its words."""

import numpy as np
import pytest

from models.layout_features import NAMES, layout_features
from sagstjek.shapes import PartText, TextSource


def row(part):
    return dict(zip(NAMES, layout_features([part])[0], strict=True))


def test_names_are_told_apart_and_fit_the_columns():
    assert len(set(NAMES)) == len(NAMES)
    assert layout_features([]).shape == (0, len(NAMES))


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (PartText("x", media="tiff"), "media_tiff"),
        (PartText("x", source=TextSource.OCR), "is_ocr"),
        (PartText("x", member="bilag.pdf"), "is_member"),
        (PartText("x", title=" "), "no_title"),
        (PartText("x", aspect=1.4), "landscape"),
        (PartText("12345"), "digits"),
        (PartText("a\tb\tc"), "tabs"),
    ],
)
def test_each_is_set_by_what_it_names(part, name):
    assert row(part)[name] > 0
    assert row(PartText("x", title="t"))[name] == 0


@pytest.mark.parametrize("text", ["", "\n\n\f", "1" * 100_000, "ÆØÅ\n" * 9000, "\t" * 5000])
def test_any_text_gives_small_numbers(text):
    found = layout_features([PartText(text, pages=400, aspect=20.0)])
    assert np.isfinite(found).all()
    assert found.min() >= 0
    assert found.max() <= 5
