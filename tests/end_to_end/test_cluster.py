"""The same audit on a scheduler and workers of their own processes, and what happens when these fail."""

import shutil
from pathlib import Path

import pytest
from distributed import Client

import jobs
from tests.end_to_end.machines import machines
from tests.end_to_end.running import (
    assert_same,
    audit,
    documents,
    part_of,
    readings,
    start_audit,
    table,
    until,
)

OFTEN = ("--set", "batch_documents=2")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with machines(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture(scope="module")
def halves(light, tmp_path_factory):
    """Two exports, each with a few documents of the sample."""
    folder = tmp_path_factory.mktemp("halves")
    names = [row["document_id"] for row in table(light / "index.csv")]
    return [
        part_of(light, folder / name, lambda row, ids=ids: row["document_id"] in ids)
        for name, ids in (("a", names[:5]), ("b", names[5:10]))
    ]


def on(cluster, *more):
    return ("--cluster", cluster.address, *OFTEN, *more)


def rows_of(out, export):
    """What an audit says of the documents of an export, but for duplicates: the first may be elsewhere."""
    ids = {row["document_id"] for row in table(export / "index.csv")}
    left_out = {"status", "reason", "duplicate_of"}
    return [{k: v for k, v in row.items() if k not in left_out} for row in documents(out) if row["document_id"] in ids]


def test_same_result_as_local_and_nothing_of_it_stays_there(audited, cluster, tmp_path):
    run, code = audit(audited.export, tmp_path / "audit", *on(cluster))
    assert code == audited.code, run.said
    assert_same(tmp_path / "audit", audited.out)
    with Client(cluster.address) as client:
        assert client.run_on_scheduler(_left_on_scheduler) == ([], [])
        assert set(client.run(_left_on_worker).values()) == {()}
    until(lambda: all(len(worker.processes()) < 4 for worker in cluster.workers), seconds=30)


def _left_on_scheduler(dask_scheduler):
    return list(dask_scheduler.tasks), [name for name in dask_scheduler.worker_plugins if "desk" in name]


def _left_on_worker(dask_worker):
    return tuple(name for name in dask_worker.plugins if "desk" in name)


def test_two_audits_at_once_do_not_mix(audited, cluster, halves, tmp_path):
    runs = [start_audit(export, tmp_path / export.name, *on(cluster)) for export in halves]
    try:
        assert {run.wait() for run in runs} <= {0, 2}, [run.said for run in runs]
    finally:
        for run in runs:
            run.clear()
    for export in halves:
        assert rows_of(tmp_path / export.name, export) == rows_of(audited.out, export)


def test_a_worker_killed_and_one_retired_midway(audited, light, tmp_path):
    out = tmp_path / "audit"
    with machines(tmp_path / "cluster", workers=3) as cluster:
        run = start_audit(light, out, *on(cluster))
        try:
            until(lambda: readings(out), run)
            cluster.workers[0].clear()
            with Client(cluster.address) as client:
                client.retire_workers(names=["worker-1"])
            assert run.wait() in {0, 2}, run.said
        finally:
            run.clear()
    assert rows_of(out, light) == rows_of(audited.out, light)


def patched(folder):
    """A folder with a package `jobs` of other code, to be found before ours."""
    shutil.copytree(Path(jobs.__file__).parent, folder / "jobs", ignore=shutil.ignore_patterns("__pycache__"))
    with (folder / "jobs" / "work.py").open("a", encoding="utf-8") as stream:
        stream.write("# another version\n")
    return str(folder)


def test_a_worker_with_other_code_is_refused_by_name(sample, tmp_path):
    with machines(tmp_path / "cluster", workers=1) as cluster:
        cluster.add_worker(PYTHONPATH=patched(tmp_path / "patched"))
        with Client(cluster.address) as client:
            addresses = {worker["name"]: address for address, worker in client.scheduler_info()["workers"].items()}
        run, code = audit(sample, tmp_path / "audit", *on(cluster))
    assert code == 5
    told = run.said.splitlines()[-1]
    assert addresses["worker-1"] in told
    assert addresses["worker-0"] not in told
    assert "Install the same wheel" in told
    assert "Traceback" not in run.said
    assert readings(tmp_path / "audit") == {}


def test_a_worker_with_other_code_that_joins_later_reads_nothing(sample, tmp_path):
    out = tmp_path / "audit"
    with machines(tmp_path / "cluster", workers=1) as cluster:
        run = start_audit(sample, out, *on(cluster))
        try:
            until(lambda: readings(out), run)
            cluster.add_worker(PYTHONPATH=patched(tmp_path / "patched"))
            assert run.wait() == 5, run.said
        finally:
            run.clear()
    assert "other code" in run.said.splitlines()[-1]
    assert "Traceback" not in run.said
    assert "crashed" not in {row[-1] for row in readings(out).values()}


def test_a_lost_scheduler_is_said_and_loses_nothing(light, tmp_path):
    out = tmp_path / "audit"
    with machines(tmp_path / "cluster", workers=1) as cluster:
        run = start_audit(light, out, *on(cluster))
        try:
            until(lambda: readings(out), run)
            cluster.scheduler.clear()
            assert run.wait(120) == 5, run.said
        finally:
            run.clear()
    assert "start the same command again" in run.said.splitlines()[-1]
    assert "Traceback" not in run.said
    assert all("crashed" not in row[-1] for row in readings(out).values())


@pytest.mark.slow  # waits out the patience of the real thing; tests/jobs/test_cluster.py has it shortened
def test_a_scheduler_that_is_not_there(sample, tmp_path):
    run, code = audit(sample, tmp_path / "audit", "--cluster", "tcp://127.0.0.1:9")
    assert code == 5
    assert "tcp://127.0.0.1:9 does not answer" in run.said.splitlines()[-1]
    assert "Traceback" not in run.said
