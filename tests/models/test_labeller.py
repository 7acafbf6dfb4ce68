"""The classifier learns, says how sure it is, and fits in a file."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from small import TYPES, examples, model, piles

from models.artefact import read_artefact, write_artefact
from models.corpus.names import MEN, SURNAMES, WOMEN
from models.dataset import load_examples, load_piles, save_lines
from models.evaluate import evaluate, with_wrong_titles, without_titles
from models.evidence import observe
from models.labeller import from_artefact, load_model, to_artefact
from models.text_features import fold
from models.train import train
from sagstjek.errors import ModelError
from sagstjek.shapes import Page, PartText
from sagstjek.taxonomy import taxonomy


def saved(labeller):
    return write_artefact(to_artefact(labeller))


def test_learns_what_it_is_shown():
    found = evaluate(model(), examples())
    assert found.accuracy.value > 0.9
    assert found.covered.value > 0.95


def test_probabilities_and_sets():
    parts = [example.part for example in examples()[:50]] + [PartText("")]
    chances = model().probabilities([observe(part) for part in parts])
    assert np.allclose(chances.sum(axis=1), 1)
    for prediction in model().classify(parts):
        assert prediction.type == prediction.candidates[0]
        assert set(prediction.candidates) <= set(TYPES)
        assert 0 <= prediction.confidence <= 1
    assert model().classify([]) == []


def test_decides_again_on_what_it_observed():
    parts = [example.part for example in examples()[:30]]
    model_ = model()
    assert model_.decide([model_.observe(part) for part in parts]) == model_.classify(parts)
    assert model_.decide([]) == []


def test_the_same_examples_give_the_same_bytes():
    assert saved(train(examples(), piles())[0]) == saved(model())


def test_a_file_gives_the_model_back():
    parts = [example.part for example in examples()[:30]]
    again = load_model(saved(model()))
    assert again.model_id.startswith("labeller-")
    assert [p.type for p in again.classify(parts)] == [p.type for p in model().classify(parts)]
    assert again.accept_at == model().accept_at


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-9], lambda b: b"x" + b, lambda b: b[:60] + bytes([b[60] ^ 1]) + b[61:], lambda _: b""]
)
def test_damaged_files_are_refused(damage):
    with pytest.raises(ModelError, match="sagstjek train"):
        load_model(damage(saved(model())))


def test_a_model_of_other_features_is_refused():
    artefact = to_artefact(model())
    short = {**artefact.arrays, "weights": artefact.arrays["weights"][:-1]}
    again = read_artefact(write_artefact(type(artefact)(artefact.values, short)))
    with pytest.raises(ModelError, match="lacks"):
        from_artefact(again)


def test_pages_that_begin():
    pile = piles()[0]
    begins = model().begins(pile.pages)
    assert begins[0] == 1.0
    assert len(begins) == len(pile.pages)
    assert model().begins([Page(1)]) == [1.0]
    assert model().begins([]) == []


def test_titles_can_be_removed_and_wrong():
    some = examples()[::9]
    assert all(not e.part.title for e in without_titles(some))
    assert [e.part.text for e in with_wrong_titles(some)] == [e.part.text for e in some]


def test_examples_survive_a_file(tmp_path):
    save_lines(tmp_path / "e.gz", examples()[:20])
    save_lines(tmp_path / "p.gz", piles()[:3])
    assert load_examples(tmp_path / "e.gz") == examples()[:20]
    assert load_piles(tmp_path / "p.gz") == piles()[:3]


class TestShipped:
    """The model that goes out with the wheel."""

    def test_knows_every_type(self):
        assert set(load_model().types) == set(taxonomy())

    def test_is_small(self):
        assert len(saved(load_model())) < 20_000_000

    def test_holds_no_names_of_people(self):
        model = load_model()
        words = set(model.features.vocabularies[0].columns.tolist())
        names = [fold(name) for name in (*WOMEN, *MEN, *SURNAMES) if len(name) > 4 and name.isalpha()]
        assert not any(words & set(observe(PartText(name)).columns.tolist()) for name in names)
