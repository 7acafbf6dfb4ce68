"""The effective settings and where each comes from."""

from dataclasses import fields

from jobs.cli import main
from sagstjek.settings import Settings


def test_a_line_a_setting(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sagstjek.toml").write_text("ocr_dpi = 200\n")
    monkeypatch.setenv("SAGSTJEK_READING", "full")
    assert main(["settings", "--set", "max_depth=3"]) == 0
    lines = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines()}
    assert list(lines) == [field.name for field in fields(Settings)]
    assert lines["ocr_dpi"] == ["200", "sagstjek.toml"]
    assert lines["reading"] == ["full", "environment"]
    assert lines["max_depth"] == ["3", "option"]
    assert lines["language"] == ["da", "default"]
