"""A roster and a records system to an export folder: complete, resumable, and honest about what is not there."""

import csv
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from connectors.export_folder import ExportFolder, fetch
from connectors.records.pull_log import NAME
from jobs.cli import main
from sagstjek.errors import DocumentError
from tests.doubles.sbsys import PASSWORD, SECRET, SbsysDouble
from tests.doubles.web import Chaos
from tests.doubles.world import BO, CARL, DORTE, EVA, FINN, NANCY, many_people, small_world

QUICK = {"requests_per_second": 0, "parallel": 8, "first_pause": 0.01, "most_pause": 0.05, "attempts": 8}


@pytest.fixture(autouse=True)
def secrets(monkeypatch):
    monkeypatch.setenv("SAGSTJEK_SECRET_SBSYS_CLIENT_SECRET", SECRET)
    monkeypatch.setenv("SAGSTJEK_SECRET_SBSYS_PASSWORD", PASSWORD)


@pytest.fixture
def small():
    double = SbsysDouble(small_world(3))
    yield double
    double.close()


def write_roster(path, people, *, case_ids=()):
    named = dict(case_ids)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(["cpr", "name", "hired", "employment_id", "case_id"])
        for number, cpr in enumerate(people):
            writer.writerow([cpr.written, f"Person {number}", "2015-01-02", f"E{number}", named.get(cpr, "")])
    return path


def words(double, roster, out, *more, **options):
    source = double.source(**{**QUICK, **options})
    return ["pull", "--source", source, "--roster", str(roster), "--out", str(out), *more]


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def content(out):
    """Every file of an export by its path, without the log and the summary, which tell times."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in {NAME, "pull.json"}
    }


def test_everything_of_a_person(small, tmp_path):
    roster = write_roster(tmp_path / "roster.csv", [NANCY, FINN])
    assert main(words(small, roster, tmp_path / "export")) == 0
    assert table(tmp_path / "export" / "not_pulled.csv") == []
    rows = table(tmp_path / "export" / "index.csv")
    held = [f for cpr in (NANCY, FINN) for d in small.world.of(cpr)[0].documents if not d.deleted for f in d.files]
    assert [row["sha256"] for row in rows] == [file.sha256 for file in held]
    for row in rows:
        assert hashlib.sha256((tmp_path / "export" / row["path"]).read_bytes()).hexdigest() == row["sha256"]
    first = rows[0]
    assert (first["case_cpr"], first["folder"], first["direction"]) == (NANCY.written, "01 Ansættelse", "ind")
    assert (first["title"], first["journal_date"]) == ("Ansættelsesbrev", "2023-11-20")


def test_the_audit_reads_it(small, tmp_path):
    roster = write_roster(tmp_path / "roster.csv", [NANCY, EVA])
    assert main(words(small, roster, tmp_path / "export")) == 2
    export = ExportFolder(tmp_path / "export")
    documents = list(export.documents())
    assert len(documents) == 6
    read = [d for d in documents if d.case_cpr == NANCY]
    assert all(fetch(export.reference(document), 10**6).data for document in read)
    # Eva's case could not be read: it is unreadable to an audit, and not missing.
    (barred,) = [d for d in documents if d.case_cpr == EVA]
    with pytest.raises(DocumentError, match="not_found"):
        fetch(export.reference(barred), 10**6)


def test_what_is_not_there_has_a_reason(small, tmp_path, capsys):
    roster = write_roster(tmp_path / "roster.csv", [NANCY, BO, CARL, DORTE, EVA])
    small.fail(r"GET /api/fil/", status=404)
    assert main(words(small, roster, tmp_path / "export", parallel=1)) == 2
    found = table(tmp_path / "export" / "not_pulled.csv")
    assert [(row["cpr"], row["reason"]) for row in found] == [
        (NANCY.written, "not_found"),
        (BO.written, "no_case"),
        (CARL.written, "several_cases"),
        (EVA.written, "no_access"),
    ]
    assert found[0]["document_id"]
    assert all(row["explanation"] for row in found)
    told = capsys.readouterr()
    assert "4 lines in not_pulled.csv" in told.err
    assert "9996" not in told.err + told.out


def test_two_cases_of_two_employments_are_taken(small, tmp_path):
    one, two = small.world.of(CARL)
    small.world.document(one, "A", b"a")
    small.world.document(two, "B", b"b")
    roster = write_roster(tmp_path / "roster.csv", [CARL, CARL])
    assert main(words(small, roster, tmp_path / "both")) == 0
    named = write_roster(tmp_path / "named.csv", [CARL], case_ids={CARL: two.number}.items())
    assert main(words(small, named, tmp_path / "named")) == 0
    single = write_roster(tmp_path / "single.csv", [CARL])
    assert main(words(small, single, tmp_path / "all", "--all-cases")) == 0
    titles = [[row["title"] for row in table(tmp_path / out / "index.csv")] for out in ("both", "named", "all")]
    assert titles == [["A", "B"], ["B"], ["A", "B"]]


def test_no_more_at_once_than_allowed(small, tmp_path):
    roster = write_roster(tmp_path / "roster.csv", [NANCY, FINN, DORTE])
    assert main(words(small, roster, tmp_path / "export", parallel=2)) == 0
    assert small.most_at_once <= 2


def test_started_again_it_asks_only_for_what_is_missing(small, tmp_path):
    roster = write_roster(tmp_path / "roster.csv", [NANCY, EVA])
    assert main(words(small, roster, tmp_path / "export")) == 2
    small.world.of(EVA)[0].barred = False
    small.calls.clear()
    assert main(words(small, roster, tmp_path / "export")) == 0
    assert small.count("/fil/") == 1
    assert small.count("search") == 1
    assert [row["title"] for row in table(tmp_path / "export" / "index.csv")][-1] == "Beskyttet"


def test_a_file_that_was_lost_comes_back(small, tmp_path):
    roster = write_roster(tmp_path / "roster.csv", [NANCY])
    out = tmp_path / "export"
    assert main(words(small, roster, out)) == 0
    before = content(out)
    (out / table(out / "index.csv")[0]["path"]).unlink()
    (out / table(out / "index.csv")[1]["path"]).write_bytes(b"other")
    assert main(words(small, roster, out)) == 0
    assert content(out) == before


def test_no_index_before_the_end(small, tmp_path, capsys):
    roster = write_roster(tmp_path / "roster.csv", [p.cpr for p in many_people(30).cases.values()])
    small.fail("sag/search", times=10**6, status=503)
    assert main(words(small, roster, tmp_path / "export", attempts=1)) == 4
    assert not (tmp_path / "export" / "index.csv").exists()
    assert "people in a row" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"grant": "implicit"}, "write password or client_credentials"),
        ({"atempts": 3}, "did you mean 'attempts'?"),
        ({"timeout": "lang"}, "must be a number"),
        ({"client_id": "en-anden"}, "does not let us in"),
    ],
)
def test_bad_settings_get_a_line(small, tmp_path, capsys, change, said):
    roster = write_roster(tmp_path / "roster.csv", [NANCY])
    assert main(words(small, roster, tmp_path / "export", **change)) in {1, 4}
    told = capsys.readouterr().err
    assert said in told
    assert SECRET not in told


def test_another_source_is_refused(small, tmp_path, capsys):
    roster = write_roster(tmp_path / "roster.csv", [NANCY])
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "brev.txt").write_text("mit")
    assert main(words(small, roster, tmp_path / "mine")) == 1
    assert main(words(small, roster, tmp_path / "export")) == 0
    other = SbsysDouble(small_world())
    try:
        assert main(words(other, roster, tmp_path / "export")) == 1
    finally:
        other.close()
    assert "Name a new folder" in capsys.readouterr().err


def test_a_secret_that_is_not_set(small, tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("SAGSTJEK_SECRET_SBSYS_PASSWORD")
    roster = write_roster(tmp_path / "roster.csv", [NANCY])
    assert main(words(small, roster, tmp_path / "export")) == 1
    assert "SAGSTJEK_SECRET_SBSYS_PASSWORD is not set" in capsys.readouterr().err


def test_a_folder_as_source(tmp_path):
    place = tmp_path / "sager" / f"{NANCY.written} Nancy" / "01 Ansættelse"
    place.mkdir(parents=True)
    (place / "Brev.pdf").write_bytes(b"%PDF")
    roster = write_roster(tmp_path / "roster.csv", [NANCY])
    out = tmp_path / "export"
    assert main(["pull", "--source", f"folder://{tmp_path}/sager", "--roster", str(roster), "--out", str(out)]) == 0
    (row,) = table(out / "index.csv")
    assert (row["title"], row["folder"], (out / row["path"]).read_bytes()) == ("Brev", "01 Ansættelse", b"%PDF")


def test_killed_among_faults_and_resumed(tmp_path):
    people = 200
    world = many_people(people)
    double = SbsysDouble(world, token_seconds=0.4)
    roster = write_roster(tmp_path / "roster.csv", [case.cpr for case in world.cases.values()])
    try:
        assert main(words(double, roster, tmp_path / "calm")) == 0
        double.chaos = Chaos(share=0.05)
        command = [Path(sys.executable).parent / "sagstjek", *words(double, roster, tmp_path / "hit")]
        for goal in (people // 4, people // 2):
            kill_at(command, tmp_path / "hit" / NAME, goal)
            assert not (tmp_path / "hit" / "index.csv").exists()
        assert main(words(double, roster, tmp_path / "hit")) == 0
    finally:
        double.close()
    assert content(tmp_path / "hit") == content(tmp_path / "calm")
    assert double.count("openid-connect/token") > 5


def kill_at(command, log, people):
    """Start a pull and kill it, hard, when it has so many people."""
    process = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < until:
        if log.exists() and log.read_text("utf-8").count('"kind": "person"') >= people:
            break
        time.sleep(0.005)
    assert process.poll() is None, "ended before it could be killed"
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_line_cut_off_by_the_kill_is_passed_over(small, tmp_path):
    roster = write_roster(tmp_path / "roster.csv", [NANCY, FINN])
    out = tmp_path / "export"
    assert main(words(small, roster, out)) == 0
    before = content(out)
    log = (out / NAME).read_bytes()
    for cut in (len(log) - 7, len(log) // 2, 20):
        shutil.copytree(out, tmp_path / f"cut{cut}")
        (tmp_path / f"cut{cut}" / NAME).write_bytes(log[:cut])
        assert main(words(small, roster, tmp_path / f"cut{cut}")) == 0
        assert content(tmp_path / f"cut{cut}") == before
