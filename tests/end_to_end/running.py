"""The console script as a user runs it, and what an audit leaves: files, ledger, processes."""

import contextlib
import csv
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(sys.executable).with_name("sagstjek")
DASK = Path(sys.executable).with_name("dask")
AS_OF = "2026-10-30"
_MARK = "TEST_RUN_MARK"


@dataclass(frozen=True)
class Run:
    """A command that is running or has run. Its processes carry a mark in their environment, whatever they start."""

    process: subprocess.Popen
    log: Path
    mark: str

    @property
    def said(self):
        """What it wrote to stderr so far."""
        return self.log.read_text("utf-8", errors="replace")

    @property
    def out(self):
        """What it wrote to stdout so far."""
        return self.log.with_suffix(".stdout").read_text("utf-8", errors="replace")

    def wait(self, seconds=300):
        """Return the exit code."""
        return self.process.wait(seconds)

    def processes(self):
        """Ids of the processes that this command and its children started and that are alive."""
        return [pid for pid in _pids() if f"{_MARK}={self.mark}".encode() in _environment(pid)]

    def kill(self, *, alone=False):
        """End it by SIGKILL, with its process group or alone."""
        with contextlib.suppress(ProcessLookupError):
            (os.kill if alone else os.killpg)(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def interrupt(self):
        """Do what Ctrl-C in a terminal does: a signal to every process of the group."""
        os.killpg(self.process.pid, signal.SIGINT)

    def clear(self):
        """End whatever is left of it."""
        for pid in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()


def start(words, log, **environment):
    """Start a command in a process group of its own."""
    mark = uuid.uuid4().hex
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAGSTJEK_", "DASK_"))}
    with log.open("wb") as errors, log.with_suffix(".stdout").open("wb") as output:
        process = subprocess.Popen(
            [str(word) for word in words],
            stdout=output,
            stderr=errors,
            start_new_session=True,
            cwd=log.parent,
            env=kept | {_MARK: mark} | environment,
        )
    return Run(process, log, mark)


def audit_words(export, out, *more):
    """The command line of an audit."""
    roster = Path(export) / "roster.csv"
    return [SCRIPT, "audit", export, "--roster", roster, "--out", out, "--as-of", AS_OF, "--workers", "2", *more]


def start_audit(export, out, *more, **environment):
    """Start an audit beside others."""
    return start(audit_words(export, out, *more), out.with_name(f"{out.name}.log"), **environment)


def audit(export, out, *more, **environment):
    """Run an audit to its end; return it with its exit code."""
    run = start_audit(export, out, *more, **environment)
    try:
        return run, run.wait()
    finally:
        run.clear()


def until(condition, run=None, seconds=120):
    """Wait for a condition; fail when it does not come, or when the run that should bring it has ended."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert run is None or run.process.poll() is None, f"ended with {run.process.returncode}: {run.said}"
        assert time.monotonic() < end, f"waited {seconds} s in vain"
        time.sleep(0.05)
    return found


def table(file):
    """The rows of a CSV file that we wrote."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def documents(out):
    """documents.csv apart from the seconds."""
    return [{name: cell for name, cell in row.items() if name != "seconds"} for row in table(out / "documents.csv")]


def assert_same(out, other):
    """Two audits came to the same: documents.csv apart from the seconds, and gaps.csv byte for byte."""
    assert documents(out) == documents(other)
    assert (out / "gaps.csv").read_bytes() == (other / "gaps.csv").read_bytes()


def readings(out):
    """What the ledger keeps of each document that was read: every column; a second reading takes other seconds."""
    ledger = out / "ledger.sqlite"
    if not ledger.exists():
        return {}
    try:
        with contextlib.closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True, timeout=30)) as connection:
            return {row[0]: row[1:] for row in connection.execute("SELECT * FROM readings")}
    except sqlite3.OperationalError:  # its tables are being made
        return {}


def changed(before, after):
    """Ids of the documents that were read between two looks into the ledger."""
    return {name for name, row in after.items() if before.get(name) != row}


def part_of(export, out, keep):
    """Write an export of the documents whose index row passes the test, with the whole roster."""
    rows = [row for row in table(export / "index.csv") if keep(row)]
    for row in rows:
        (out / row["path"]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(export / row["path"], out / row["path"])
    shutil.copy2(export / "roster.csv", out / "roster.csv")
    write_index(out, rows)
    return out


def write_index(export, rows):
    """Write the index of an export."""
    with (export / "index.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def _pids():
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _environment(pid):
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:  # it has ended, or is not ours
        return b""
