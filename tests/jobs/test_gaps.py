"""The gap list again from the ledger: other rules, another day, and nothing read."""

import csv

import pytest

from connectors.ledger import Ledger
from jobs.cli import main
from tests.jobs.audited import make_audit

OTHER = "requirements:\n  - {id: attest, title: Attest, any_of: [boerneattest], when: {kontakt: ja}}\n"


@pytest.fixture
def audit(tmp_path):
    return make_audit(tmp_path / "a")


def rows(audit):
    with (audit / "gaps.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [(row["requirement"], row["status"]) for row in csv.DictReader(stream, delimiter=";")]


def test_by_the_rules_of_the_audit(audit, capsys):
    assert main(["gaps", str(audit)]) == 0
    assert rows(audit) == [("mus", "missing")]
    assert capsys.readouterr().out.strip() == str(audit / "gaps.xlsx")


def test_by_other_rules_which_the_roster_may_not_know(audit, tmp_path, capsys):
    (tmp_path / "y.yaml").write_text(OTHER, "utf-8")
    assert main(["gaps", str(audit), "--rules", str(tmp_path / "y.yaml")]) == 0
    assert rows(audit) == [("attest", "unassessable")]
    assert "The roster has no column 'kontakt'" in capsys.readouterr().err


def test_on_another_day(audit):
    assert main(["gaps", str(audit), "--as-of", "01-01-2001"]) == 0
    assert rows(audit) == []


def test_a_wrong_rule_changes_nothing(audit, tmp_path, capsys):
    main(["gaps", str(audit)])
    before = (audit / "gaps.csv").read_bytes()
    (tmp_path / "y.yaml").write_text(OTHER.replace("boerneattest", "bornattest"), "utf-8")
    assert main(["gaps", str(audit), "--rules", str(tmp_path / "y.yaml")]) == 1
    assert "did you mean 'boerneattest'?" in capsys.readouterr().err
    assert (audit / "gaps.csv").read_bytes() == before


@pytest.mark.parametrize("command", ["gaps", "report"])
def test_what_is_no_finished_audit(command, tmp_path, capsys):
    assert main([command, str(tmp_path)]) == 1
    assert "holds no ledger.sqlite" in capsys.readouterr().err
    Ledger.open(tmp_path / "ledger.sqlite").close()
    assert main([command, str(tmp_path)]) == 1
    assert "no audit that came to its end" in capsys.readouterr().err
