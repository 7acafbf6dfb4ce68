"""Both languages say everything, and everything said is used."""

import re
from importlib.resources import files

import pytest
import yaml

RAW = yaml.safe_load(files("jobs.checking").joinpath("texts.yaml").read_text("utf-8"))


@pytest.mark.parametrize("key", RAW)
def test_both_languages_have_the_text_with_the_same_slots(key):
    assert set(RAW[key]) == {"da", "en"}
    assert re.findall(r"{\w+}", RAW[key]["da"]) == re.findall(r"{\w+}", RAW[key]["en"])


def test_every_text_is_used():
    sources = "\n".join(p.read_text("utf-8") for p in files("jobs.checking").iterdir() if p.name.endswith(".py"))
    built = ("col_", "sheet_", "answer_", "ask_", "guide_")
    assert [key for key in RAW if not key.startswith(built) and f'"{key}"' not in sources] == []
