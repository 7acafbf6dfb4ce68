"""Piles of text: several documents, of one or more pages, whose beginnings are known."""

from models.corpus.grammar import shipped_templates
from models.corpus.pile_texts import draw_piles

PILES = list(draw_piles([template for template in shipped_templates() if template.type == "afsked"], 40, 1))


def test_same_input_same_piles():
    again = draw_piles([template for template in shipped_templates() if template.type == "afsked"], 2, 1)
    assert list(again) == PILES[:2]


def test_beginnings_are_pages_and_the_first_is_one():
    for pile in PILES:
        assert [page.number for page in pile.pages] == list(range(1, len(pile.pages) + 1))
        assert pile.firsts[0] == 1
        assert list(pile.firsts) == sorted(set(pile.firsts))
        assert pile.firsts[-1] <= len(pile.pages)


def test_some_documents_have_several_pages_and_some_of_those_say_so():
    longer = [pile for pile in PILES if len(pile.pages) > len(pile.firsts)]
    assert len(longer) > 20
    second = [(page.number, pile.firsts) for pile in PILES for page in pile.pages if "side 2 af" in page.text]
    assert second
    assert not any(number in firsts for number, firsts in second)
