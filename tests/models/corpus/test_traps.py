"""A sample of a dozen people has every difficulty at least once."""

import io
import zipfile

import pypdfium2
import pytest

from models.corpus.archive import Plan, plan_archive
from models.corpus.grammar import shipped_templates
from models.corpus.make import make_document
from models.corpus.plan import Packing
from models.corpus.render.formats import EXTENSIONS

TRAPS = frozenset(
    """bundle misfiled duplicate_bytes duplicate_scan wrong_title wrong_extension junk_layer rotated encrypted truncated
    empty nested_mail zip""".split()
)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_archive(12, 1, shipped_templates())


def documents(plan: Plan):
    return [document for case in plan.cases for document in case.documents]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_trap_packing_and_format_occurs(seed):
    found = documents(plan_archive(12, seed, shipped_templates()))
    assert {trap for document in found for trap in document.traps} == TRAPS
    assert {document.packing for document in found} == set(Packing)
    assert {part.form for document in found for part in document.parts} >= EXTENSIONS.keys()


def test_about_eight_documents_an_employee_and_few_traps():
    found = documents(plan_archive(60, 1, shipped_templates()))
    assert 420 < len(found) < 600
    assert sum("misfiled" in document.traps for document in found) in range(12, 22)


def test_what_truth_calls_unreadable_cannot_be_opened(plan):
    for document in documents(plan):
        if document.traps & {"truncated", "encrypted"}:
            made = make_document(document, plan.shelf)
            with pytest.raises((pypdfium2.PdfiumError, zipfile.BadZipFile, RuntimeError)):
                open_it(made.data, made.extension)


def open_it(data: bytes, extension: str) -> None:
    if extension == "pdf":
        pypdfium2.PdfDocument(data)
    else:
        archive = zipfile.ZipFile(io.BytesIO(data))
        archive.read(archive.namelist()[0])


def test_a_misfiled_document_shows_whose_it_is(plan):
    for case in plan.cases:
        for document in case.documents:
            for part in document.parts:
                if part.misfiled:
                    assert part.hire.person.cpr != case.hire.person.cpr
                    assert "{cpr" in part.template.text


def test_people_without_case_on_the_roster_and_cases_without_people_on_it(plan):
    assert any(not hire.case_id for hire in plan.hires)
    assert any(not hire.listed for hire in plan.hires)
    cases = [hire.case_id for hire in plan.hires if hire.case_id]
    assert len(set(cases)) == len(cases) == len(plan.cases)
    people = [hire.person.cpr for hire in plan.hires]
    assert len(set(people)) == len(people) - 1  # one of the twelve has two employments
