"""Which documents are read again: those of which anything has changed that their reading rests on."""

import dataclasses
import os

import fsspec
import pytest

from connectors.export_folder import ExportFolder, stamp
from connectors.ledger import Ledger
from jobs.tasks import make_tasks
from jobs.wall import Unchanged
from sagstjek.shapes import Part, Reading

COUNT = 5


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        yield ledger


def write_export(address):
    with fsspec.open(f"{address}/index.csv", "w", encoding="utf-8") as stream:
        stream.write("document_id;path;title\n" + "".join(f"D{n};{n}.txt;CV\n" for n in range(COUNT)))
    for n in range(COUNT):
        with fsspec.open(f"{address}/{n}.txt", "w") as stream:
            stream.write("cv")
    return ExportFolder(address)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "export").mkdir()
    return write_export(str(tmp_path / "export"))


def found(ledger, folder, version="v"):
    return list(make_tasks(ledger, folder, version, {}))


def read_everything(ledger, folder):
    contexts = {}
    ledger.list_documents(folder.documents())
    tasks = list(make_tasks(ledger, folder, "v", contexts))
    assert [task.job.document.document_id for task in tasks] == [f"D{n}" for n in range(COUNT)]
    assert all(not task.stamp and not task.job.content for task in tasks)
    readings = [Reading(t.job.document.document_id, "content", "v", (Part(1),), stamp(t.job.reference)) for t in tasks]
    ledger.keep(readings, contexts)


def test_what_is_unchanged_makes_no_task(ledger, folder):
    read_everything(ledger, folder)
    assert found(ledger, folder) == [Unchanged(f"D{n}") for n in range(COUNT)]


def test_another_version_reads_everything_anew(ledger, folder):
    read_everything(ledger, folder)
    assert all(not task.stamp and not task.job.content for task in found(ledger, folder, version="other"))


def test_a_touched_file_goes_with_what_its_bytes_were(ledger, folder, tmp_path):
    read_everything(ledger, folder)
    os.utime(tmp_path / "export" / "1.txt", (1, 1))
    (tmp_path / "export" / "2.txt").unlink()
    task, missing = (one for one in found(ledger, folder) if not isinstance(one, Unchanged))
    assert (task.job.document.document_id, task.job.content, task.stamp) == ("D1", "content", "")
    assert missing.job.document.document_id == "D2"


def test_another_title_reads_that_document_anew(ledger, folder):
    read_everything(ledger, folder)
    documents = list(folder.documents())
    documents[3] = dataclasses.replace(documents[3], title="Ansøgning")
    ledger.list_documents(documents)
    (task,) = (one for one in found(ledger, folder) if not isinstance(one, Unchanged))
    assert (task.job.document.title, task.job.content) == ("Ansøgning", "")


def test_a_store_is_asked_by_the_workers(ledger):
    folder = write_export("memory://export")
    read_everything(ledger, folder)
    tasks = found(ledger, folder)
    assert [(task.stamp, task.job.content) for task in tasks] == [(stamp(t.job.reference), "content") for t in tasks]
    assert all(task.stamp for task in tasks)
