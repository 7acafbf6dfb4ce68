"""Composed templates: no fragment on both sides, none in two schools, each decided by its opening."""

from random import Random

import pytest

from models.corpus.compose import compose, pools, read_fragments, school_of
from models.corpus.grammar import shipped_templates, side
from sagstjek.errors import InputError

LISTS = ("heading", "opening", "body", "table", "mention", "closing", "short")
RAW = {
    "type": "advarsel",
    "era": [1990, 2026],
    "styles": {"letter": 3, "mail": 1, "minutes": 1, "form": 1, "slip": 1, "typewriter": 1},
    "titles": [f"Titel {n}" for n in range(20)],
    **{role: [f"{role} nummer {n}." for n in range(20)] for role in LISTS},
}
FRAME = read_fragments(
    "frame.yaml",
    {
        role: [f"{role} {n}" for n in range(6)]
        for role in (
            "letterhead dateline addressee reference greeting signoff mail_head quoted minutes_head form_head footer "
            "stamp filler"
        ).split()
    },
)


def schools(**changes):
    return list(pools("advarsel.yaml", RAW | changes, FRAME))


def test_no_fragment_is_on_both_sides_or_in_two_schools():
    for role in LISTS:
        texts = [fragment.text for pool in schools() for fragment in pool.own[role]]
        assert len(texts) == len(set(texts)) == 20
    train, unseen = schools()[0], schools()[-1]
    assert (train.side, unseen.side) == ("train", "unseen")
    assert {f.text for f in train.frame["signoff"]}.isdisjoint(f.text for f in unseen.frame["signoff"])


def test_same_pool_same_templates():
    pool = schools()[0]
    assert list(compose(pool, 30)) == list(compose(pool, 30))
    assert len({template.text for template in compose(pool, 30)}) > 25


def test_an_opening_decides_the_subtype_and_what_goes_with_it():
    openings = [{"text": f"åbning {n}", "kind": ("a", "b")[n % 2]} for n in range(20)]
    bodies = [{"text": f"klausul {n} {kind}", "kind": kind} for n in range(20) for kind in "ab"]
    for pool in schools(opening=openings, body=bodies, short=openings):
        for template in compose(pool, 10):
            other = {"a": "b", "b": "a"}.get(template.kind, "?")
            assert not any(line.endswith(f" {other}") for line in template.text.splitlines() if "klausul" in line)


def test_old_fragments_make_old_templates():
    openings = [{"text": f"åbning {n}", "era": [1985, 1999]} for n in range(20)]
    raw = {"opening": openings, "short": openings, "era": [1985, 1999]}
    assert all(template.era[1] <= 1999 for pool in schools(**raw) for template in compose(pool, 10))


def test_whole_documents_are_templates_of_their_own():
    pool = schools(odd=[f"Et helt dokument {n}" for n in range(40)])[-1]
    odd = [template for template in compose(pool, 1) if "-ou0" in template.id]
    assert len(odd) == len(pool.own["odd"]) == 12
    assert all("Et helt dokument" in template.text for template in odd)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"opening": ["[[a|b"]}, "opening 1: '[[' and ']]' do not pair"),
        ({"body": [{"text": "x", "knd": "a"}]}, "body 1: unknown key 'knd' (did you mean 'kind'?)"),
        ({"styles": {"lettre": 1}}, "unknown style 'lettre' (did you mean 'letter'?)"),
        ({"titles": ["{navm}"]}, "title 1: unknown slot '{navm}' (did you mean 'navn'?)"),
    ],
)
def test_wrong_files_are_told(change, says):
    with pytest.raises(InputError) as error:
        schools(**change)
    assert "advarsel.yaml" in str(error.value)
    assert says in str(error.value)


def test_a_file_without_a_list_is_told():
    raw = {key: value for key, value in RAW.items() if key != "closing"}
    with pytest.raises(InputError, match=r"advarsel\.yaml: lacks closing"):
        list(pools("advarsel.yaml", raw, FRAME))


def test_every_type_has_many_templates_and_the_schools_are_told_apart():
    composed = [template for template in shipped_templates() if template.side]
    assert all(side(template.id) == template.side for template in composed)
    some = Random(1).sample(composed, 50)
    assert all(school_of(template.id) != template.id for template in some if "-c" in template.id)
    by_type = {}
    for template in shipped_templates():
        by_type.setdefault(template.type, []).append(template.id)
    assert min(len(ids) for ids in by_type.values()) >= 40
