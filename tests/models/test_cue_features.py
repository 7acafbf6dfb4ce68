"""Each type's own words."""

import numpy as np

from models.cue_features import cue_features, cues, feature_count
from sagstjek.shapes import PartText
from sagstjek.taxonomy import taxonomy


def hits(part):
    """How many cues of each type are met, summed over title, head and body."""
    (row,) = cue_features([part])
    places = row.reshape(3, -1)[:, : len(cues())]
    return {code for (code, _), met in zip(cues(), places.sum(axis=0), strict=True) if met}


def test_every_type_of_the_cues_is_known_and_every_cue_fits_folded_text():
    assert {code for code, _ in cues()} <= set(taxonomy())
    assert all(pattern.pattern == pattern.pattern.replace("Æ", "æ") for _, pattern in cues())


def test_words_of_a_type_are_found_in_title_and_text():
    assert "cv" in hits(PartText("Curriculum vitae\nErhvervserfaring"))
    assert "cv" in hits(PartText("", title="Mit CV"))


def test_shape_and_nothing_found():
    found = cue_features([PartText(""), PartText("Curriculum vitae")])
    assert found.shape == (2, feature_count())
    assert not found[0].any()
    assert np.isfinite(found).all()
    assert cue_features([]).shape == (0, feature_count())
