"""The workbook: lists to choose from, frozen headings, filters, nothing that runs."""

import stat

import openpyxl
import pytest

from jobs.checking.book import write_book
from jobs.checking.rows import show
from jobs.checking.texts import load_texts
from sagstjek.errors import ConnectorError
from sagstjek.taxonomy import taxonomy
from tests.jobs.checking.small import archive, sample


def book(folder, language="da", export=""):
    path = folder / "check.xlsx"
    write_book(path, show(sample(40), archive(), load_texts(language)), language, export)
    return path


def test_sheets_headings_and_lists(tmp_path):
    path = book(tmp_path)
    found = openpyxl.load_workbook(path)
    assert found.sheetnames == ["Stikprøve", "Sagens dokumenter", "Vejledning", "Typer"]
    assert found["Typer"].sheet_state == "hidden"
    assert found["Typer"].max_row == len(taxonomy())
    sheet = found["Stikprøve"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref[:2]) == ("B2", "A1")
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert '"rigtigt,forkert type,forkert person,kan ikke afgøres"' in lists
    assert '"findes ikke,findes,kan ikke afgøres"' in lists
    assert any("Typer" in rule for rule in lists)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["check.xlsx"]


def test_text_never_runs_and_numbers_are_masked(tmp_path):
    cells = [cell for sheet in openpyxl.load_workbook(book(tmp_path)) for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    text = "\n".join(str(cell.value) for cell in cells)
    assert "=Otto (010858-XXXX)" in text
    assert "9996" not in text


def test_files_on_a_disk_get_a_link(tmp_path):
    links = [c.hyperlink.target for c in cells_of(book(tmp_path, export=str(tmp_path / "ex port"))) if c.hyperlink]
    assert links
    assert all("files/" in link.replace("\\", "/") for link in links)
    assert not [c for c in cells_of(book(tmp_path, export="s3://bucket/x")) if c.hyperlink]


def cells_of(path):
    return [cell for row in openpyxl.load_workbook(path)["Stikprøve"] for cell in row]


def test_english(tmp_path):
    assert openpyxl.load_workbook(book(tmp_path, "en")).sheetnames[0] == "Check sample"


def test_a_place_that_cannot_be_written_to(tmp_path):
    with pytest.raises(ConnectorError, match="cannot be written"):
        write_book(tmp_path / "no" / "c.xlsx", show(sample(10), archive(), load_texts("da")), "da")
