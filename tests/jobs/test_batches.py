"""Batches: every task once, long documents early, none too full."""

import pytest

from jobs import batches
from jobs.batches import make_batches
from jobs.wall import Job
from jobs.work import Task
from sagstjek.shapes import Document

LONG = 16 * 1024 * 1024


@pytest.fixture
def task(tmp_path):
    """Make the task of a file of so many bytes, which take no room."""

    def make(name, size=0, stamp=""):
        file = tmp_path / name
        with file.open("wb") as stream:
            stream.truncate(size)
        return Task(Job(Document(name, name), str(file)), stamp)

    return make


def names(made):
    return [[task.job.document.document_id for task in batch] for batch in made]


@pytest.mark.parametrize("most", [1, 2, 3, 16])
def test_small_documents_fill_batches_in_the_order_of_the_index(task, most):
    tasks = [task(f"{n:02}") for n in range(35)]
    made = list(make_batches(tasks, most))
    assert [task for batch in made for task in batch] == tasks
    assert {len(batch) for batch in made[:-1]} == {most}


def test_a_long_document_goes_alone_and_as_soon_as_it_is_seen(task, monkeypatch):
    monkeypatch.setattr(batches, "_AHEAD", 2)
    tasks = [*(task(f"{n}") for n in range(3)), task("long", LONG), task("3")]
    assert names(make_batches(tasks, 1000)) == [["long"], ["0", "1", "2", "3"]]


def test_the_last_ones_go_from_long_to_short(task):
    tasks = [task("a", 10), task("b", LONG // 3), task("c", LONG // 2), task("d", LONG - 1)]
    assert names(make_batches(tasks, 16)) == [["d", "c"], ["b", "a"]]


def test_documents_that_are_only_looked_at_go_many_at_a_time(task):
    tasks = [task(f"{n}", LONG, stamp="s") for n in range(100)]
    assert [len(batch) for batch in make_batches(tasks, 4)] == [64, 36]


def test_a_store_is_not_asked_and_what_is_not_there_counts_little(tmp_path):
    tasks = [Task(Job(Document("a", "a"), "s3://nowhere/a")), Task(Job(Document("b", "b"), str(tmp_path / "b")))]
    assert names(make_batches(tasks, 2)) == [["a", "b"]]
