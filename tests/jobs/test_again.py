"""Another model, threshold or roster: decided again from the ledger, without a look at the documents."""

import dataclasses
import datetime as dt
import sys
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from doubles.classifiers import ScriptedClassifier

import jobs.again
from connectors.ledger import Ledger
from jobs.again import decide_stale, deciding_basis
from jobs.tasks import context_of
from jobs.tools import Setup
from pipeline.attribute import People
from sagstjek.cpr import Cpr
from sagstjek.people import Employment, Roster
from sagstjek.settings import Settings
from sagstjek.shapes import Document, Part, Reading, Status
from sagstjek.wire import to_json

ROSTER = Roster((Employment("E1", Cpr("2512489996"), "Nancy Berggren", dt.date(2010, 1, 4)),))
DOCUMENTS = [Document(f"D{n}", f"{n}.pdf", case_cpr=Cpr("2512489996")) for n in range(3)]
SETUP = Setup(Settings(), People(), b"k", version="v", deciding="new")


@pytest.fixture
def ledger(tmp_path, monkeypatch):
    monkeypatch.setattr(jobs.again, "load_model", cache(lambda _: ScriptedClassifier({"cv": ("cv", 0.97)})))
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        ledger.list_documents(DOCUMENTS)
        parts = (Part(1, type="andet", evidence=b"cv"), Part(1, type="andet", evidence=b"cv", whole=False), Part(1))
        readings = [Reading(d.document_id, "c", "v", (p,), stamp="s") for d, p in zip(DOCUMENTS, parts, strict=True)]
        contexts = {d.document_id: context_of("v", to_json(d)) for d in DOCUMENTS}
        ledger.keep(readings, contexts, "old")
        yield ledger


def test_what_can_be_decided_is_and_the_rest_is_left_to_be_read(ledger):
    assert decide_stale(ledger, SETUP, ROSTER, ROSTER) == 2
    first, second, third = (listed.known for listed in ledger.index())
    assert first.context
    assert second.context
    assert not third.context  # no evidence was kept of it
    types = [reading.parts[0].type for _, reading in ledger.readings()]
    assert types == ["cv", "cv", ""]
    assert decide_stale(ledger, SETUP, ROSTER, ROSTER) == 0


def test_what_will_be_read_again_anyway_is_left_alone(ledger):
    assert decide_stale(ledger, dataclasses.replace(SETUP, version="w"), ROSTER, ROSTER) == 0
    assert [reading.parts[0].type for _, reading in ledger.readings()] == ["andet", "andet", ""]


def test_what_is_decided_with():
    other = Roster((dataclasses.replace(ROSTER.employments[0], name="Nancy Holm"),))
    assert deciding_basis(SETUP, ROSTER) != deciding_basis(SETUP, other)
    assert deciding_basis(SETUP, ROSTER) != deciding_basis(dataclasses.replace(SETUP, deciding="x"), ROSTER)


def test_accepted_only_when_sure(ledger, monkeypatch):
    monkeypatch.setattr(jobs.again, "load_model", cache(lambda _: ScriptedClassifier({"cv": ("cv", 0.5)})))
    assert decide_stale(ledger, SETUP, ROSTER, ROSTER) == 1
    (first, *_) = (reading.parts[0] for _, reading in ledger.readings())
    assert first.status is Status.REVIEW
