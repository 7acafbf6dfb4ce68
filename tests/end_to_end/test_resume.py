"""An audit goes on where it stopped, reads again only what has changed, and always comes to the same."""

import random
import shutil
import subprocess
import time

import pytest

from connectors.ledger import Ledger
from sagstjek.shapes import Reason
from tests.end_to_end.running import (
    assert_same,
    audit,
    changed,
    documents,
    part_of,
    readings,
    start_audit,
    table,
    until,
    write_index,
)

OFTEN = ("--set", "batch_documents=2")  # answers come often, so that a kill finds some kept and some not


def kill_at(export, out, kept, rng, *, alone):
    """Kill an audit a random moment after the ledger holds so many readings; wait until its processes are gone."""
    run = start_audit(export, out, *OFTEN)
    try:
        until(lambda: len(readings(out)) >= kept and len(run.processes()) > 1, run)
        try:
            run.process.wait(rng.uniform(0, 1))
        except subprocess.TimeoutExpired:
            run.kill(alone=alone)
        until(lambda: not run.processes(), seconds=30)
    finally:
        run.clear()
    return run.process.returncode


def kill_three_times(undisturbed, export, out):
    """Kill an audit three times at random moments, let it end, and hold it against the undisturbed one."""
    seed = time.time_ns() % 10**6
    rng = random.Random(seed)
    total = len(table(export / "index.csv"))
    moments = sorted(rng.sample(range(total * 2 // 3), 3))
    print(f"seed {seed}: killed when {moments} of {total} are kept")  # noqa: T201 - to meet a failure again
    codes = [
        kill_at(export, out, kept, rng, alone=alone) for kept, alone in zip(moments, (True, False, True), strict=True)
    ]
    assert codes == [-9, -9, -9]
    before = readings(out)
    assert moments[-1] <= len(before) < total
    run, code = audit(export, out)
    assert code in {0, 2}, run.said
    assert changed(before, readings(out)).isdisjoint(before), "what was kept was read again"
    assert_same(out, undisturbed)
    assert not (out / "work").exists()


def test_killed_three_times_and_resumed_comes_to_the_same(light, tmp_path):
    run, code = audit(light, tmp_path / "undisturbed")
    assert code in {0, 2}, run.said
    kill_three_times(tmp_path / "undisturbed", light, tmp_path / "audit")


@pytest.mark.slow  # kills fall within long documents too, which then begin anew
def test_killed_within_long_documents(audited, tmp_path):
    kill_three_times(audited.out, audited.export, tmp_path / "audit")


def test_stopped_by_the_user_says_so_and_goes_on(light, tmp_path):
    out = tmp_path / "audit"
    run = start_audit(light, out, *OFTEN)
    try:
        until(lambda: readings(out), run)
        run.interrupt()
        assert run.wait(60) == 130
        until(lambda: not run.processes(), seconds=30)
    finally:
        run.clear()
    assert "goes on where it was" in run.said.splitlines()[-1]
    assert "Traceback" not in run.said
    assert not (out / "work").exists()
    assert readings(out)


@pytest.fixture
def again(audited, tmp_path):
    """A copy of the export and of its audit; times of files are kept."""
    export, out = tmp_path / "export", tmp_path / "audit"
    shutil.copytree(audited.export, export)
    shutil.copytree(audited.out, out)
    return export, out


def test_second_run_reads_nothing(audited, again):
    export, out = again
    before = readings(out)
    run, code = audit(export, out)
    assert code == audited.code, run.said
    assert readings(out) == before
    assert (out / "documents.csv").read_bytes() == (audited.out / "documents.csv").read_bytes()
    assert_same(out, audited.out)


def test_only_what_changed_is_read_again(again):
    export, out = again
    rows = table(export / "index.csv")
    plain = [n for n, row in enumerate(rows) if row["path"].endswith((".docx", ".pdf", ".msg"))]
    other_bytes, other_title, touched = (rows[n] for n in plain[:3])
    gone = rows[plain[3]]
    (export / other_bytes["path"]).write_text("Skriftlig advarsel. Du kom for sent på arbejde.", "utf-8")
    (export / touched["path"]).touch()
    other_title["title"] = "En helt anden titel"
    write_index(export, [row for row in rows if row is not gone])
    before = readings(out)
    run, code = audit(export, out)
    assert code in {0, 2}, run.said
    assert changed(before, readings(out)) == {other_bytes["document_id"], other_title["document_id"]}
    listed = {row["document_id"]: row for row in documents(out)}
    assert gone["document_id"] not in listed
    assert listed[other_title["document_id"]]["title"] == "En helt anden titel"


def test_a_file_that_was_missing_is_looked_for_again(audited, tmp_path):
    first = table(audited.export / "index.csv")[1]
    export = part_of(audited.export, tmp_path / "export", lambda row: row["document_id"] == first["document_id"])
    out, file = tmp_path / "audit", export / first["path"]
    data = file.read_bytes()
    file.unlink()
    _, code = audit(export, out)
    assert code == 2
    assert [row["reason"] for row in documents(out)] == [Reason.NOT_FOUND]
    assert "missing" not in {row["status"] for row in table(out / "gaps.csv") if row["case_id"] == first["case_id"]}
    file.write_bytes(data)
    audit(export, out)
    expected = [row for row in documents(audited.out) if row["document_id"] == first["document_id"]]
    assert documents(out) == expected


def test_another_way_of_reading_reads_again(again):
    export, out = again
    rows = [row for row in table(export / "index.csv") if not row["path"].endswith(".tif")][:3]
    write_index(export, rows)
    before = readings(out)
    run, code = audit(export, out, "--reading", "full")
    assert code in {0, 2}, run.said
    assert changed(before, readings(out)) == {row["document_id"] for row in rows}
    with Ledger.open(out / "ledger.sqlite") as ledger:
        assert all(known and "/full/" in known.version for _, known in ledger.listed())


def test_second_audit_at_the_same_time_is_refused(again):
    export, out = again
    with Ledger.open(out / "ledger.sqlite", exclusive=True):
        run, code = audit(export, out)
    assert code == 4
    assert "another audit is working on this ledger" in run.said
    assert "Traceback" not in run.said
