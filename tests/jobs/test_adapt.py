"""An archive asked about, answered, learnt from and decided again, without reading."""

import dataclasses
import json
import sys
from argparse import Namespace
from functools import cache
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "models"))
sys.path.insert(0, str(Path(__file__).parent))
from audited import NANCY, make_audit
from small import examples, model

import jobs.adapt
from connectors.ledger import Ledger
from jobs import adapt, train
from jobs.again import deciding_basis
from jobs.deciding import read_decisions
from jobs.tasks import context_of
from jobs.tools import Setup
from models.labeller import load_model
from pipeline.attribute import People
from sagstjek.errors import InputError, TableError
from sagstjek.settings import Settings
from sagstjek.shapes import CprBasis, Document, Mention, Part, PartText, Reading, Role, Status
from sagstjek.wire import to_json

LOCAL = "Skema 14-B Havbroen\nRubrik {n}: gensat jævnfør havbroplanen, afkrydset i kolonne {n} af bromesteren"


@pytest.fixture
def audit(tmp_path, monkeypatch):
    """An audit of ten like forms that nobody knows, titled with nothing, and one titled resignation."""
    monkeypatch.setattr(jobs.adapt, "load_model", cache(lambda _=None: model()))
    folder = make_audit(tmp_path / "a")
    texts = [LOCAL.format(n=n) for n in range(10)]
    resignation = next(example.part.text for example in examples() if example.type == "opsigelse")
    documents = [Document(f"D{n}", f"{n}.pdf", "S1", NANCY, title="Scan") for n in range(10)]
    documents.append(Document("D10", "10.pdf", "S1", NANCY, title="Min opsigelse"))
    mention = Mention(NANCY, CprBasis.TEXT, Role.SUBJECT, 0.99)
    with Ledger.open(folder / "ledger.sqlite") as ledger:
        ledger.list_documents(documents)
        readings = []
        for document, text in zip(documents, [*texts, resignation], strict=True):
            part = Part(1, type="andet", evidence=model().observe(PartText(text)), mentions=(mention,))
            readings.append(Reading(document.document_id, "c", "v", (part,)))
        ledger.keep(readings, {d.document_id: context_of("v", to_json(d)) for d in documents}, "old")
        ledger.save_run("r2", json.dumps({"as_of": "2026-11-01", "rules": "old", "version": "v"}))
    return folder


def run(audit, **options):
    defaults = {"ask": None, "to": None, "answers": None, "model": None, "settings": None, "set": [], "language": None}
    return adapt.run(Namespace(audit=audit, **(defaults | options)))


def answer(book, **types):
    workbook = openpyxl.load_workbook(book)
    for row in workbook.worksheets[0].iter_rows(min_row=2):
        row[-1].value = types.get(row[0].value)
    workbook.save(book)


def types(audit):
    with Ledger.open(audit / "ledger.sqlite") as ledger:
        return {document.document_id: reading.parts[0].type for document, reading in ledger.readings()}


def test_two_answers_teach_ten_documents(audit, capsys):
    assert run(audit, ask=3) == 0
    book = audit / "decisions.xlsx"
    asked = [row[0].value for row in openpyxl.load_workbook(book).worksheets[0].iter_rows(min_row=2)]
    assert set(asked) & {f"D{n}" for n in range(10)}
    assert types(audit) == {f"D{n}": "andet" for n in range(11)}
    first, second = [name for name in asked if name != "D10"][:2]
    answer(book, **{first: "Børneattest", second: "Børneattest"})
    assert run(audit, answers=book) == 0
    assert {types(audit)[f"D{n}"] for n in range(10)} == {"boerneattest"}
    said = capsys.readouterr()
    assert "11 documents decided again" in said.out
    assert "learnt from 2 decisions and 1 titles" in said.err
    facts = json.loads((audit / "run.json").read_text())
    assert facts["model"] == load_model((audit / "model.sagstjek").read_bytes()).model_id
    assert "Børneattest" not in (audit / "run.json").read_text()


def test_decisions_are_taken_over_what_the_model_says(audit):
    run(audit, ask=1)
    book = audit / "decisions.xlsx"
    name = next(row[0].value for row in openpyxl.load_workbook(book).worksheets[0].iter_rows(min_row=2))
    answer(book, **{name: "CV"})
    run(audit, answers=book)
    listed = (audit / "documents.csv").read_text("utf-8-sig").splitlines()
    (line,) = [line for line in listed if line.startswith(f"{name};")]
    assert ";cv;1" in line.replace(",", ".")


def test_a_later_audit_finds_nothing_stale(audit):
    run(audit, ask=3)
    answer(audit / "decisions.xlsx", D0="CV", D1="CV", D2="CV")
    run(audit, answers=audit / "decisions.xlsx")
    fitted = load_model((audit / "model.sagstjek").read_bytes())
    with Ledger.open(audit / "ledger.sqlite") as ledger:
        roster = ledger.roster()
        setup = Setup(Settings(), People(), b"", deciding=f"{fitted.model_id}/{fitted.accept_at}")
        assert list(ledger.stale(deciding_basis(setup, roster))) == []


def test_a_model_of_its_own_file(audit, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(train, "load_model", cache(lambda _=None: model()))
    order = Namespace(from_decisions=audit, out=tmp_path / "m.sagstjek", export=None, labels=None)
    with pytest.raises(InputError, match="nothing was decided"):
        train.run(order)
    run(audit, ask=2)
    answer(audit / "decisions.xlsx", **{f"D{n}": "CV" for n in range(11)})
    run(audit, answers=audit / "decisions.xlsx")
    assert train.run(order) == 0
    assert load_model((tmp_path / "m.sagstjek").read_bytes()).model_id in capsys.readouterr().out
    with pytest.raises(InputError, match="--out"):
        train.run(Namespace(**{**vars(order), "out": None}))


def test_nothing_is_overwritten_and_nothing_answered_is_told(audit):
    run(audit, ask=1)
    with pytest.raises(InputError, match="is there already"):
        run(audit, ask=1)
    with pytest.raises(InputError, match="no row has an answer"):
        run(audit, answers=audit / "decisions.xlsx")


def test_an_answer_that_is_no_type_names_the_row(audit):
    run(audit, ask=1)
    book = audit / "decisions.xlsx"
    answer(book, **{f"D{n}": "Børneatest" for n in range(11)})
    with pytest.raises(TableError, match=r"Børneattest") as error:
        read_decisions(book)
    assert "line 2" in str(error.value) or "row 2" in str(error.value)


def test_nothing_to_learn_from(audit):
    with Ledger.open(audit / "ledger.sqlite") as ledger:
        ledger.list_documents([Document("D0", "0.pdf", "S1", NANCY, title="Scan")])
    with pytest.raises(InputError, match="nothing to learn from"):
        run(audit)


def test_parts_accepted_are_not_asked_about(audit):
    with Ledger.open(audit / "ledger.sqlite") as ledger:
        settled = [
            dataclasses.replace(r, parts=tuple(dataclasses.replace(p, status=Status.ACCEPTED) for p in r.parts))
            for _, r in ledger.evidence()
        ]
        ledger.keep(settled, {r.document_id: "" for r in settled})
    with pytest.raises(InputError, match="nothing to ask"):
        run(audit, ask=5)
