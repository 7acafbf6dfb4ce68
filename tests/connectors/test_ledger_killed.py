"""The ledger under SIGKILL: all of a call's work is there, or nothing of it."""

import signal
import sqlite3
import subprocess
import sys

import pytest

from connectors.ledger import Ledger
from sagstjek.shapes import Document

CHILD = """
import os, signal, sys
from sqlalchemy import event
from connectors.ledger import Ledger
from connectors.ledger_tables import READINGS
from sagstjek.shapes import Document, Part, Reading

path, when = sys.argv[1:]

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def documents():
    for n in range(10_000):
        if n == 7_500 and when == "listing":
            die()
        yield Document(f"D{n}", f"files/{n}")

if when == "making":
    event.listen(READINGS, "after_create", die)
ledger = Ledger.open(path, exclusive=True)
ledger.list_documents(documents(), batch=100)
for batch in range(200):
    if when == "committing" and batch == 3:  # all rows are written, the transaction is not closed
        event.listen(ledger._base._engine, "commit", die)
    readings = [Reading(f"D{batch * 50 + n}", "hash", "v1", (Part(1),)) for n in range(50)]
    ledger.keep(readings, {r.document_id: "" for r in readings})
    print(batch, flush=True)
"""


def kill(path, when):
    """Run the child until it kills itself, or until it has kept batch number `when`."""
    command = [sys.executable, "-c", CHILD, str(path), when]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            if line.strip() == when:
                process.kill()
        said = process.stderr.read()
    assert process.returncode == -signal.SIGKILL, said
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


@pytest.mark.parametrize("when", ["0", "7", "40"])
def test_between_or_within_batches_there_are_only_whole_ones(tmp_path, when):
    kill(tmp_path / "ledger.sqlite", when)
    with Ledger.open(tmp_path / "ledger.sqlite", exclusive=True) as ledger:
        read = ledger.counts().read
    assert read % 50 == 0
    assert read >= (int(when) + 1) * 50


def test_before_the_commit_nothing_of_the_batch_is_there(tmp_path):
    kill(tmp_path / "ledger.sqlite", "committing")
    with Ledger.open(tmp_path / "ledger.sqlite", exclusive=True) as ledger:
        assert ledger.counts().read == 150


def test_while_it_lists_the_last_index_stays(tmp_path):
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        ledger.list_documents([Document("old", "files/old.pdf")])
    kill(tmp_path / "ledger.sqlite", "listing")
    with Ledger.open(tmp_path / "ledger.sqlite", exclusive=True) as ledger:
        assert [document.document_id for document, _ in ledger.listed()] == ["old"]


def test_while_it_makes_its_tables_it_can_be_opened_again(tmp_path):
    kill(tmp_path / "ledger.sqlite", "making")
    Ledger.open(tmp_path / "ledger.sqlite", exclusive=True).close()
