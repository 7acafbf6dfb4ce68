"""From the draw over the answers into the report."""

import openpyxl
import pytest

from connectors.ledger import Ledger
from jobs.cli import main
from tests.jobs.audited import make_audit


def fill(path, answers):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    column, question = heads.index("Svar") + 1, heads.index("Spørgsmål") + 1
    for line in range(2, sheet.max_row + 1):
        asked = sheet.cell(line, question).value
        sheet.cell(line, column).value = answers["missing" if "Findes" in asked else "part"]
    book.save(path)


def test_draw_answer_report(tmp_path, capsys):
    audit = make_audit(tmp_path / "A")
    assert main(["sample-check", str(audit), "--n", "10"]) == 0
    captured = capsys.readouterr()
    assert captured.out.strip() == str(audit / "check.xlsx")
    assert "1 of 1 accepted drawn" in captured.err
    assert main(["report", str(audit)]) == 0
    assert "maskinens eget ord" in (audit / "report.html").read_text("utf-8")
    fill(audit / "check.xlsx", {"missing": "findes", "part": "forkert person"})
    capsys.readouterr()
    assert main(["sample-check", str(audit), "--answers", str(audit / "check.xlsx")]) == 0
    said = capsys.readouterr().out
    assert "2 of 2 rows told" in said
    assert "elusion: missing, there after all 100.0 %" in said
    assert "missed gaps in all, at most       1.0 (1.0-1.0) (of 1 fulfilled)" in said
    written = (audit / "report.html").read_text("utf-8")
    assert "tilfældig stikprøve på 2 rækker" in written
    assert "maskinens eget ord" not in written


def test_a_workbook_with_answers_is_not_written_over(tmp_path, capsys):
    audit = make_audit(tmp_path / "A")
    assert main(["sample-check", str(audit)]) == 0
    assert main(["sample-check", str(audit)]) == 1
    assert "may hold answers" in capsys.readouterr().err


def test_drawn_again_the_answers_stay(tmp_path):
    audit = make_audit(tmp_path / "A")
    file = audit / "check.xlsx"
    assert main(["sample-check", str(audit)]) == 0
    fill(file, {"missing": "findes ikke", "part": "rigtigt"})
    assert main(["sample-check", str(audit), "--answers", str(file)]) == 0
    assert main(["sample-check", str(audit), "--out", str(tmp_path / "again.xlsx")]) == 0
    with Ledger.open(audit / "ledger.sqlite") as ledger:
        code = ledger.note("check_sample_answered")
        assert all('"answer"' in body for body in ledger.checks(code))


@pytest.mark.parametrize("name", ["nowhere.xlsx", "gaps.csv"])
def test_answers_that_are_none(tmp_path, capsys, name):
    audit = make_audit(tmp_path / "A")
    assert main(["gaps", str(audit)]) == 0
    assert main(["sample-check", str(audit), "--answers", str(audit / name)]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_answers_of_another_audit(tmp_path, capsys):
    one, two = make_audit(tmp_path / "A"), make_audit(tmp_path / "B")
    assert main(["sample-check", str(one)]) == 0
    assert main(["sample-check", str(two), "--answers", str(one / "check.xlsx")]) == 1
    assert "this audit has drawn none of that name" in capsys.readouterr().err
