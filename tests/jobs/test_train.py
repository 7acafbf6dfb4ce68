"""What training says of itself and where it writes; the learning is tested with `models.train`."""

import pytest

from jobs.cli import main
from jobs.train import _made_from, _write, read_labelled
from models.dataset import Example
from sagstjek.errors import ConnectorError, TableError
from sagstjek.settings import Settings
from sagstjek.shapes import PartText


def examples(count, template="t"):
    return [Example(PartText("x"), "cv", f"{template}{n}") for n in range(count)]


def test_the_card_tells_the_corpus_from_an_employers_own_documents():
    plain = _made_from(examples(4), examples(3), [])
    assert [line.split(" ")[0] for line in plain] == ["4", "4", "3"]
    assert plain[0].startswith("4 templates of 1 types")
    assert _made_from(examples(4), examples(3), examples(9, "own"))[-1] == (
        "9 parts of labelled documents of an employer's own"
    )


def test_model_and_card_are_written_together(tmp_path):
    _write(tmp_path / "new" / "m.sagstjek", b"model", "# Card")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["MODEL_CARD.md", "m.sagstjek"]


def test_a_place_that_takes_nothing(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ConnectorError, match="--out"):
        _write(tmp_path / "file" / "m.sagstjek", b"model", "# Card")


def test_documents_and_labels_belong_together(capsys):
    assert main(["train", "--export", "x"]) == 1
    assert "--export and --labels belong together" in capsys.readouterr().err


@pytest.fixture
def export(tmp_path):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "1.txt").write_text("Skriftlig advarsel\nDu gives hermed en advarsel", "utf-8")
    (tmp_path / "index.csv").write_text("document_id;path\n1;files/1.txt\n", "utf-8")
    return tmp_path


def test_labelled_documents_are_read_and_labels_of_none_are_told(export, capsys):
    labels = export / "labels.csv"
    labels.write_text("path;type\nfiles/1.txt;Advarsel/påtale\nfiles/9.txt;cv\n", "utf-8")
    found, piles = read_labelled(str(export), labels, Settings())
    assert [(example.type, example.part.media) for example in found] == [("advarsel", "txt")]
    assert piles == []
    assert "1 of 2 labels name no document of the export" in capsys.readouterr().err


def test_a_wrong_label_is_named(export):
    labels = export / "labels.csv"
    labels.write_text("document_id;type\n1;advarsle\n", "utf-8")
    with pytest.raises(TableError, match=r"line 2.*did you mean 'advarsel'"):
        read_labelled(str(export), labels, Settings())
