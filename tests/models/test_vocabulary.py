"""Vocabularies hold what templates share, and nobody's name."""

import numpy as np
import pytest

from models.vocabulary import Counted, Grams, Vocabulary, people_names

WORDS = Grams("body_words", "word", 1, 1, 100, min_templates=2)
TEXTS = [
    "advarsel til grethe",
    "advarsel om fravær til grethe",
    "advarsel fravær",
    "advarsel fravær sjælden",
    "bevis",
    "bevis",
]
TEMPLATES = ["a", "a", "b", "b", "c", "c"]


def chosen(grams=WORDS, texts=TEXTS, templates=TEMPLATES):
    return Counted.of(grams, texts).choose(np.arange(len(texts)), templates)


def test_a_term_is_kept_when_enough_templates_share_it():
    vocabulary, _ = chosen()
    assert vocabulary.terms == ("advarsel", "fravær")


def test_names_are_no_words():
    name = next(name for name in sorted(people_names()) if name.isalpha() and name.isascii())
    texts = [f"{text} {name}" for text in TEXTS]
    assert name not in chosen(texts=texts)[0].terms


def test_the_terms_that_most_templates_share_win_in_sorted_order():
    grams = Grams("body_words", "word", 1, 1, 1, min_templates=1)
    assert chosen(grams, ["b x", "b y", "b a", "c"], ["1", "2", "3", "4"])[0].terms == ("b",)


def test_learning_and_transforming_weigh_alike():
    vocabulary, matrix = chosen()
    assert np.allclose(matrix.toarray(), vocabulary.transform(TEXTS).toarray())
    lengths = np.linalg.norm(matrix.toarray(), axis=1)
    assert np.allclose(lengths, [1, 1, 1, 1, 0, 0])


def test_only_the_chosen_rows_are_learnt_from():
    vocabulary, matrix = Counted.of(WORDS, TEXTS).choose(np.array([4, 5]), ["c", "d"])
    assert vocabulary.terms == ("bevis",)
    assert matrix.shape == (6, 1)


@pytest.mark.parametrize("text", ["", "ukendt", "ADVARSEL"])
def test_what_is_not_in_it_weighs_nothing(text):
    vocabulary = Vocabulary(WORDS, ("advarsel",), np.ones(1, dtype=np.float32))
    assert vocabulary.transform([text]).nnz == 0
