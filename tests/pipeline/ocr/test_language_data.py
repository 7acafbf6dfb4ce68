from pathlib import Path

import pytest

from pipeline.ocr.language_data import find_language_data, identity
from sagstjek.errors import ProgramError


def lay(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / f"{name}.traineddata").write_bytes(name.encode())
    return folder


@pytest.mark.parametrize("inside", [".", "tessdata"])
def test_the_folder_that_the_environment_names_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    lay(tmp_path / inside, "dan", "osd")
    assert find_language_data("dan") == tmp_path / inside


def test_a_folder_that_lacks_a_language_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(lay(tmp_path, "dan")))
    assert find_language_data("dan") != tmp_path


def test_the_program_knows_where_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    monkeypatch.setattr("pipeline.ocr.language_data._PLACES", ())
    assert (find_language_data("dan") / "dan.traineddata").is_file()


def test_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    monkeypatch.setattr("pipeline.ocr.language_data._PLACES", ())
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ProgramError, match="tesseract-ocr-dan tesseract-ocr-osd"):
        find_language_data("dan")


def test_other_files_are_another_identity(tmp_path: Path) -> None:
    one = identity(lay(tmp_path / "a", "dan", "osd"), "dan")
    (lay(tmp_path / "b", "dan", "osd") / "dan.traineddata").write_bytes(b"newer")
    assert identity(tmp_path / "b", "dan") != one
