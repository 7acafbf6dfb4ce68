"""A document that hangs, crashes or eats memory costs itself, and nothing else."""

import dataclasses
import importlib
import os
import time
from pathlib import Path

import pytest

from jobs.tools import Setup
from jobs.wall import Job, Wall
from pipeline.attribute import People
from sagstjek.settings import Settings
from sagstjek.shapes import Document, Reason, Status

SETUP = Setup(dataclasses.replace(Settings(), document_seconds=4.0), People(), b"k", version="v")


def job(name, path):
    return Job(Document(name, "x"), str(path))


@pytest.fixture
def bad_readers(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "doubles"))
    return importlib.import_module("bad_readers")


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "x"
    file.write_bytes(b"some bytes")
    return file


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("hang", Reason.TIMED_OUT),
        ("crash", Reason.CRASHED),
        ("leave", Reason.CRASHED),
        ("eat", Reason.OUT_OF_MEMORY),
    ],
)
def test_bad_document_costs_itself(bad_readers, file, how, reason):
    wall = Wall(SETUP, getattr(bad_readers, how))
    try:
        before = wall.read(job("1", file))
        bad = wall.read(job("bad", file))
        after = wall.read(job("2", file))
    finally:
        wall.close()
    assert before.parts[0].status is after.parts[0].status is Status.ACCEPTED
    assert (bad.parts[0].status, bad.parts[0].reason) == (Status.UNREADABLE, reason)
    assert len(bad.content) == 64


def test_the_process_stays_warm_and_dies_with_the_wall(bad_readers, file):
    wall = Wall(SETUP, bad_readers.process)
    first, second = (int(wall.read(job(name, file)).content) for name in "12")
    wall.close()
    assert first == second != os.getpid()
    for _ in range(50):
        if not Path(f"/proc/{first}").exists():
            break
        time.sleep(0.1)
    assert not Path(f"/proc/{first}").exists()


def test_a_missing_file_has_its_reason(tmp_path):
    wall = Wall(SETUP)
    try:
        reading = wall.read(job("1", tmp_path / "nowhere"))
    finally:
        wall.close()
    assert reading.parts[0].reason is Reason.NOT_FOUND
