"""Labels out and in again."""

import pytest

from connectors.labels import Label, read_labels, write_labels
from sagstjek.cpr import Cpr
from sagstjek.errors import TableError

LABELS = [
    Label("boerneattest", document_id="D1", cpr=Cpr("2512489996"), extra=(("template", "b-01"),)),
    Label("cv", path="files/=1.pdf", part=2, first_page=3, last_page=4, member="a/b.pdf", extra=(("template", "-"),)),
]


def test_labels_come_back_as_they_were(tmp_path):
    assert write_labels(tmp_path / "labels.csv", iter(LABELS)) == 2
    assert list(read_labels(tmp_path / "labels.csv")) == LABELS


def test_no_labels_are_a_file_with_headings(tmp_path):
    write_labels(tmp_path / "labels.csv", [])
    assert list(read_labels(tmp_path / "labels.csv")) == []


def test_a_type_can_be_named_in_danish(tmp_path):
    (tmp_path / "labels.csv").write_text("Dokument-ID;Dokumenttype\nD1;Børneattest\n", encoding="utf-8")
    assert next(read_labels(tmp_path / "labels.csv")).type == "boerneattest"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("D1;boernatest;1;2", "value 'boernatest': is not a document type (did you mean 'boerneattest'?)"),
        (";cv;1;2", "column 'document_id': is empty, and so is path"),
        ("D1;cv;3;2", "column 'last_page', value '2': comes before the first page, 3"),
        ("D1;cv;0;2", "column 'first_page', value '0': is not a whole number from 1"),
        ("D1;;1;2", "column 'type': is empty"),
    ],
)
def test_a_wrong_label_is_named(tmp_path, line, said):
    (tmp_path / "labels.csv").write_text(f"document_id;type;first_page;last_page\n{line}\n", encoding="utf-8")
    with pytest.raises(TableError) as caught:
        list(read_labels(tmp_path / "labels.csv"))
    assert said in str(caught.value)
