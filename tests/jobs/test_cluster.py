"""Batches on a real local cluster; what its documents do is scripted."""

import dataclasses
import gc
import importlib
from collections import Counter
from pathlib import Path

import pytest
from distributed import LocalCluster

from jobs import cluster
from jobs.cluster import check_versions, connect, read_all
from jobs.code import code_digest
from jobs.tools import Setup
from jobs.wall import Job
from jobs.work import Task
from pipeline.attribute import People
from sagstjek.errors import ClusterError
from sagstjek.settings import Settings
from sagstjek.shapes import Document, Reason, Status

SETUP = Setup(dataclasses.replace(Settings(), batch_documents=4), People(), b"k", version="double")


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parents[1] / "doubles"))
        patch.setitem(cluster._CONFIG, "distributed.scheduler.allowed-failures", 0)
        with connect("local", 2, tmp_path_factory.mktemp("work")) as found:
            found.register_plugin(importlib.import_module("desks").Doubles())
            yield found


def read(client, *names):
    """Return what was kept of each document, and how often `keep` was called."""
    tasks = [Task(Job(Document(name, f"files/{name}"), f"/nowhere/{name}")) for name in names]
    kept = []
    read_all(client, SETUP, iter(tasks), kept.append)
    answers = [answer for batch in kept for answer in batch]
    assert Counter(answer.document_id for answer in answers) == Counter(names), "each of them once"
    return {answer.document_id: answer.parts[0] for answer in answers}, len(kept)


def test_every_document_is_kept_once_as_the_answers_come(client):
    names = [f"D{n}" for n in range(50)]
    parts, calls = read(client, *names)
    assert {part.status for part in parts.values()} == {Status.ACCEPTED}
    assert calls > 1


def test_nothing_to_read(client):
    assert read(client) == ({}, 0)


def test_documents_that_take_their_worker_down_cost_themselves_alone(client):
    names = [f"D{n}" for n in range(14)]
    parts, _ = read(client, *names[:5], "deadly 1", *names[5:7], "deadly 2", *names[7:])
    assert {name for name, part in parts.items() if part.reason is Reason.CRASHED} == {"deadly 1", "deadly 2"}
    assert {parts[name].status for name in names} == {Status.ACCEPTED}


def test_what_is_raised_on_a_worker_becomes_a_reason(client):
    parts, _ = read(client, "D1", "raises", "D2")
    assert parts["raises"].reason is Reason.INTERNAL
    assert parts["D1"].status is parts["D2"].status is Status.ACCEPTED
    assert "9996" not in repr(client.get_worker_logs())


def test_versions_agree_on_one_machine(client):
    check_versions(client)


def test_other_code_is_refused_by_name(client, monkeypatch):
    here = code_digest()
    monkeypatch.setattr(cluster, "_other_code", lambda _: [f"tcp://10.0.0.7:1 (code {here[::-1]})"])
    with pytest.raises(ClusterError, match=r"do not run the same sagstjek .*tcp://10\.0\.0\.7:1"):
        check_versions(client)


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    monkeypatch.setitem(cluster._CONFIG, "distributed.comm.timeouts.connect", "1s")
    yield
    gc.collect()  # a client that was refused closes when it is collected; within Dask's own locks that hangs


def test_a_scheduler_that_is_not_there(impatient, tmp_path):
    refused = pytest.raises(ClusterError, match=r"tcp://127\.0\.0\.1:9 does not answer.*Start `dask scheduler`")
    with refused, connect("tcp://127.0.0.1:9", 0, tmp_path):
        pass


def test_an_address_that_is_none(impatient, tmp_path):
    with pytest.raises(ClusterError, match="does not answer"), connect("nowhere:0:x", 0, tmp_path):
        pass


def test_a_scheduler_without_a_worker(impatient, tmp_path):
    with LocalCluster(n_workers=0, dashboard_address=None, scheduler_kwargs={"dashboard_address": ":0"}) as empty:
        refused = pytest.raises(ClusterError, match="has no worker")
        with refused, connect(empty.scheduler_address, 0, tmp_path):
            pass
