"""The gap list as Excel opens it."""

import stat

import openpyxl
import pytest

from jobs.report import workbook
from jobs.report.book_style import COLUMNS
from jobs.report.workbook import cell_text, sheet_name, write_gaps
from sagstjek.errors import ConnectorError
from sagstjek.findings import Outcome
from tests.jobs.report.found import RULES, employment, finding, small_audit

FORMULA = '=HYPERLINK("http://ond.dk";"klik")'


def book_of(folder, findings, language="da"):
    write_gaps(folder / "gaps.xlsx", findings, RULES, language)
    return openpyxl.load_workbook(folder / "gaps.xlsx")


def rows_of(sheet):
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_sheets_and_rows(tmp_path):
    _, findings, _ = small_audit()
    book = book_of(tmp_path, findings)
    assert book.sheetnames == ["Overblik", "Enheder", "Mangler", "Børnehaven", "Skolen"]
    rows = rows_of(book["Mangler"])
    assert len(rows) == 7
    assert [row["Alvor"] for row in rows[:3]] == ["▲ Kritisk"] * 3
    assert {row["Enhed"] for row in rows_of(book["Børnehaven"])} == {"Børnehaven"}


def test_cpr_is_masked(tmp_path):
    people, findings, _ = small_audit()
    rows = rows_of(book_of(tmp_path, findings)["Mangler"])
    assert {row["CPR"] for row in rows} == {str(one.cpr) for one in people}
    assert all(row["CPR"].endswith("-XXXX") for row in rows)


def test_a_row_tells_what_why_and_what_to_do(tmp_path):
    _, findings, _ = small_audit()
    rows = rows_of(book_of(tmp_path, findings)["Mangler"])
    late = next(row for row in rows if row["Status"] == "for sent")
    assert late["Frist"].date().isoformat() == "2011-06-03"
    assert late["Krævet dokument"] == "Børneattest"
    assert late["Hvorfor"] == "Dokument d2, del 1, er dateret efter fristen 3. juni 2011."
    assert late["Krav-id"] == "brev"
    assert late["Svar"] is None


def test_overview_counts(tmp_path):
    _, findings, _ = small_audit()
    sheet = book_of(tmp_path, findings)["Overblik"]
    heads, *rows = sheet.iter_rows(min_row=3, values_only=True)
    assert [row[0] for row in rows] == ["Ansættelsesbrev", "Børneattest", "MUS", "Gammel attest", "I alt"]
    assert dict(zip(heads, rows[-1], strict=True))["Opfyldt"] == 1
    assert sum(rows[-1][2:-1]) == len(findings)


def test_filter_frozen_head_and_answers(tmp_path):
    _, findings, _ = small_audit()
    sheet = book_of(tmp_path, findings)["Mangler"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:S8"
    answers = sheet.data_validations.dataValidation[0]
    assert answers.formula1 == '"bekræftet mangler,fundet,undtaget,under indhentning"'
    assert str(answers.sqref) == "P2:P8"


@pytest.mark.parametrize("evil", [FORMULA, "+1+1", "@SUM(A1)", "http://ond.dk", "{=1}", "_x0041_", "a\x00\x07b"])
def test_nothing_becomes_a_formula_or_link(tmp_path, evil):
    whom = employment(1, evil, evil, manager=evil)
    sheet = book_of(tmp_path, [finding(whom, "attest", Outcome.MISSING, evidence=evil)])["Mangler"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
    if evil.isprintable() and "_x" not in evil:  # Excel undoes `_x005F_`, openpyxl does not
        assert sheet["B2"].value == evil


def test_unit_names_become_sheet_names(tmp_path):
    units = ["Børn/Unge", "Børn:Unge", "børn unge", "Mangler", "History", "'", "x" * 40, "x" * 41, "[a]*?\\"]
    findings = [finding(employment(n, unit), "brev", Outcome.MISSING) for n, unit in enumerate(units)]
    names = book_of(tmp_path, findings).sheetnames
    assert len(names) == 3 + len(units)
    assert all(0 < len(name) <= 31 for name in names)


def test_sheet_names_are_unique():
    taken = set()
    assert [sheet_name(name, taken) for name in ("A" * 40, "a" * 40, "  ")] == ["A" * 31, "a" * 27 + " (2)", "-"]


def test_many_units_share_a_sheet(tmp_path):
    findings = [finding(employment(n, f"Enhed {n}"), "brev", Outcome.MISSING) for n in range(500)]
    book = book_of(tmp_path, findings)
    assert book.sheetnames == ["Overblik", "Enheder", "Mangler"]
    assert book["Enheder"].max_row == 504


def test_more_rows_than_a_sheet_takes(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "SHEET_ROWS", 3)
    _, findings, _ = small_audit()
    book = book_of(tmp_path, findings)
    assert book.sheetnames[2:5] == ["Mangler", "Mangler (2)", "Mangler (3)"]


def test_empty_audit(tmp_path):
    book = book_of(tmp_path, [])
    assert book["Mangler"].max_row == 1
    assert book["Overblik"]["A4"].value == "I alt"


def test_english(tmp_path):
    _, findings, _ = small_audit()
    book = book_of(tmp_path, findings, "en")
    assert book.sheetnames[:3] == ["Overview", "Units", "Gaps"]
    assert rows_of(book["Gaps"])[0]["Severity"] == "▲ Critical"


def test_same_findings_same_bytes_for_the_owner_alone(tmp_path):
    _, findings, _ = small_audit()
    file = tmp_path / "gaps.xlsx"
    write_gaps(file, findings, RULES, "da")
    first = file.read_bytes()
    write_gaps(file, findings, RULES, "da")
    assert file.read_bytes() == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ConnectorError, match="cannot be written"):
        write_gaps(tmp_path / "borte" / "gaps.xlsx", [], RULES, "da")


def test_a_long_cell_is_cut_and_never_dropped(tmp_path):
    whom = employment(1, name="N" * 40_000)
    sheet = book_of(tmp_path, [finding(whom, "attest", Outcome.MISSING)])["Mangler"]
    assert len(sheet["B2"].value) == 32_767
    assert cell_text("a\ud800") == "a\ufffd"


def test_every_column_has_a_heading_in_both_languages(tmp_path):
    for language in ("da", "en"):
        book = book_of(tmp_path, [], language)
        assert len({cell.value for cell in book.worksheets[2][1]}) == len(COLUMNS)
