"""Every command has help, is described in the docs, and answers bad words in a line."""

import subprocess
import sys
from pathlib import Path

import pytest

from jobs.cli import main, make_parser

COMMANDS = sorted(next(a for a in make_parser()._actions if a.dest == "command").choices)
DOCS = Path(__file__).parents[2] / "docs" / "commands.md"


@pytest.mark.parametrize("command", COMMANDS)
def test_help(command, capsys):
    assert main([command, "--help"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 4


@pytest.mark.parametrize("command", COMMANDS)
def test_in_the_docs(command):
    assert f"## `sagstjek {command}" in DOCS.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["adit"], "did you mean 'audit'?"),
        (["audit"], "--roster"),
        (["audit", "x", "--roster", "r", "--as-of", "i dag"], "'i dag' is not a date"),
        (["audit", "x", "--roster", "nowhere.csv", "--set", "ocr_dip=1"], "did you mean 'ocr_dpi'?"),
        (["sample", "x", "--employees", "0"], "at least 1"),
    ],
)
def test_bad_words_get_a_line(words, said, capsys):
    assert main(words) == 1
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error


def test_installed_script():
    script = Path(sys.executable).parent / "sagstjek"
    done = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("sagstjek ")
