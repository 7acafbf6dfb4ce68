"""Both languages say everything, and write numbers as they should."""

import datetime as dt
import re
from importlib.resources import files

import pytest
import yaml

from jobs.report.texts import load_texts
from sagstjek.requirements import Severity
from sagstjek.shapes import Reason, Status

RAW = yaml.safe_load(files("jobs.report").joinpath("texts.yaml").read_text("utf-8"))


def slots(entry):
    some = [entry] if isinstance(entry, str) else list(entry.values())
    return {slot for text in some for slot in re.findall(r"{(\w+)}", text)} - {"n"}


@pytest.mark.parametrize("key", RAW)
def test_both_languages_have_the_text_with_the_same_slots(key):
    assert set(RAW[key]) == {"da", "en"}
    assert slots(RAW[key]["da"]) == slots(RAW[key]["en"])


def test_every_code_has_a_word():
    codes = [f"reason_{reason}" for reason in Reason] + [f"status_{status}" for status in Status]
    codes += [f"{kind}_{severity}" for kind in ("severity", "meaning", "deadline") for severity in Severity]
    assert set(codes) <= set(RAW)


def test_every_text_is_used():
    sources = "\n".join(
        path.read_text("utf-8")
        for folder in ("jobs.report", "jobs.report.templates")
        for path in files(folder).iterdir()
        if path.name.endswith((".py", ".j2"))
    )
    built = ("severity_", "meaning_", "deadline_", "sure_", "reason_", "status_", "action_", "h_", "kind_", "run_")
    built += ("advice_ask_", "reservation_", "col_", "sheet_")
    assert [key for key in RAW if not key.startswith(built) and not re.search(f"[\"']{key}[\"']", sources)] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("da", ["1.234.567", "6,2\xa0%", "3. november 2026", "2,6\xa0GB", "12\xa0B"]),
        ("en", ["1,234,567", "6.2%", "3 November 2026", "2.6\xa0GB", "12\xa0B"]),
    ],
)
def test_numbers_as_the_language_writes_them(language, said):
    texts = load_texts(language)
    day = dt.date(2026, 11, 3)
    assert [
        texts.number(1234567),
        texts.percent(0.0617),
        texts.day(day),
        texts.size(2_600_000_000),
        texts.size(12),
    ] == said


def test_almost_all_is_not_all():
    texts = load_texts("da")
    assert texts.percent(0.99999) == "99,9\xa0%"
    assert texts.percent(0.00001) == "0,1\xa0%"
    assert texts.percent(1) == "100,0\xa0%"


def test_one_and_many():
    texts = load_texts("da")
    assert texts("kind_missing", n=1) == "ét dokument er ikke fundet"
    assert texts("kind_missing", n=1234) == "1.234 dokumenter er ikke fundet"
