"""Settings from a command line."""

import argparse

import pytest

from jobs.options import settings_of
from sagstjek.errors import SettingsError


def given(**more):
    return argparse.Namespace(**{"set": [], "settings": None, "language": None, **more})


@pytest.fixture(autouse=True)
def nothing_else(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_pairs_are_settings():
    settings, _ = settings_of(given(set=["ocr_dpi=200", " max_depth = 3 "]))
    assert (settings.ocr_dpi, settings.max_depth) == (200, 3)


@pytest.mark.parametrize(("name", "value"), [("language", "en"), ("reading", "full")])
def test_options_of_their_own_win_over_pairs_and_leave_them_otherwise(name, value):
    other = {"language": "da", "reading": "quick"}[name]
    assert getattr(settings_of(given(set=[f"{name}={value}"]))[0], name) == value
    assert getattr(settings_of(given(set=[f"{name}={other}"], **{name: value}))[0], name) == value


@pytest.mark.parametrize(("pair", "said"), [("ocr_dpi", "must be like --set ocr_dpi=200"), ("x=1", "unknown setting")])
def test_wrong_pairs(pair, said):
    with pytest.raises(SettingsError, match=said):
        settings_of(given(set=[pair]))
