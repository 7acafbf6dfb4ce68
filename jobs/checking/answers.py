"""The answers in a check sample's workbook, read with errors that name the row."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from connectors.cells import heading_key
from connectors.columns import Column
from connectors.tables import Row, read_table
from jobs.checking.questions import ANSWERS, Answer, Pile, Question, Sample
from jobs.checking.rows import row_number
from jobs.checking.texts import load_texts
from sagstjek.errors import InputError, TableError, nearest
from sagstjek.taxonomy import taxonomy

_LANGUAGES: Final = ("da", "en")
_SHEET: Final = "Read is the first sheet of the workbook."


def read_answers(path: Path, sample: Sample) -> Sample:
    """Return the sample with the answers of a workbook; a row without one keeps the answer that it had.

    Raises:
        TableError: no table, a row that is none of the sample's, or an answer that is none.
        InputError: nothing was answered.
    """
    questions = {row_number(sample, question.number): question for question in sample.questions}
    met: dict[str, int] = {}
    for row in read_table(path, _columns()):
        number = row.needed("number")
        question = questions.get(number)
        if question is None:
            raise _wrong(row, "number", f"is no row of the sample {sample.code} of this audit. Is it another file's?")
        if number in met:
            raise _wrong(row, "number", f"stands in row {met[number]} already. Take one of them out.")
        met[number] = row.line
        questions[number] = _answered(question, row)
    every = tuple(questions.values())
    if not any(question.answer for question in every):
        raise InputError(f"{path}: no row has an answer. Choose one in the column 'Svar', save, and read it in again.")
    return dataclasses.replace(sample, questions=every)


def code_in(path: Path) -> str:
    """Return the code of the sample that a workbook belongs to, from its first row.

    Raises:
        TableError: no table, or a row number that is none.
    """
    for row in read_table(path, _columns()):
        code, dash, _ = row.needed("number").rpartition("-")
        if not dash:
            raise _wrong(row, "number", "is no row number of a check sample, such as 3fa9c1-001.")
        return code
    raise TableError(str(path), 0, "", "", f"holds no row. {_SHEET}")


def _answered(question: Question, row: Row) -> Question:
    actual = _type(row)
    if not row.text("answer"):
        if actual:
            raise _wrong(row, "answer", f"is empty, though a type is given. Answer '{_word(Answer.WRONG_TYPE)}'.")
        return question
    answer = _answer(question.pile, row)
    if actual and (answer is not Answer.WRONG_TYPE or actual in question.said):
        what = "the machine's own type" if actual in question.said else "another type"
        advice = f"does not go together with {what} in the column for the right type. Mend one of the two."
        raise _wrong(row, "answer", advice)
    return dataclasses.replace(question, answer=answer, actual=actual)


def _answer(pile: Pile, row: Row) -> Answer:
    words = {
        heading_key(load_texts(language)(f"answer_{answer.value}")): answer
        for language in _LANGUAGES
        for answer in ANSWERS[pile]
    }
    answer = words.get(heading_key(row.text("answer")))
    if answer is None:
        known = [_word(one) for one in ANSWERS[pile]]
        hint = nearest(row.text("answer"), known)
        raise _wrong(row, "answer", f"is no answer to this question{hint}. Answer one of: {', '.join(known)}.")
    return answer


def _type(row: Row) -> str:
    """Return the code of the type that a person chose; empty when none was."""
    written = row.text("actual")
    if not written:
        return ""
    known = {heading_key(word): kind.code for kind in taxonomy().values() for word in (kind.name, kind.en, kind.code)}
    code = known.get(heading_key(written))
    if code is None:
        hint = nearest(written, (kind.name for kind in taxonomy().values()))
        raise _wrong(row, "actual", f"is not a document type{hint}. Choose one on the list.")
    return code


def _word(answer: Answer) -> str:
    return load_texts("da")(f"answer_{answer.value}")


def _columns() -> Mapping[str, Column]:
    """Return the columns that are read, by the headings of both languages."""
    needed = {"number": True, "answer": True, "actual": False}
    return {
        name: Column(tuple(load_texts(language)(f"col_{name}") for language in _LANGUAGES), required)
        for name, required in needed.items()
    }


def _wrong(row: Row, column: str, advice: str) -> TableError:
    """Return the error that names file, sheet, row and value."""
    workbook = row.head.file.lower().endswith(".xlsx")
    heading = row.head.columns.get(column, column)
    place = f"{row.head.file}, sheet 1" if workbook else row.head.file
    return TableError(place, row.line, heading, row.text(column), advice)
