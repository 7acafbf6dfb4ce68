"""One small sample with every trap, and its undisturbed audit: what all other runs are held against."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from models.corpus.archive import write_archive
from tests.end_to_end.running import Run, audit, part_of

SEED = 5
EMPLOYEES = 5  # about 40 documents: two cores read them in half a minute


@dataclass(frozen=True)
class Audited:
    """An export and the audit of it."""

    export: Path
    out: Path
    run: Run
    code: int


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    out = tmp_path_factory.mktemp("sample") / "export"
    write_archive(out, employees=EMPLOYEES, seed=SEED, side="unseen")
    return out


@pytest.fixture(scope="session")
def audited(sample, tmp_path_factory):
    out = tmp_path_factory.mktemp("audited") / "audit"
    run, code = audit(sample, out)
    assert code in {0, 2}, run.said
    return Audited(sample, out, run, code)


@pytest.fixture(scope="session")
def light(sample, tmp_path_factory):
    """The documents of the sample that are read in no time: no scanned files of many pages."""
    return part_of(sample, tmp_path_factory.mktemp("light") / "export", lambda row: not row["path"].endswith(".tif"))
