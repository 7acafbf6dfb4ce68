"""A CPR number is a value that never shows itself."""

import datetime as dt
import pickle

import pytest

from sagstjek.cpr import Cpr, birth_date, parse_cpr

NANCY = Cpr("2512489996")


@pytest.mark.parametrize("written", ["251248-9996", "2512489996", " 251248 9996 ", "251248–9996", "251248.9996"])
def test_forms(written):
    assert parse_cpr(written) == NANCY


@pytest.mark.parametrize(
    "written", ["", "251248", "251348-9996", "999999-1234", "25124-89996", "x251248-9996", "٢٥١٢٤٨-٩٩٩٦", "10858-9995"]
)
def test_what_is_none(written):
    assert parse_cpr(written) is None


def test_a_spreadsheet_dropped_the_zero():
    assert parse_cpr("108589995") == Cpr("0108589995")


@pytest.mark.parametrize(
    ("digits", "born"),
    [
        ("2512489996", dt.date(1948, 12, 25)),
        ("0108589995", dt.date(1958, 8, 1)),
        ("0307184232", dt.date(2018, 7, 3)),
        ("0307185232", dt.date(2018, 7, 3)),
        ("0307585232", dt.date(1858, 7, 3)),
        ("8512489996", dt.date(1948, 12, 25)),
        ("3102489996", None),
    ],
)
def test_century_by_the_seventh_digit(digits, born):
    assert birth_date(digits) == born


def test_replacement_numbers():
    assert Cpr("8512489996").is_replacement
    assert not NANCY.is_replacement


def test_it_shows_itself_nowhere():
    shown = f"{NANCY} {NANCY!r} {[NANCY]} {pickle.loads(pickle.dumps(NANCY))}"
    assert "9996" not in shown
    assert NANCY.written == "251248-9996"


def test_modulus_11_is_a_score():
    assert not NANCY.passes_modulus_11
    assert sum(Cpr(f"251248999{n}").passes_modulus_11 for n in range(10)) <= 1
