"""All features of a part in one row, the same whether learnt or looked up."""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from small import examples

from models.evidence import BLOCKS, observe
from models.features import GRAMS, Prepared
from sagstjek.shapes import PartText

SOME = examples()[::2]
PARTS = [observe(example.part) for example in SOME]


def learnt():
    templates = [example.template for example in SOME]
    return Prepared.of(PARTS).learn(np.arange(len(PARTS)), templates)


def test_what_was_learnt_is_found_again():
    features, matrix = learnt()
    again = features.transform(PARTS)
    assert again.shape == (len(PARTS), features.width)
    assert abs(matrix - again).max() < 1e-6


def test_the_blocks_lie_in_order():
    features, _ = learnt()
    assert [vocabulary.grams for vocabulary in features.vocabularies] == list(GRAMS)
    assert [grams.name for grams in GRAMS] == list(BLOCKS)


def test_an_empty_part_and_none():
    features, _ = learnt()
    assert np.isfinite(features.transform([observe(PartText(""))]).toarray()).all()
