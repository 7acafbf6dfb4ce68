"""Settings come from file, environment and options, in this order, and nothing wrong passes."""

from dataclasses import fields

import pytest

from sagstjek.errors import SettingsError
from sagstjek.settings import Settings, load_settings


@pytest.fixture
def toml(tmp_path):
    def write(text):
        file = tmp_path / "s.toml"
        file.write_text(text, "utf-8")
        return file

    return write


def refusal(**given):
    with pytest.raises(SettingsError) as caught:
        load_settings(given.get("toml"), given.get("environment", {}), given.get("options"))
    return str(caught.value)


def test_later_origins_win_and_are_named(toml):
    file = toml('ocr_dpi = 200\nlanguages = "dan+eng"\nmax_depth = 3\n')
    environment = {"SAGSTJEK_OCR_DPI": "250", "SAGSTJEK_MAX_DEPTH": "4", "PATH": "x", "SAGSTJEK_SECRET_KEY": "s"}
    settings, origins = load_settings(file, environment, {"ocr_dpi": "300", "reading": None})
    assert (settings.ocr_dpi, settings.max_depth, settings.languages, settings.reading) == (300, 4, "dan+eng", "quick")
    found = {origin.name: (origin.value, origin.origin) for origin in origins}
    assert found["ocr_dpi"] == ("300", "option")
    assert found["max_depth"] == ("4", "environment")
    assert found["languages"] == ("dan+eng", str(file))
    assert found["reading"] == ("quick", "default")
    assert len(found) == len(fields(Settings))


def test_the_working_folders_file_is_found(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_settings(environment={})[0] == Settings()
    (tmp_path / "sagstjek.toml").write_text("max_pages = 7\n")
    assert load_settings(environment={})[0].max_pages == 7


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ocr_dip = 1\n", "unknown setting 'ocr_dip' (did you mean 'ocr_dpi'?)"),
        ("ocr_dpi = \n", "is not TOML"),
        ("ocr_dpi = 150.5\n", "'150.5', but must be a whole number"),
        ("ocr_dpi = true\n", "must be a whole number"),
        ("ocr_dpi = [1]\n", "must be a whole number"),
        ("[ocr]\ndpi = 1\n", "unknown setting 'ocr'"),
        ("max_pages = inf\n", "must be a whole number"),
    ],
)
def test_a_wrong_file_is_named(toml, text, said):
    message = refusal(toml=toml(text))
    assert said in message
    assert "s.toml" in message


def test_a_file_that_is_not_there(tmp_path):
    assert "cannot be read (No such file or directory)" in refusal(toml=tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ocr_dpi", "-5", "is -5, but must be 50 to 600"),
        ("accept_at", "1.5", "must be 0 to 1"),
        ("accept_at", "nan", "must be 0 to 1"),
        ("batch_documents", "0", "must be at least 1"),
        ("document_seconds", "0", "must be at least 1"),
        ("worker_memory", "1000", "must be at least"),
        ("language", "eng", "must be one of da, en (did you mean 'en'?)"),
        ("reading", "ful", "(did you mean 'full'?)"),
    ],
)
def test_impossible_values(name, value, said):
    message = refusal(options={name: value})
    assert f"setting '{name}'" in message
    assert said in message


def test_the_defaults_are_possible():
    assert load_settings(environment={}, options={})[0] == Settings()
