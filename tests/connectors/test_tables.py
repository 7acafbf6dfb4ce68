"""Tables as municipalities send them."""

import datetime as dt
import stat

import fsspec
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.columns import Column
from connectors.tables import read_table, write_table
from sagstjek.errors import ConnectorError, TableError

DAY = dt.datetime(2011, 5, 3)  # noqa: DTZ001 - Excel knows no time zones
COLUMNS = {"id": Column(("Nummer",), required=True), "name": Column(("Navn",)), "day": Column(("Dato",))}


def rows(path, columns=COLUMNS):
    return [dict(row.cells) for row in read_table(path, columns)]


def written(tmp_path, data):
    path = tmp_path / "list.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def error(path, columns=COLUMNS):
    with pytest.raises(TableError) as caught:
        rows(path, columns)
    return str(caught.value)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_dress_of_a_csv_file_reads_the_same(tmp_path, delimiter, encoding, end):
    text = end.join(delimiter.join(line) for line in (["NUMMER", "navn"], ["1", "Søren Ærø"], ["2", "Åse"])) + end
    assert rows(written(tmp_path, text.encode(encoding))) == [
        {"id": "1", "name": "Søren Ærø"},
        {"id": "2", "name": "Åse"},
    ]


def test_a_letter_that_comes_late_does_not_come_too_late(tmp_path):
    many = "".join(f"{n};Bo\n" for n in range(100_000))
    path = written(tmp_path, f"Nummer;Navn\n{many}".encode() + "x;Søren\n".encode("cp1252"))
    *_, last = read_table(path, COLUMNS)
    assert (last.line, last.text("name")) == (100_002, "Søren")


def test_a_file_of_mixed_encodings_is_read_right(tmp_path):
    path = written(tmp_path, "id;name\n1;Søren\n".encode() + "2;Åse\n".encode("cp1252"))
    assert [row["name"] for row in rows(path)] == ["Søren", "Åse"]


def test_the_known_headings_settle_the_delimiter(tmp_path):
    assert rows(written(tmp_path, "id;name, first, last\n1;Bo\n"))[0]["id"] == "1"


def test_excels_hint_and_blank_lines_before_the_headings(tmp_path):
    [row] = read_table(written(tmp_path, "sep=;\n\nid;name\n\n;;\n1;Bo\n"), COLUMNS)
    assert (row.line, row.text("name")) == (6, "Bo")


def test_lines_count_as_in_an_editor_with_breaks_in_quotes(tmp_path):
    path = written(tmp_path, 'id;name;day\n1;"Bo\r\nHolm\nSørensen";2011-01-02\n2;Åse;i går\n')
    first, second = read_table(path, COLUMNS)
    assert (first.line, second.line) == (2, 5)
    assert first.text("name") == "Bo\r\nHolm\nSørensen"
    with pytest.raises(TableError, match=r"list\.csv, line 5, column 'day', value 'i går': is not a date"):
        second.date("day")


def test_the_error_names_the_heading_as_the_file_has_it(tmp_path):
    [row] = read_table(written(tmp_path, "NUMMER;Dato\n1;x\n"), COLUMNS)
    with pytest.raises(TableError, match="column 'Dato', value 'x'"):
        row.date("day")


def test_unknown_columns_are_kept_under_the_names_of_rules(tmp_path):
    [row] = read_table(written(tmp_path, "Børn under 15;id;#\nja;1;z\n"), COLUMNS)
    assert row.extra() == (("boern_under_15", "ja"), ("column_3", "z"))


def test_a_missing_column_is_named_with_the_headings_met(tmp_path):
    said = error(written(tmp_path, "Numer;Navn\n1;Bo\n"))
    assert "column 'id'" in said
    assert "Numer, Navn" in said
    assert "(did you mean 'Numer'?)" in said


def test_two_columns_of_one_meaning_are_refused(tmp_path):
    assert "line 1, column 'id': reads as 'id', and so does 'Nummer'" in error(written(tmp_path, "Nummer;id\n1;2\n"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "headings are: none"),
        ("id;name\n1;Bo;x\n", "line 2, value 'x': stands in column 3, which has no heading"),
        ('id;name\n1;"Bo\n2;Åse\n', "line 2: a quotation mark in this row is not closed"),
        ('id;name\n1;"Bo" Holm\n', "line 2: a quotation mark"),
        (b"id;name\n1;B\0o\n", "line 2: holds a NUL byte"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or protected workbook"),
        (b"PK\x03\x04nonsense", "is not a workbook that can be read"),
        ("id;name\n".encode("utf-16") + b"\x00\xd8\x00", "line 2: is not the Unicode"),
    ],
)
def test_broken_tables_are_refused_with_their_line(tmp_path, data, said):
    assert said in error(written(tmp_path, data))


def test_short_rows_and_empty_cells_behind_the_headings_are_taken(tmp_path):
    assert rows(written(tmp_path, "id;name;\n1\n2;Bo;;\n")) == [{"id": "1", "name": ""}, {"id": "2", "name": "Bo"}]


def test_a_table_that_is_not_there(tmp_path):
    assert "is not there" in error(tmp_path / "none.csv")
    assert "cannot be opened" in error(tmp_path)
    assert "cannot be opened" in error("nosuch://user:secret@host/list.csv")
    assert "secret" not in error("nosuch://user:secret@host/list.csv")


def test_a_table_in_an_object_store():
    with fsspec.open("memory://lists/a.csv", "wb") as stream:
        stream.write("id;name\n1;Søren\n".encode())
    assert rows("memory://lists/a.csv") == [{"id": "1", "name": "Søren"}]


def test_a_workbook_gives_what_people_see(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Nummer", "Navn", "Dato", "Timer", "Leder"])
    sheet.append([2512489996, "Søren", DAY, 37.0, True])
    sheet.append([])
    sheet.append(["007", None, DAY.replace(hour=14, minute=22), 18.5, False])
    book.save(tmp_path / "list.xlsx")
    first, second = read_table(tmp_path / "list.xlsx", COLUMNS)
    assert list(first.cells.values()) == ["2512489996", "Søren", "2011-05-03", "37", "ja"]
    assert list(second.cells.values()) == ["007", "", "2011-05-03 14:22:00", "18.5", "nej"]
    assert (second.line, second.date("day")) == (4, dt.date(2011, 5, 3))


def test_what_is_written_opens_in_danish_excel_and_is_private(tmp_path):
    path = tmp_path / "gaps.csv"
    assert (
        write_table(path, ("id", "name"), [{"id": "1", "name": "=HYPERLINK(1)"}, {"id": "-2", "name": "Åse; Bo"}]) == 2
    )
    assert path.read_bytes() == '\ufeffid;name\r\n1;\'=HYPERLINK(1)\r\n-2;"Åse; Bo"\r\n'.encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_writer_that_breaks_off_leaves_the_old_file_alone(tmp_path):
    path = tmp_path / "gaps.csv"
    write_table(path, ("id",), [{"id": "old"}])

    def broken():
        yield {"id": "new"}
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_table(path, ("id",), broken())
    assert rows(path) == [{"id": "old"}]
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ConnectorError, match="cannot be written"):
        write_table(tmp_path / "none" / "gaps.csv", ("id",), [])


@given(
    st.lists(st.tuples(*[st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))] * 3), max_size=5)
)
def test_a_table_comes_back_as_it_was(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("trip") / "list.csv"
    write_table(path, ("id", "name", "day"), [dict(zip(("id", "name", "day"), row, strict=True)) for row in cells])
    stripped = [dict(zip(("id", "name", "day"), map(str.strip, row), strict=True)) for row in cells]
    assert rows(path) == [row for row in stripped if any(row.values())]


def test_broken_characters_of_member_names_can_be_written(tmp_path):
    path = tmp_path / "list.csv"
    write_table(path, ("id",), [{"id": "a\udce6b\0c"}])
    assert rows(path) == [{"id": "a?b\ufffdc"}]
