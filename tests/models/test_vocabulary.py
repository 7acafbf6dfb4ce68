"""Vocabularies hold what templates share."""

import numpy as np
import pytest

from models.evidence import observe
from models.vocabulary import Counted, Grams, Vocabulary, count
from sagstjek.shapes import PartText

WORDS = Grams("body_words", 100, 2, 0.5)
TEXTS = ["advarsel", "advarsel fravær", "advarsel fravær", "advarsel fravær sjælden", "bevis", "bevis"]
TEMPLATES = ["a", "a", "b", "b", "c", "c"]


def seen(*texts):
    return [observe(PartText(text)) for text in texts]


def columns(*texts):
    return {int(column) for item in seen(*texts) for column in item.columns if column >> 21 == 0}


def chosen(grams=WORDS, texts=TEXTS, templates=TEMPLATES):
    return Counted.of(grams, 0, seen(*texts)).choose(np.arange(len(texts)), templates)


def test_a_term_is_kept_when_enough_templates_share_it():
    vocabulary, _ = chosen()
    assert set(vocabulary.columns.tolist()) == columns("advarsel fravær")


def test_the_terms_that_most_templates_share_win():
    grams = Grams("body_words", 1, 1, 1.0)
    assert set(chosen(grams, ["b", "b", "a", "a", "b"], ["1", "2", "3", "3", "4"])[0].columns.tolist()) == columns("b")


def test_learning_and_looking_up_weigh_alike():
    vocabulary, matrix = chosen()
    again = vocabulary.transform(count(seen(*TEXTS), vocabulary.columns))
    assert np.allclose(matrix.toarray(), again.toarray())
    assert np.allclose(np.linalg.norm(matrix.toarray(), axis=1), [0.5, 0.5, 0.5, 0.5, 0, 0])


def test_only_the_chosen_rows_are_learnt_from():
    vocabulary, matrix = Counted.of(WORDS, 0, seen(*TEXTS)).choose(np.array([4, 5]), ["c", "d"])
    assert set(vocabulary.columns.tolist()) == columns("bevis")
    assert matrix.shape == (6, 1)


@pytest.mark.parametrize("text", ["", "ukendt"])
def test_what_is_not_in_it_weighs_nothing(text):
    known = np.array(sorted(columns("advarsel")), dtype=np.uint32)
    vocabulary = Vocabulary(WORDS, known, np.ones(len(known), dtype=np.float32))
    assert vocabulary.transform(count(seen(text), known)).nnz == 0


def test_no_parts_have_no_rows():
    assert count([], np.array([3], dtype=np.uint32)).shape == (0, 1)
