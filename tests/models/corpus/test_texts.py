"""Training texts: cheap, varied, the same each time."""

from random import Random

from models.corpus.grammar import shipped_templates
from models.corpus.texts import draw_texts, smudge
from sagstjek.shapes import TextSource

TEMPLATES = shipped_templates()[::20]


def test_each_template_gives_its_share_in_several_media():
    found = list(draw_texts(TEMPLATES, 4, 1))
    assert [template for _, _, template in found] == [t.id for t in TEMPLATES for _ in range(4)]
    assert len({part.media for part, _, _ in found}) > 4
    assert {part.source for part, _, _ in found} == {TextSource.TEXT, TextSource.OCR}
    assert all(part.text.strip() for part, _, _ in found)
    assert all((part.pages > 0) == (part.media in {"pdf", "tiff", "jpeg"}) for part, _, _ in found)


def test_same_seed_same_texts():
    assert list(draw_texts(TEMPLATES[:3], 2, 5)) == list(draw_texts(TEMPLATES[:3], 2, 5))


def test_smudging_misreads_some_letters_and_leaves_most():
    text = "Kommunen meddeler herved, at prøvetiden er aftalt. " * 20
    smudged = smudge(text, Random(1), 0.03)
    assert smudged != text
    assert abs(len(smudged) - len(text)) < len(text) * 0.05
