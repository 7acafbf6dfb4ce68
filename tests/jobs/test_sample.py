"""A sample never writes over what is there."""

import pytest

from jobs.cli import main


@pytest.mark.parametrize("name", ["full", "file"])
def test_only_into_an_empty_folder(name, tmp_path, capsys):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").touch()
    (tmp_path / "file").touch()
    assert main(["sample", str(tmp_path / name), "--employees", "1"]) == 1
    assert "is not an empty folder" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]
