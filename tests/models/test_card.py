"""The model card says what the figures say."""

from models.card import model_card
from models.evaluate import Bin, Figures, Share
from models.sources import SourceFigures

FIGURES = Figures(
    Share(90, 100),
    (0.85, 0.94),
    Share(60, 100),
    Share(59, 60),
    Share(97, 100),
    1.5,
    0.021,
    (("cv", Share(9, 10)),),
    (("pdf", Share(45, 50)),),
    (),
    (("volume B", Share(40, 50)),),
    (("cv", "andet", 1),),
    tuple(n / 10 for n in range(1, 11)),
    (Bin(0.981, Share(19, 20)),),
)


def test_figures_and_tables():
    card = model_card("labeller-1", ["4 templates"], {"Unseen": FIGURES, "Without titles": FIGURES})
    assert card.startswith("# Model card: labeller-1\n")
    assert "- 4 templates" in card
    assert card.index("## Unseen") < card.index("## Without titles") < card.index("## By type")
    assert "- right: 90.0 % (82.6-94.5, n = 100); with templates drawn again 85.0-94.0 %" in card
    assert "of these right: 98.3 %" in card
    assert "expected calibration error: 2.1 points" in card
    assert "| cv | 90.0 %" in card
    assert "| cv | andet | 1 |" in card
    assert "| volume B | 80.0 %" in card
    assert "| 98.1 % | 95.0 %" in card
    assert "## By trap" not in card
    assert "Everything is synthetic" in card


def test_a_learning_curve_is_shown_when_there_is_one():
    assert "## Learning curve\n\n| 1 | 2 |" in model_card("m", [], {"Unseen": FIGURES}, ["| 1 | 2 |"])


def test_accuracy_without_the_author_is_listed():
    found = SourceFigures("volume B", 40, Share(30, 50), (0.5, 0.7))
    card = model_card("m", [], {"Unseen": FIGURES}, sources={"leave-source-out": [found]})
    assert "| leave-source-out | volume B | 40 | 60.0 % (46.2-72.4, n = 50) | 50.0-70.0 % |" in card
