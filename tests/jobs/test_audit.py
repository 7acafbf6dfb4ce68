"""What an audit does around the reading: what it refuses, what it tries again, what it says at the end."""

import datetime as dt
import os

import pytest

from connectors.export_folder import ExportFolder
from connectors.ledger import Ledger
from jobs.audit import _context, _keep_rules, list_index, summary_lines
from jobs.cli import main
from sagstjek.cpr import Cpr
from sagstjek.errors import TableError
from sagstjek.people import Employment, Roster
from sagstjek.shapes import Part, Reading, Reason, Status, unreadable
from tests.jobs.report.found import RULES, small_audit

LASTING = {
    *(Reason.ENCRYPTED, Reason.DAMAGED, Reason.EMPTY, Reason.UNSUPPORTED, Reason.TOO_LARGE, Reason.TOO_DEEP),
    *(Reason.TOO_MANY, Reason.NO_TEXT, Reason.LOW_CONFIDENCE, Reason.POOR_TEXT, Reason.NOT_FULLY_READ),
    *(Reason.PERSON_UNCERTAIN, Reason.SAME_BYTES, Reason.SAME_TEXT),
}
ROSTER = "cpr;name;hired\r\n251248-9996;Nancy Ann Berggren;2011-05-03\r\n"
INDEX = "document_id;path;case_id\r\n1;files/1.txt;S1\r\n"


@pytest.mark.parametrize("reason", list(Reason))
def test_what_may_pass_is_tried_again(reason):
    reading = Reading("1", "c", "v", (Part(1, status=Status.ACCEPTED), unreadable(2, reason)))
    assert _context(reading, "digest") == ("digest" if reason in LASTING else "")


def test_a_good_reading_is_kept_under_what_it_depends_on():
    assert _context(Reading("1", "c", "v", (Part(1, status=Status.ACCEPTED),)), "digest") == "digest"


def test_rules_are_kept_beside_the_results_and_only_those_of_the_last_run(tmp_path):
    out = tmp_path / "audit"
    out.mkdir()
    rules, kept = tmp_path / "ours.yaml", out / "requirements.yaml"
    rules.write_text("requirements: []\n", "utf-8")
    _keep_rules(rules, out)
    assert kept.read_bytes() == rules.read_bytes()
    _keep_rules(kept, out)
    assert kept.read_bytes() == rules.read_bytes()
    _keep_rules(None, out)
    assert not kept.exists()


def test_summary_counts_each_requirement_that_holds_for_somebody(tmp_path):
    _, findings, _ = small_audit()
    counts = {"documents": 5, "employments": 3, "parts": 7, "unreadable": 2, "review": 1, "misfiled": 1, "duplicate": 0}
    lines = list(summary_lines(counts, findings, RULES, tmp_path))
    assert lines[:2] == [
        "5 documents of 3 employments, 7 parts",
        "2 documents unreadable, 1 parts for review, 1 misfiled, 0 duplicates",
    ]
    columns = lines[2].split()
    assert columns[:3] == ["requirement", "fulfilled", "missing"]
    table = {line[:58].strip(): [int(cell) for cell in line[58:].split()] for line in lines[3:-1]}
    assert table == {
        "Ansættelsesbrev": [1, 0, 0, 1, 0, 0, 0],
        "Børneattest": [0, 1, 1, 0, 0, 1, 0],
        "MUS": [0, 0, 0, 0, 1, 0, 1],
    }
    assert str(tmp_path / "report.html") in lines[-1]


@pytest.fixture
def given(tmp_path):
    """An export of one document, and a roster."""
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "1.txt").write_text("Skriftlig advarsel", "utf-8")
    (tmp_path / "index.csv").write_text(INDEX, "utf-8")
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("spoil", "more", "said"),
    [
        (("roster.csv", "cpr;name;hired\r\n"), (), "nobody can be audited"),
        (("roster.csv", ROSTER.replace("name", "nam")), (), "nam"),
        (("index.csv", "path\r\nx\r\n"), (), "document_id"),
        (("index.csv", INDEX + "1;files/2.txt;S1\r\n"), (), "stands in line 2 already"),
        (("index.csv", INDEX.replace("files/1.txt", "../roster.csv")), (), "does not stay below the folder"),
        (("taken", ""), ("--out", "taken"), "cannot be made"),
        (("empty", ""), ("--model", "nowhere.model"), "nowhere.model: cannot be read"),
        (("empty", ""), ("--model", "empty"), "model"),
        (("rules.yaml", "requirement: []\n"), ("--rules", "rules.yaml"), "requirements"),
        (("empty", ""), ("--set", "document_seconds=long"), "document_seconds"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_read(given, spoil, more, said, capsys, monkeypatch):
    monkeypatch.chdir(given)
    name, text = spoil
    (given / name).write_text(text, "utf-8")
    out = () if "--out" in more else ("--out", "audit")
    assert main(["audit", ".", "--roster", "roster.csv", *out, *more]) == 1
    error = capsys.readouterr().err
    assert said in error
    assert "a bug of ours" not in error
    assert not (given / "audit" / "documents.csv").exists()


@pytest.fixture
def listing(tmp_path):
    """An open ledger and an export folder with one document."""
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "index.csv").write_text(INDEX, "utf-8")
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        yield ledger, ExportFolder(tmp_path / "export")


def test_the_index_is_listed_again_only_when_it_or_the_roster_has_changed(listing, tmp_path, monkeypatch):
    ledger, folder = listing
    roster = Roster((Employment("E1", Cpr("2512489996"), "Nancy", dt.date(2011, 5, 3), case_id="S1"),))
    list_index(ledger, folder, roster)
    with monkeypatch.context() as patch:
        patch.setattr(ExportFolder, "documents", None)
        list_index(ledger, folder, roster)
    assert [document.case_cpr for document, _ in ledger.listed()] == [roster.employments[0].cpr]
    list_index(ledger, folder, Roster(()))
    assert [document.case_cpr for document, _ in ledger.listed()] == [None]
    with (tmp_path / "export" / "index.csv").open("a", encoding="utf-8") as stream:
        stream.write("2;files/2.txt;S1\r\n")
    list_index(ledger, folder, Roster(()))
    assert ledger.counts().documents == 2


def test_a_listing_that_broke_off_is_made_again(listing, tmp_path):
    ledger, folder = listing
    index = tmp_path / "export" / "index.csv"
    list_index(ledger, folder, Roster(()))
    times = index.stat()
    index.write_text(INDEX.replace("files/1.txt", "files/1.txt;x"), "utf-8")
    with pytest.raises(TableError):
        list_index(ledger, folder, Roster(()))
    index.write_text(INDEX, "utf-8")
    os.utime(index, ns=(times.st_atime_ns, times.st_mtime_ns))
    list_index(ledger, folder, Roster(()))
    assert [document.document_id for document, _ in ledger.listed()] == ["1"]
