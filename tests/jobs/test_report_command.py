"""The director's report again from the ledger."""

import pytest

from jobs.cli import main
from sagstjek.rules import load_rules
from tests.jobs.audited import make_audit


@pytest.fixture
def audit(tmp_path):
    return make_audit(tmp_path / "a")


def report(audit, *words):
    assert main(["report", str(audit), *words]) == 0
    return (audit / "report.html").read_text("utf-8")


def test_it_bears_the_day_and_the_rules_that_it_was_made_by(audit):
    text = report(audit, "--as-of", "2020-01-01")
    assert "Opgjort pr. 1. januar 2020" in text
    assert load_rules(audit / "requirements.yaml").digest in text
    assert ">old<" not in text


def test_language_and_no_names(audit, capsys):
    text = report(audit, "--language", "en")
    assert '<html lang="en">' in text
    assert "Berggren" not in text
    assert capsys.readouterr().out.strip() == str(audit / "report.html")


def test_a_disk_that_does_not_take_it(audit, capsys):
    (audit / "report.html").mkdir()
    assert main(["report", str(audit)]) == 4
    assert "report.html: cannot be written" in capsys.readouterr().err
    assert not list(audit.glob("*.new"))
