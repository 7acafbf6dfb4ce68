"""Export folders on disks and in stores, good and bad."""

import os
import unicodedata
import zipfile

import fsspec
import openpyxl
import pytest

from connectors.export_folder import ExportFolder, fetch, stamp
from sagstjek.errors import DocumentError, InputError, TableError
from sagstjek.shapes import Reason

BIG = 1 << 20


def folder(tmp_path, *lines, head="document_id;path"):
    root = tmp_path / "export"
    (root / "files").mkdir(parents=True)
    (root / "index.csv").write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    return root


def reason(work):
    with pytest.raises(DocumentError) as caught:
        work()
    assert caught.value.__context__ is None  # a file system's own words hold the path
    return caught.value.reason


def test_every_column_of_the_index_arrives(tmp_path):
    root = folder(
        tmp_path,
        "D1;S1;251248-9996;Personalesag;Børneattest;files\\1.pdf;2011-05-03;3.5.2011;Indgående;Ansættelse;x",
        head="Dokument-ID;Sagsnr.;CPR;Sagstitel;Titel;Sti;Journaldato;Dokumentdato;Retning;Delforløb;Rettet af",
    )
    [document] = ExportFolder(root).documents()
    assert (document.document_id, document.path, document.case_id) == ("D1", "files/1.pdf", "S1")
    assert document.case_cpr.digits == "2512489996"
    assert (document.journal_date, document.direction, document.folder) == (document.document_date, "ind", "Ansættelse")
    assert document.extra == (("rettet_af", "x"),)


def test_a_workbook_can_be_the_index(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["document_id", "path"])
    book.active.append([17, "files/1.pdf"])
    book.save(tmp_path / "index.xlsx")
    assert [d.document_id for d in ExportFolder(tmp_path).documents()] == ["17"]


def test_no_index_and_two_of_them_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"has no index\.csv or index\.xlsx"):
        ExportFolder(tmp_path / "none")
    (tmp_path / "index.csv").touch()
    (tmp_path / "index.xlsx").touch()
    with pytest.raises(InputError, match="has both"):
        ExportFolder(tmp_path)


def test_an_id_that_stands_twice_is_refused_with_both_lines(tmp_path):
    root = folder(tmp_path, "D1;files/1.pdf", "D2;files/2.pdf", "D1;files/3.pdf")
    with pytest.raises(TableError, match=r"line 4, column 'document_id', value 'D1': stands in line 2 already"):
        list(ExportFolder(root).documents())


@pytest.mark.parametrize(
    "path", ["../x.pdf", "files/../../x", "/etc/passwd", "C:\\x.pdf", "\\\\server\\x", "..\\x", ".", "files\\..\\..\\x"]
)
def test_a_path_that_leaves_the_folder_is_refused(tmp_path, path):
    with pytest.raises(TableError, match=r"line 2, column 'path'.*does not stay below"):
        list(ExportFolder(folder(tmp_path, f"D1;{path}")).documents())


@pytest.mark.parametrize("path", ["files/link.pdf", "outside/secret.pdf", "outside/deep/er.pdf"])
def test_a_link_out_of_the_folder_is_refused(tmp_path, path):
    root = folder(tmp_path, f"D1;{path}")
    (tmp_path / "secret.pdf").write_text("x")
    (root / "files" / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    (root / "outside").symlink_to(tmp_path)
    with pytest.raises(TableError, match="a link that leads out"):
        list(ExportFolder(root).documents())


def test_a_link_within_the_folder_and_a_folder_behind_a_link_are_fine(tmp_path):
    root = folder(tmp_path, "D1;files/link.pdf")
    (root / "files" / "1.pdf").write_bytes(b"x")
    (root / "files" / "link.pdf").symlink_to("1.pdf")
    (tmp_path / "mount").symlink_to(root)
    export = ExportFolder(tmp_path / "mount")
    [document] = export.documents()
    assert fetch(export.reference(document), BIG).data == b"x"


def test_a_doubtful_cell_becomes_empty_and_is_told(tmp_path):
    root = folder(
        tmp_path,
        "D1;files/1.pdf;999999-0000;i går;hjem",
        "D2;files/2.pdf;251248-9996;2011-01-02;ud",
        head="document_id;path;case_cpr;journal_date;direction",
    )
    told = []
    first, second = ExportFolder(root).documents(told.append)
    assert (first.case_cpr, first.journal_date, first.direction) == (None, None, "")
    assert (second.case_cpr.digits, second.direction) == ("2512489996", "ud")
    assert [str(warning).partition(":")[0].split(", ", 1)[1] for warning in told] == [
        "line 2, column 'case_cpr', value '999999-0000'",
        "line 2, column 'journal_date', value 'i går'",
        "line 2, column 'direction', value 'hjem'",
    ]


@pytest.mark.parametrize("line", ["D1;", ";files/1.pdf"])
def test_a_document_without_id_or_path_is_refused(tmp_path, line):
    with pytest.raises(TableError, match=r"line 2, column '(path|document_id)': is empty"):
        list(ExportFolder(folder(tmp_path, line)).documents())


def test_the_stamp_changes_with_the_file_and_is_that_of_the_bytes(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(b"one")
    first = fetch(str(file), BIG)
    assert (first.data, first.stamp) == (b"one", stamp(str(file)))
    file.write_bytes(b"other")
    assert stamp(str(file)) != first.stamp


def test_why_a_file_cannot_be_had(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(b"12345")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert reason(lambda: fetch(str(file), 4)) is Reason.TOO_LARGE
    assert fetch(str(file), 5).data == b"12345"
    for bad in (tmp_path / "none", tmp_path, pipe, loop, file / "below", tmp_path / ("x" * 300), tmp_path / "\0"):
        assert reason(lambda bad=bad: fetch(str(bad), BIG)) is Reason.NOT_FOUND
        assert reason(lambda bad=bad: stamp(str(bad))) is Reason.NOT_FOUND


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_access(tmp_path):
    file = tmp_path / "a.pdf"
    file.touch(0o000)
    assert reason(lambda: fetch(str(file), BIG)) is Reason.NO_ACCESS


def test_a_name_that_a_mac_spelled_otherwise_is_found(tmp_path):
    (tmp_path / unicodedata.normalize("NFD", "Å.pdf")).write_bytes(b"x")
    assert fetch(str(tmp_path / unicodedata.normalize("NFC", "Å.pdf")), BIG).data == b"x"


def test_an_export_in_a_store_is_read_by_reference():
    with fsspec.open("memory://export/index.csv", "wb") as stream:
        stream.write(b"document_id;path\nD1;files/1.pdf\nD2;files/2.pdf\n")
    with fsspec.open("memory://export/files/1.pdf", "wb") as stream:
        stream.write(b"x")
    export = ExportFolder("memory://export/")
    first, second = (export.reference(document) for document in export.documents())
    assert first == "memory://export/files/1.pdf"
    assert fetch(first, BIG).stamp == stamp(first) != ""
    assert reason(lambda: fetch(second, BIG)) is Reason.NOT_FOUND
    assert reason(lambda: fetch(first, 0)) is Reason.TOO_LARGE


def test_an_export_in_a_zip_is_read_where_it_lies(tmp_path):
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("index.csv", "document_id;path\nD1;files/1.pdf\n")
        archive.writestr("files/1.pdf", "x")
    export = ExportFolder(f"zip://::file://{tmp_path}/export.zip")
    [document] = export.documents()
    assert fetch(export.reference(document), BIG).data == b"x"


def test_a_store_without_driver_is_said_without_password():
    with pytest.raises(InputError, match=r"nosuch://host/export/index\.csv: the store cannot be asked") as caught:
        ExportFolder("nosuch://me:secret@host/export")
    assert "secret" not in str(caught.value)
