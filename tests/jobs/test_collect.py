"""Labelled documents, read as the audit reads them."""

import pytest

from connectors.labels import Label
from jobs import collect
from jobs.collect import Labelled, pair_up, with_ids
from sagstjek.errors import DocumentError
from sagstjek.settings import Settings
from sagstjek.shapes import Document, Reason
from tests.doubles.engines import RaisingEngine, ScriptedEngine
from tests.pipeline.samples import WORD, docx, footed, pdf, tiff, zipped

HEAD = "Skriftlig advarsel\nKære Åse Sørensen, du gives hermed en advarsel"


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Reads bytes with labels, in this process."""

    def one(data, *labels, engine=None):
        (tmp_path / "x").write_bytes(data)
        monkeypatch.setattr(collect, "_engine", engine or ScriptedEngine(HEAD))
        monkeypatch.setattr(collect, "_settings", Settings())
        return collect._collect(Labelled(Document("1", "x", title="Brev"), str(tmp_path / "x"), labels))

    return one


def test_a_text_gives_one_example_with_its_truth(read):
    label = Label("advarsel", "1", extra=(("template", "t-1"), ("traps", "skew|noise"), ("format", "docx")))
    (example,) = read(docx(), label).examples
    assert WORD in example.part.text.lower()
    assert (example.part.title, example.part.media, example.part.pages) == ("Brev", "docx", 0)
    assert (example.type, example.template, example.traps) == ("advarsel", "t-1", ("skew", "noise"))


def test_a_label_without_a_template_is_a_template_of_its_own(read):
    assert read(docx(), Label("advarsel", "1")).examples[0].template == "1"


def test_a_scan_gives_whole_pages_and_heads(read):
    labels = (Label("advarsel", "1", first_page=1, last_page=2), Label("cv", "1", part=2, first_page=3, last_page=3))
    found = read(tiff(3, footed()), *labels)
    assert [(e.type, e.part.pages) for e in found.examples] == [("advarsel", 2), ("advarsel", 2), ("cv", 1), ("cv", 1)]
    assert {pile.firsts for pile in found.piles} == {(1, 3)}
    assert len(found.piles) == 2


def test_one_page_is_no_pile(read):
    assert read(pdf(), Label("advarsel", "1")).piles == ()


def test_only_labelled_members_count(read):
    data = zipped({"a.docx": docx(), "b.docx": docx()})
    (example,) = read(data, Label("advarsel", "1", member="b.docx")).examples
    assert example.part.member == "b.docx"


@pytest.mark.parametrize("data", [b"", pdf()[:40], b"\x00\x01" * 50])
def test_what_cannot_be_read_gives_nothing(read, data):
    assert read(data, Label("cv", "1")) == collect.Collected()


def test_an_engine_that_fails_on_a_document_costs_that_document(read):
    engine = RaisingEngine(DocumentError(Reason.TIMED_OUT))
    assert read(tiff(1), Label("cv", "1"), engine=engine) == collect.Collected()


DOCUMENTS = [Document("1", "files/a.pdf"), Document("2", "files/b.pdf")]


def test_labels_name_their_document_by_id_or_path():
    labels = [Label("cv", path="files\\b.pdf"), Label("mus", "1"), Label("cv", "2", part=2), Label("cv", path="c.pdf")]
    assert [label.document_id for label in with_ids(labels, DOCUMENTS)] == ["2", "1", "2", ""]
    paired = pair_up([(document, f"/x/{document.path}") for document in DOCUMENTS], labels)
    assert [(item.document.document_id, [label.type for label in item.labels]) for item in paired] == [
        ("1", ["mus"]),
        ("2", ["cv", "cv"]),
    ]
