"""The one place where errors become exit codes."""

import sys
import types

import pytest

from jobs.cli import main, make_parser
from sagstjek.errors import ClusterError, ConnectorError, ExitCode, ProgramError, RulesError

SECRET = "251248-9996 Nancy"


def raised(monkeypatch, error):
    def run(_):
        raise error

    monkeypatch.setitem(sys.modules, "jobs.settings_command", types.SimpleNamespace(run=run))
    return main(["settings"])


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RulesError("line 3"), 1),
        (ProgramError("line 3"), 3),
        (ConnectorError("line 3"), 4),
        (ClusterError("line 3"), 5),
    ],
)
def test_our_errors_are_told_in_a_line(monkeypatch, capsys, error, code):
    assert raised(monkeypatch, error) == code
    assert capsys.readouterr().err == "sagstjek: line 3\n"


def test_a_bug_tells_its_kind_and_never_its_text(monkeypatch, capsys):
    assert raised(monkeypatch, ValueError(SECRET)) == ExitCode.BUG
    said = capsys.readouterr().err
    assert "a bug of ours (ValueError in jobs/" in said
    assert "Nancy" not in said


def test_a_disk_tells_what_it_lacks_and_never_the_name_of_the_file(monkeypatch, capsys):
    assert raised(monkeypatch, OSError(28, "No space left on device", SECRET)) == ExitCode.CONNECTOR
    said = capsys.readouterr().err
    assert "No space left on device" in said
    assert "Nancy" not in said


def test_stopped_by_the_user(monkeypatch, capsys):
    assert raised(monkeypatch, KeyboardInterrupt()) == ExitCode.INTERRUPTED
    assert "goes on where it was" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["settings", "--setings", "x"], "(did you mean '--settings'?)"),
        (["audit", "x", "--roster", "r", "--ruels=y"], "(did you mean '--rules'?)"),
        (["audit", "x", "--roster", "r", "--reading", "fast"], "choose from 'quick', 'full'"),
        (["--verson"], "(did you mean '--version'?)"),
        (["gaps"], "required: A"),
    ],
)
def test_wrong_options_lead_to_the_right_ones(words, said, capsys):
    assert main(words) == 1
    error = capsys.readouterr().err
    assert said in error
    assert "--help`" in error


@pytest.mark.parametrize("written", ["2026-11-25", "25-11-2026", "25.11.2026"])
def test_days_in_either_order(written):
    arguments = make_parser().parse_args(["gaps", "a", "--as-of", written])
    assert arguments.as_of.isoformat() == "2026-11-25"


def test_without_a_command_the_help(capsys):
    assert main([]) == 1
    assert "audit" in capsys.readouterr().out
