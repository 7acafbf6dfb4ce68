"""The doctor says what is well and what is not, and its exit code is that of the first failure."""

from jobs.cli import main


def marks(text):
    return {line[4:21].strip(): line.split()[0] for line in text.splitlines()}


def test_all_is_well(capsys):
    assert main(["doctor"]) == 0
    found = marks(capsys.readouterr().out)
    assert set(found) >= {"Python", "sagstjek", "packages", "settings", "OCR engine", "model", "rules"}
    assert set(found.values()) == {"ok"}


def test_a_missing_language_is_named_and_the_rest_still_checked(capsys):
    assert main(["doctor", "--set", "languages=xyz"]) == 3
    out = capsys.readouterr().out
    found = marks(out)
    assert [name for name, mark in found.items() if mark == "NO"] == ["OCR engine"]
    assert "xyz" in out
    assert found["temporary folder"] == "ok"
