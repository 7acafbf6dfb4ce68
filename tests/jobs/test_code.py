"""A digest that changes with any of our files, and with no other."""

import hashlib

import pytest

from jobs.code import _add


def digest(folder):
    found = hashlib.sha256()
    _add(folder, "p", found)
    return found.hexdigest()


@pytest.fixture
def package(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "a.py").write_text("1")
    (tmp_path / "data" / "r.yaml").write_text("x")
    return tmp_path


@pytest.mark.parametrize(("name", "counts"), [("b.py", True), ("data/s.yaml", True), (".swp", False)])
def test_new_files(package, name, counts):
    before = digest(package)
    (package / name).write_text("")
    assert (digest(package) != before) is counts


@pytest.mark.parametrize("name", ["__pycache__", "corpus"])
def test_what_does_not_run_at_an_audit_is_left_out(package, name):
    before = digest(package)
    (package / name).mkdir()
    (package / name / "x.py").write_text("1")
    assert digest(package) == before


def test_changed_and_moved_files(package):
    before = digest(package)
    (package / "a.py").write_text("2")
    changed = digest(package)
    (package / "a.py").rename(package / "c.py")
    assert len({before, changed, digest(package)}) == 3
