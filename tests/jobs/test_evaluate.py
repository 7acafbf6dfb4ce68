"""The command: figures, page, Markdown and errors of an audit made by hand."""

import pytest

from connectors.labels import write_labels
from connectors.tables import read_table
from jobs.cli import main
from tests.jobs.audited import make_audit
from tests.jobs.evaluation.truth import label


@pytest.fixture
def audit(tmp_path):
    (tmp_path / "truth").mkdir()
    extra = (("template", "mus-01"), ("format", "pdf"), ("traps", "rotated"))
    write_labels(tmp_path / "truth" / "parts.csv", [label("20", "mus", extra=extra)])
    return make_audit(tmp_path / "A")


def test_everything_is_written(audit, tmp_path, capsys):
    files = [tmp_path / name for name in ("page.html", "page.md", "errors.csv")]
    options = ["--page", str(files[0]), "--markdown", str(files[1]), "--errors", str(files[2])]
    assert main(["evaluate", str(audit), "--truth", str(tmp_path / "truth"), *options]) == 0
    said = capsys.readouterr().out
    assert "confused most                   mus as cv (1)" in said
    assert "reported missing, there all the same  100.0 %" in said
    assert files[0].read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "| mus | cv | 1 |" in files[1].read_text("utf-8")
    [error] = read_table(files[2], {})
    assert (error.text("type"), error.text("should_be"), error.text("template")) == ("cv", "mus", "mus-01")


def test_no_truth(audit, tmp_path, capsys):
    assert main(["evaluate", str(audit), "--truth", str(tmp_path)]) == 1
    assert "Give the folder with parts.csv" in capsys.readouterr().err
