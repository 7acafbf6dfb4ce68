"""A check sample as people read it: a row a question, and where a document that was not found may hide."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from jobs.checking.questions import Pile, Question, Sample
from jobs.report.texts import Texts
from jobs.report.words import type_names
from sagstjek.cpr import Cpr
from sagstjek.people import Employment
from sagstjek.shapes import Document, Part, Reading, Status

Row = dict[str, str]
_OTHERS: Final = 3
"""Types of a prediction set that are named beside the likeliest one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows of the workbook.

    Attributes:
        questions: each with its row; by pile, then by case, so that a case is opened once.
        places: of each requirement that was not found, most doubtful part first.
    """

    questions: tuple[tuple[Question, Row], ...] = field(repr=False)
    places: tuple[Row, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Archive:
    """What the rows are about.

    Attributes:
        cases: every case, and whose it is. titles: of the requirements, by id.
    """

    readings: Iterable[tuple[Document, Reading]] = field(repr=False)
    employments: Sequence[Employment] = field(repr=False)
    cases: Mapping[str, Cpr | None] = field(repr=False)
    titles: Mapping[str, str] = field(default_factory=dict)


def show(sample: Sample, archive: Archive, texts: Texts) -> Shown:
    """Return the rows of a sample; one pass over the readings."""
    people = {employment.employment_id: employment for employment in archive.employments}
    names = {employment.cpr: employment.name for employment in archive.employments}
    parts = {question.ref: question for question in sample.questions if question.document_id}
    hunts = [question for question in sample.questions if question.pile is Pile.MISSING]
    by_person, by_case = _hunted(hunts, people, archive.cases)
    rows: dict[int, Row] = {}
    places: dict[int, list[tuple[float, Row]]] = defaultdict(list)
    for document, reading in archive.readings:
        near = by_case.get(document.case_id, frozenset())
        for part in reading.parts:
            row = _part_row(document, part, names, texts)
            question = parts.get(f"{document.document_id}#{part.number}")
            if question is not None:
                rows[question.number] = {**row, "question": _asked(question, texts)}
            for number in near | (by_person.get(part.cpr, frozenset()) if part.cpr else frozenset()):
                places[number].append((part.confidence, {**row, "number": row_number(sample, number)}))
    for question in hunts:
        rows[question.number] = _hunt_row(question, people.get(question.employment_id), archive.titles, texts)
    every = [
        (question, {**rows[question.number], "number": row_number(sample, question.number)})
        for question in sample.questions
        if question.number in rows
    ]
    every.sort(key=lambda pair: (list(Pile).index(pair[0].pile), pair[1]["case_id"], pair[0].number))
    doubtful = (row for number in sorted(places) for _, row in sorted(places[number], key=lambda pair: pair[0]))
    return Shown(tuple(every), tuple(doubtful))


def row_number(sample: Sample, number: int) -> str:
    """Return the number of a row: that of the sample before it, so that rows of two samples are not mixed up."""
    return f"{sample.code}-{number:03}"


def _hunted(
    hunts: Iterable[Question], people: Mapping[str, Employment], cases: Mapping[str, Cpr | None]
) -> tuple[Mapping[Cpr, frozenset[int]], Mapping[str, frozenset[int]]]:
    """Return the numbers of the questions that a person's parts, and a case's, may answer."""
    by_person: dict[Cpr, frozenset[int]] = defaultdict(frozenset)
    by_case: dict[str, frozenset[int]] = defaultdict(frozenset)
    of_person: dict[Cpr, list[str]] = defaultdict(list)
    for case_id, cpr in cases.items():
        if cpr is not None:
            of_person[cpr].append(case_id)
    for question in hunts:
        employment = people.get(question.employment_id)
        if employment is None:
            continue
        by_person[employment.cpr] |= {question.number}
        for case_id in {employment.case_id, *of_person[employment.cpr]} - {""}:
            by_case[case_id] |= {question.number}
    return by_person, by_case


def _part_row(document: Document, part: Part, names: Mapping[Cpr, str], texts: Texts) -> Row:
    return {
        "case_id": document.case_id,
        "person": _person(part.cpr, names),
        "document_id": document.document_id,
        "part": str(part.number),
        "pages": _pages(part, texts),
        "member": part.member,
        "title": document.title,
        "said": _said(part, texts),
        "path": document.path,
    }


def _hunt_row(question: Question, employment: Employment | None, titles: Mapping[str, str], texts: Texts) -> Row:
    said = type_names(question.said, texts.language)
    return {
        "question": texts("ask_missing", said=said, title=titles.get(question.requirement, question.requirement)),
        "case_id": employment.case_id if employment else "",
        "person": _person(employment.cpr, {employment.cpr: employment.name}) if employment else "",
        **dict.fromkeys(("document_id", "part", "pages", "member", "title", "path"), ""),
        "said": texts("said_missing"),
    }


def _asked(question: Question, texts: Texts) -> str:
    kind = "misfiled" if question.misfiled else question.pile.value
    return texts(f"ask_{kind}", said=type_names(question.said, texts.language))


def _said(part: Part, texts: Texts) -> str:
    if part.status is Status.UNREADABLE:
        return texts("unread")
    said, share = type_names((part.type,), texts.language), texts.percent(part.confidence)
    others = [type_names((code,), texts.language) for code in part.candidates if code != part.type]
    key = "said_sure" if not others else "said_or" if len(others) <= _OTHERS else "said_more"
    return texts(key, said=said, share=share, others=", ".join(others[:_OTHERS]), n=len(others) - _OTHERS)


def _pages(part: Part, texts: Texts) -> str:
    if not part.first_page:
        return texts("whole")
    return str(part.first_page) if part.first_page == part.last_page else f"{part.first_page}-{part.last_page}"


def _person(cpr: Cpr | None, names: Mapping[Cpr, str]) -> str:
    """Return name and masked number of a person."""
    return f"{names.get(cpr, '')} ({cpr})".strip() if cpr else ""
