"""The desk of a worker: it refuses to read differently from the driver, and lets no word out."""

import dataclasses
import datetime as dt
import pickle
import tempfile
from types import SimpleNamespace

import pytest
from distributed import Reschedule

from jobs.code import code_digest
from jobs.tools import Setup, versioned
from jobs.wall import Job, Unchanged, Wall
from jobs.work import Desk, Task
from pipeline.attribute import People
from sagstjek.cpr import Cpr
from sagstjek.errors import ClusterError
from sagstjek.people import Employment
from sagstjek.settings import Settings
from sagstjek.shapes import Document, Reading, Reason, Status

NANCY = Employment("1", Cpr("2512489996"), "Nancy Ann Berggren", dt.date(2011, 5, 3))
SETUP = Setup(Settings(), People.of([NANCY]), b"secret key", version="v")


@pytest.fixture
def worker(tmp_path):
    return SimpleNamespace(address="tcp://10.0.0.7:1234", local_directory=str(tmp_path))


@pytest.fixture
def desk(worker, monkeypatch):
    """A desk in place, whose wall has not been used."""
    monkeypatch.setattr("jobs.work.make_tools", lambda setup: setup)
    desk = Desk(SETUP, code_digest())
    desk.setup(worker)
    yield desk
    desk.teardown(worker)


def task(path, **more):
    return Task(Job(Document("1", "x"), str(path)), **more)


def test_other_code_is_refused_with_the_address(worker):
    with pytest.raises(ClusterError, match=r"10\.0\.0\.7:1234 runs other code"):
        Desk(SETUP, "other").setup(worker)


def test_other_tools_are_refused_with_both_versions(worker):
    setup, tools = versioned(SETUP)
    with pytest.raises(ClusterError, match=r"10\.0\.0\.7:1234 would read with other tools") as refused:
        Desk(SETUP, code_digest()).setup(worker)
    assert tools.version in str(refused.value)
    Desk(setup, code_digest()).setup(worker)


def test_a_missing_language_is_refused_with_what_to_do(worker):
    setup = dataclasses.replace(SETUP, settings=Settings(languages="xyz"))
    with pytest.raises(ClusterError, match=r"10\.0\.0\.7:1234 cannot read documents: .*xyz"):
        Desk(setup, code_digest()).setup(worker)


def test_a_refused_desk_reads_nothing(tmp_path):
    with pytest.raises(ClusterError, match="other code or tools"):
        Desk(SETUP, code_digest()).read(task(tmp_path))


def test_an_unchanged_file_is_not_read(desk, tmp_path):
    file = tmp_path / "x"
    file.write_bytes(b"some bytes")
    found = file.stat()
    assert desk.read(task(file, stamp=f"{found.st_size}-{found.st_mtime_ns}")) == Unchanged("1")


def test_a_file_that_is_gone_has_its_reason(desk, tmp_path):
    reading = desk.read(task(tmp_path / "nowhere", stamp="1-2"))
    assert (reading.parts[0].status, reading.parts[0].reason) == (Status.UNREADABLE, Reason.NOT_FOUND)


def test_an_error_of_ours_keeps_its_words_to_itself(desk, tmp_path, monkeypatch, caplog):
    def fail(*_):
        raise RuntimeError("251248-9996 Åse Sørensen")

    monkeypatch.setattr(Wall, "read", fail)
    reading = desk.read(task(tmp_path))
    assert reading.parts[0].reason is Reason.INTERNAL
    assert "9996" not in repr(reading) + caplog.text


def test_a_worker_that_leaves_gives_its_documents_back(desk, worker, tmp_path):
    desk.teardown(worker)
    with pytest.raises(Reschedule):
        desk.read(task(tmp_path))


def test_what_a_leaving_worker_says_is_not_believed(desk, tmp_path, monkeypatch):
    def stopped_midway(wall, job):
        wall.closed = True
        return Reading("1", "", "v", ())

    monkeypatch.setattr(Wall, "read", stopped_midway)
    with pytest.raises(Reschedule):
        desk.read(task(tmp_path))


def test_it_travels_without_a_readable_word():
    packed = pickle.dumps(Desk(SETUP, "code"))
    assert not [word for word in (b"2512489996", b"9996", b"berggren", b"Berggren", b"secret key") if word in packed]
    assert pickle.loads(packed)._setup == SETUP


def test_desks_of_two_audits_have_names_of_their_own():
    other = dataclasses.replace(SETUP, key=b"another")
    assert Desk(SETUP, "").name == pickle.loads(pickle.dumps(Desk(SETUP, ""))).name != Desk(other, "").name
    assert "secret" not in Desk(SETUP, "").name


def temporary_folder(job):
    with tempfile.NamedTemporaryFile() as file:
        return Reading(file.name, "", "", ())


def test_temporary_files_lie_in_the_folder_that_dask_clears(desk, worker, tmp_path):
    desk.wall._read = temporary_folder
    reading = desk.read(task(tmp_path))
    assert reading.document_id.startswith(f"{worker.local_directory}/")
    assert list(tmp_path.iterdir()) == []
