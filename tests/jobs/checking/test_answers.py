"""Answers are read, and what is wrong with them is told by row."""

import openpyxl
import pytest

from connectors.tables import write_table
from jobs.checking.answers import code_in, read_answers
from jobs.checking.book import write_book
from jobs.checking.questions import Answer, Pile
from jobs.checking.rows import row_number, show
from jobs.checking.texts import load_texts
from sagstjek.errors import InputError, TableError
from tests.jobs.checking.small import archive, sample

SAMPLE = sample(30)
PART = next(q for q in SAMPLE.questions if q.pile is Pile.REVIEW)
HUNT = next(q for q in SAMPLE.questions if q.pile is Pile.MISSING)


def answered(folder, *rows):
    """Write a CSV of (question or number, answer, type) and read it."""
    path = folder / "answers.csv"
    cells = [
        {"Nr.": n if isinstance(n, str) else row_number(SAMPLE, n.number), "Svar": answer, "Rigtig type": kind}
        for n, answer, kind in rows
    ]
    write_table(path, ("Nr.", "Svar", "Rigtig type"), cells)
    return {question.number: question for question in read_answers(path, SAMPLE).questions}


def test_answers_in_either_language(tmp_path):
    found = answered(tmp_path, (PART, "Forkert type", "Løn­seddel".replace("\xad", "")), (HUNT, "there", ""))
    assert (found[PART.number].answer, found[PART.number].actual) == (Answer.WRONG_TYPE, "loenseddel")
    assert found[HUNT.number].answer is Answer.THERE
    assert sum(question.answer is not None for question in found.values()) == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((PART, "rigtgt", ""), "did you mean 'rigtigt'?"),
        ((PART, "findes", ""), "is no answer to this question"),
        ((HUNT, "rigtigt", ""), "Answer one of: findes ikke, findes, kan ikke afgøres"),
        ((PART, "forkert type", "Lønsedel"), "is not a document type (did you mean 'Lønseddel'?)"),
        ((PART, "forkert type", PART.said[0]), "does not go together with the machine's own type"),
        ((PART, "rigtigt", "cv"), "does not go together with another type"),
        ((PART, "", "cv"), "is empty, though a type is given. Answer 'forkert type'"),
        (("abc-001", "rigtigt", ""), f"is no row of the sample {SAMPLE.code}"),
        (("", "rigtigt", ""), "is empty, but every row needs it"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, row, said):
    with pytest.raises(TableError) as caught:
        answered(tmp_path, row)
    assert said in str(caught.value)
    assert "answers.csv, line 2" in str(caught.value)


def test_a_row_twice(tmp_path):
    with pytest.raises(TableError, match=r"line 3.*stands in row 2 already"):
        answered(tmp_path, (PART, "rigtigt", ""), (PART, "rigtigt", ""))


def test_nothing_answered(tmp_path):
    with pytest.raises(InputError, match="no row has an answer"):
        answered(tmp_path, (PART, "", ""))


def test_the_workbook_itself_comes_back_and_errors_name_its_sheet(tmp_path):
    path = tmp_path / "check.xlsx"
    shown = show(SAMPLE, archive(), load_texts("da"))
    write_book(path, shown, "da")
    assert code_in(path) == SAMPLE.code
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index("Svar") + 1
    for line, (question, _) in enumerate(shown.questions, 2):
        sheet.cell(line, column).value = "findes" if question.pile is Pile.MISSING else "rigtigt"
    book.save(path)
    assert {q.answer for q in read_answers(path, SAMPLE).questions} == {Answer.THERE, Answer.RIGHT}
    sheet.cell(2, column).value = "nå"
    book.save(path)
    with pytest.raises(TableError, match=r"check\.xlsx, sheet 1, line 2, column 'Svar', value 'nå'"):
        read_answers(path, SAMPLE)
