"""The export and the stand-in of the benchmark are what the real driver takes, the same each time."""

import pytest

from benchmarks.scale import PER_CASE, make_export, synthetic_reading, table
from connectors.export_folder import ExportFolder
from connectors.ledger import Ledger
from connectors.roster import load_roster
from jobs.tasks import make_tasks
from jobs.wall import Unchanged
from sagstjek.shapes import Status

ROWS = 3 * PER_CASE + 1


@pytest.fixture(scope="module")
def export(tmp_path_factory):
    folder = tmp_path_factory.mktemp("export")
    make_export(folder, ROWS)
    return folder


def test_each_case_is_on_its_person_and_no_number_was_ever_issued(export):
    documents, roster = list(ExportFolder(export).documents()), load_roster(export / "roster.csv")
    assert len(documents) == ROWS
    assert {d.case_id: d.case_cpr for d in documents} == {e.case_id: e.cpr for e in roster.employments}
    assert len(roster.employments) == 4
    assert not any(employment.cpr.passes_modulus_11 for employment in roster.employments)


def test_what_the_stand_in_read_is_unchanged_the_next_time(export, tmp_path):
    folder, contexts = ExportFolder(export), {}
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        ledger.list_documents(folder.documents())
        tasks = list(make_tasks(ledger, folder, "v", contexts))
        readings = [synthetic_reading(task.job) for task in tasks]
        assert readings == [synthetic_reading(task.job) for task in tasks]
        assert {Status.ACCEPTED, Status.REVIEW} <= {part.status for r in readings for part in r.parts}
        ledger.keep(readings, contexts)
        again = make_tasks(ledger, folder, "v", {})
        assert list(again) == [Unchanged(str(number)) for number in range(ROWS)]


def test_a_missed_target_is_said():
    figures = {
        "rows": 10,
        "read": 10,
        "documents_a_second": 5,
        "ledger_mb": 1,
        "runs": {},
        "driver_ms": 1.5,
        "memory_mb": 200,
        "resume_seconds": 60.0,
    }
    said = {line.split()[0]: line.split()[-1] for line in table(figures)}
    assert (said["driver_ms"], said["memory_mb"], said["resume_seconds"]) == ("MISSED", "met", "met")
