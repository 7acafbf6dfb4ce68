"""The ledger: what is kept comes back, whatever kills the process."""

import datetime as dt
import os
import random
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from connectors.ledger import Ledger
from connectors.ledger_rows import Counts, Known
from connectors.ledger_tables import METADATA
from sagstjek.cpr import Cpr
from sagstjek.errors import ConnectorError, InputError, TableError
from sagstjek.findings import Because, Finding, Outcome
from sagstjek.people import Employment, Roster
from sagstjek.shapes import CprBasis as Basis
from sagstjek.shapes import Document, Mention, Part, Reading, Reason, Role, Status, unreadable

NANCY = Cpr("2512489996")
BO = Employment("E1", Cpr("0108589995"), "Bo Holm", dt.date(2010, 1, 4), extra=(("timer", "37"),))
POSTGRES = os.environ.get("SAGSTJEK_TEST_POSTGRES", "")


@pytest.fixture(params=["sqlite", "postgres"])
def ledger(request, tmp_path):
    """A new ledger; on PostgreSQL too where SAGSTJEK_TEST_POSTGRES names an empty database."""
    if request.param == "sqlite":
        with Ledger.open(tmp_path / "ledger.sqlite", exclusive=True) as ledger:
            yield ledger
    elif POSTGRES:
        with Ledger.open(POSTGRES, exclusive=True) as ledger:
            yield ledger
            ledger._base.run(METADATA.drop_all)
    else:
        pytest.skip("SAGSTJEK_TEST_POSTGRES names no database")


def documents(*numbers):
    return [
        Document(f"D{n}", f"files/{n}.pdf", case_id=f"S{n % 3}", case_cpr=NANCY if n % 3 else None, title="Børneattest")
        for n in numbers
    ]


def reading(n, *parts, version="v1"):
    parts = parts or (Part(1, type="cv", status=Status.ACCEPTED, pages=2, pages_read=1),)
    return Reading(f"D{n}", f"hash{n}", version, parts, stamp=f"stamp{n}", seconds=0.5, size=9)


def test_evidence_lies_apart_and_stale_readings_come_with_it(ledger):
    ledger.list_documents(documents(1, 2))
    parts = (Part(1, type="cv", evidence=b"one"), Part(2, type="orlov"), Part(3, evidence=b"three"))
    ledger.keep([reading(1, *parts), reading(2)], {"D1": "c1", "D2": "c2"}, "model 1")
    assert list(ledger.stale("model 1")) == []
    one, two = ledger.stale("model 2")
    assert (one.document.document_id, one.context, one.reading) == ("D1", "c1", reading(1, *parts))
    assert two.reading == reading(2)
    assert [found.parts[0].evidence for _, found in ledger.readings()] == [b"", b""]
    assert [[part.evidence for part in found.parts] for _, found in ledger.evidence()] == [
        [b"one", b"", b"three"],
        [b""],
    ]
    ledger.keep([reading(1, *parts)], {"D1": "c1"}, "model 2")
    assert [item.document.document_id for item in ledger.stale("model 2")] == ["D2"]


def keep(ledger, *readings):
    ledger.keep(readings, {r.document_id: f"context{r.document_id}" for r in readings})


def test_everything_of_a_reading_comes_back(ledger):
    part = Part(
        1,
        member="bilag/\ud800.pdf",
        first_page=1,
        last_page=3,
        type="cv",
        candidates=("cv", "andet"),
        reason=Reason.LOW_CONFIDENCE,
        cpr=NANCY,
        document_date=dt.date(2011, 5, 3),
        mentions=(Mention(NANCY, Basis.TEXT, Role.SUBJECT, 0.9),),
    )
    ledger.list_documents(documents(1))
    keep(ledger, reading(1, part))
    [(document, found)] = ledger.readings()
    assert document == documents(1)[0]
    assert found.parts[0].member == "bilag/?.pdf"
    assert found.parts[0].mentions == part.mentions


def test_lists_keep_the_order_of_the_index_over_many_pages(ledger):
    numbers = [*range(1500, 0, -1)]
    assert ledger.list_documents(iter(documents(*numbers)), batch=400) == 1500
    keep(ledger, *(reading(n) for n in numbers))
    assert [int(d.document_id[1:]) for d, _ in ledger.listed()] == numbers
    assert [int(r.document_id[1:]) for _, r in ledger.readings()] == numbers
    by_case = [(d.case_id, -int(d.document_id[1:])) for d, _ in ledger.readings(by_case=True)]
    assert by_case == sorted(by_case)


def test_what_a_reading_rested_on_is_known(ledger):
    ledger.list_documents(documents(1, 2))
    keep(ledger, reading(1))
    keep(ledger, reading(1, version="v2"))
    known = Known("stamp1", "hash1", "v2", "contextD1")
    assert [k for _, k in ledger.listed()] == [known, None]
    assert ledger.known(["D1", "D2", "D3"]) == {"D1": known}


def test_a_document_not_read_yet_never_looks_empty(ledger):
    ledger.list_documents(documents(1))
    [(_, found)] = ledger.readings()
    assert (found.parts[0].status, found.parts[0].reason) == (Status.UNREADABLE, Reason.NOT_FULLY_READ)
    assert (ledger.counts().documents, ledger.counts().read) == (1, 0)


def test_counts_tell_whole_from_partly_unreadable_and_leave_out_what_is_gone(ledger):
    lost = unreadable(1, Reason.ENCRYPTED)
    ledger.list_documents(documents(1, 2, 3, 4, 5))
    keep(ledger, reading(1), reading(2, lost), reading(3, lost, Part(2, pages=4, pages_read=4)), reading(5, lost))
    ledger.list_documents(documents(4, 3, 2, 1))
    assert ledger.counts() == Counts(4, 3, 1, 1, parts=4, pages=6, pages_read=5, seconds=1.5, gone=1)


def test_a_document_that_left_and_came_back_keeps_its_reading(ledger):
    ledger.list_documents(documents(1, 2))
    keep(ledger, reading(2))
    ledger.list_documents(documents(1))
    assert [d.document_id for d, _ in ledger.listed()] == ["D1"]
    ledger.list_documents(documents(1, 2))
    assert [known is not None for _, known in ledger.listed()] == [False, True]


def test_an_index_may_change_in_any_way(ledger):
    rng = random.Random(1)
    for _ in range(12):
        new = documents(*rng.sample(range(40), rng.randint(0, 40)))
        ledger.list_documents(new, batch=rng.randint(1, 9))
        assert [document for document, _ in ledger.listed()] == new


def test_an_unchanged_index_is_not_written_again(tmp_path):
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        ledger.list_documents(documents(*range(50)), batch=10)
        with sqlite3.connect(tmp_path / "ledger.sqlite") as connection:
            connection.execute("CREATE TRIGGER t BEFORE UPDATE ON documents BEGIN SELECT RAISE(ABORT, 'written'); END")
        connection.close()
        assert ledger.list_documents(documents(*range(50)), batch=10) == 50
        with pytest.raises(ConnectorError):
            ledger.list_documents(documents(*range(1, 50)), batch=10)


def test_a_broken_index_leaves_the_last_one(ledger):
    ledger.list_documents(documents(1, 2))

    def broken():
        yield from documents(7, 8, 9)
        raise TableError("index.csv", 4, "", "", "broken")

    with pytest.raises(TableError):
        ledger.list_documents(broken(), batch=2)
    assert [d.document_id for d, _ in ledger.listed()] == ["D1", "D2"]


def test_cases_have_the_cpr_number_that_any_of_their_documents_has(ledger):
    mixed = [*documents(1, 3), Document("D9", "x", case_id="S1"), Document("D10", "y")]
    ledger.list_documents(mixed)
    assert ledger.cases() == {"S1": NANCY, "S0": None}


def test_roster_and_findings_come_back(ledger):
    assert ledger.roster() is None
    roster = Roster((BO,), ("cpr", "name", "hired", "timer"))
    findings = [
        Finding(BO, "boerneattest", Outcome.MISSING, Because.NOTHING_FOUND, types=("boerneattest",), due=BO.hired),
        Finding(BO, "cv", Outcome.FULFILLED, Because.ACCEPTED, evidence="D1#1"),
    ]
    ledger.keep_roster(roster)
    assert ledger.keep_findings(iter(findings), batch=1) == 2
    assert ledger.roster() == roster
    assert list(ledger.findings()) == findings
    ledger.keep_findings(findings[1:])
    assert list(ledger.findings()) == findings[1:]
    ledger.keep_roster(Roster(()))
    assert list(ledger.findings()) == []


def test_runs_and_notes(ledger):
    assert ledger.load_run() is None
    ledger.save_run("a", "{}")
    ledger.save_run("b", '{"n":1}')
    ledger.save_run("a", '{"n":2}')
    assert (ledger.load_run(), ledger.load_run("a"), ledger.load_run("c")) == ('{"n":1}', '{"n":2}', None)
    ledger.keep_note("key", "old")
    ledger.keep_note("key", "æ")
    assert (ledger.note("key"), ledger.note("none")) == ("æ", None)


def test_checks_keep_their_order_and_the_last_answer(ledger):
    ledger.keep_checks("s1", {2: "two", 1: "one"})
    ledger.keep_checks("s2", {1: "other"})
    ledger.keep_checks("s1", {2: "two, answered"})
    assert ledger.checks("s1") == ["one", "two, answered"]
    assert ledger.checks("none") == []


def test_a_second_audit_is_refused_and_a_look_is_not(tmp_path):
    path = tmp_path / "ledger.sqlite"
    with Ledger.open(path, exclusive=True):
        with pytest.raises(ConnectorError, match="another audit is working on this ledger"):
            Ledger.open(path, exclusive=True)
        with Ledger.open(path) as looker:
            assert looker.counts() == Counts()
    Ledger.open(path, exclusive=True).close()


def test_reading_and_keeping_go_on_side_by_side(tmp_path):
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        ledger.list_documents(documents(*range(1200)))
        for document, known in ledger.listed():
            assert known is None
            if document.document_id.endswith("00"):
                keep(ledger, reading(int(document.document_id[1:])))
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda n: keep(ledger, reading(n)), range(40)))
        assert ledger.counts().read == 51


def test_its_files_are_for_us_alone(tmp_path):
    old = os.umask(0)
    try:
        with Ledger.open(tmp_path / "ledger.sqlite", exclusive=True) as ledger:
            ledger.list_documents(documents(1))
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    finally:
        os.umask(old)
    assert "ledger.sqlite-wal" in modes
    assert set(modes.values()) == {0o600}


def refused(path):
    with pytest.raises(ConnectorError) as caught:
        Ledger.open(path)
    assert caught.value.__context__ is None  # SQLAlchemy's own words can hold what was written
    return str(caught.value)


def test_files_that_are_no_ledger_are_refused_and_left_alone(tmp_path):
    (tmp_path / "text").write_text("no database, but long enough to be read as one" * 100)
    assert "is not a ledger" in refused(tmp_path / "text")
    with sqlite3.connect(tmp_path / "other") as connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    assert "is a database, but not a ledger" in refused(tmp_path / "other")
    Ledger.open(tmp_path / "future").close()
    with sqlite3.connect(tmp_path / "future") as connection:
        connection.execute("UPDATE sagstjek_ledger SET format = 99")
    connection.close()
    assert "is a ledger of format 99; this sagstjek reads format 2" in refused(tmp_path / "future")
    with pytest.raises(ConnectorError, match="cannot be made"):
        Ledger.open(tmp_path / "none" / "ledger.sqlite")


def test_a_damaged_ledger_says_so(tmp_path):
    path = tmp_path / "ledger.sqlite"
    with Ledger.open(path) as ledger:
        ledger.list_documents(documents(*range(3000)))
    data = bytearray(path.read_bytes())
    data[8192:-4096] = os.urandom(len(data) - 4096 - 8192)
    path.write_bytes(data)
    with pytest.raises(ConnectorError, match="the file is damaged"), Ledger.open(path) as ledger:
        list(ledger.listed())


def test_a_full_disk_says_so_without_a_personal_word(tmp_path):
    code = """
import resource, sys
from connectors.ledger import Ledger
from sagstjek.errors import ConnectorError
from sagstjek.shapes import Document
ledger = Ledger.open(sys.argv[1])
ledger.list_documents([Document("D0", "x")])
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
try:
    ledger.list_documents(Document(f"D{n}", "hemmelig.pdf", title="Nancy Berggren" * 9) for n in range(50_000))
except ConnectorError as error:
    print(error, error.__cause__, error.__context__)
print(ledger.counts().documents)
"""
    said = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "l.sqlite")], capture_output=True, text=True, check=False
    )
    assert "full. " in said.stdout, said.stderr
    assert "Nancy" not in said.stdout
    assert said.stdout.endswith("None None\n1\n")


def test_another_program_that_writes_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("connectors.database._PATIENCE", 0)
    path = tmp_path / "ledger.sqlite"
    with Ledger.open(path) as ledger:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ConnectorError, match="another program is writing to it"):
            ledger.keep_note("a", "b")
        other.close()


@pytest.mark.parametrize("address", ["mysql://host/db", "sqlite:///user:secret@x", "postgresql:secret//://"])
def test_an_address_that_is_none_is_refused_without_its_password(address):
    with pytest.raises(InputError) as caught:
        Ledger.open(address)
    assert "secret" not in str(caught.value)


@pytest.mark.skipif(not POSTGRES, reason="SAGSTJEK_TEST_POSTGRES names no database")
def test_a_second_audit_on_one_server_is_refused():
    with Ledger.open(POSTGRES, exclusive=True) as ledger:
        with pytest.raises(ConnectorError, match="another audit is working"):
            Ledger.open(POSTGRES, exclusive=True)
        ledger._base.run(METADATA.drop_all)


def test_a_server_that_does_not_answer_is_named_without_its_password():
    pytest.importorskip("psycopg")
    with pytest.raises(
        ConnectorError, match=r"postgresql://me:\*\*\*@127\.0\.0\.1:1/db: the database server does not answer"
    ):
        Ledger.open("postgresql://me:secret@127.0.0.1:1/db?connect_timeout=2&sslpassword=secret", exclusive=True)
