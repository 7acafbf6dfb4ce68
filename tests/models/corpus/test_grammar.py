"""Templates: loading, markup errors that say what to do, expansion."""

from pathlib import Path
from random import Random

import pytest

from models.corpus.grammar import expand, load_templates, shipped_templates, sides
from models.corpus.markup import resolve
from models.corpus.scene import SLOTS, draw_scene
from sagstjek.errors import InputError

GOOD = """type: advarsel
templates:
  - id: a-1
    style: letter
    era: [1999, 2014]
    titles: ["Advarsel"]
    text: |
      {text}
"""


def load(tmp_path: Path, text: str):
    path = tmp_path / "advarsel.yaml"
    path.write_text(text, "utf-8")
    return load_templates([path])


def test_every_shipped_template_expands_and_prints_what_it_claims():
    for template in shipped_templates():
        rng = Random(template.id)
        scene = draw_scene(rng, template.era)
        drawn = expand(template, scene, rng)
        assert drawn.title, template.id
        assert len(drawn.text) > 20, template.id
        assert not any(mark in drawn.text for mark in ("{", "[[", "]]")), template.id
        if drawn.prints_cpr:
            assert scene.person.cpr.written in drawn.text or scene.person.cpr.digits in drawn.text, template.id


def test_slots_of_a_scene_are_the_slots_that_templates_may_use():
    assert draw_scene(Random(1), (1990, 2020)).slots.keys() == SLOTS


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("type: advarsel", "type: advarsl", "unknown type 'advarsl' (did you mean 'advarsel'?)"),
        ("style: letter", "style: lettre", "unknown style 'lettre' (did you mean 'letter'?)"),
        ("era: [1999, 2014]", "era: [2014, 1999]", "era must be two years"),
        ("titles: ", "titels: ", "unknown key 'titels' (did you mean 'titles'?)"),
        ("{text}", "{kommun}", "unknown slot '{kommun}' (did you mean 'kommune'?)"),
        ("{text}", "[[a|b", "do not pair"),
        ("{text}", "[[a|[[b]] c]]", "do not pair, or are nested"),
    ],
)
def test_wrong_markup_names_the_file_and_the_nearest_word(tmp_path, old, new, says):
    with pytest.raises(InputError, match=r"advarsel\.yaml") as error:
        load(tmp_path, GOOD.replace(old, new).replace("{text}", "Kære {fornavn}"))
    assert says in str(error.value)


def test_one_id_twice_is_refused(tmp_path):
    text = GOOD.replace("{text}", "x")
    with pytest.raises(InputError, match="used twice"):
        load(tmp_path, text + text.split("templates:\n")[1])


def test_a_tick_box_may_end_an_alternative():
    assert resolve("[[[x]|[x]]]", {}, Random(1)) == ("[x]", frozenset())


def test_seven_of_ten_templates_of_a_type_train_and_both_sides_have_some(tmp_path):
    found = sides(shipped_templates())
    assert 0.6 < sum(side == "train" for side in found.values()) / len(found) < 0.8
    text = GOOD.replace("{text}", "x")
    few = load(tmp_path, text + text.split("templates:\n")[1].replace("a-1", "a-2"))
    assert sorted(sides(few).values()) == ["train", "unseen"]
