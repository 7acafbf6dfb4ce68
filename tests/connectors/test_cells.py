"""Headings, dates and dangerous text in one cell."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.cells import column_name, guarded, heading_key, parse_date, unguarded


@pytest.mark.parametrize(
    "written",
    ["2011-05-03", "03-05-2011", "3.5.2011", "03/05/2011", "2011-05-03T14:22:00", "03-05-2011 14.22", " 3-5-2011 "],
)
def test_a_day_as_people_and_systems_write_it(written):
    assert parse_date(written) == dt.date(2011, 5, 3)


@pytest.mark.parametrize("written", ["", "31-02-2011", "3-5-11", "13/13/2011", "3.5/2011", "i går", "12345"])
def test_what_is_no_day(written):
    assert parse_date(written) is None


@pytest.mark.parametrize(
    "heading", ["Ansættelsesdato", "ANSÆTTELSES_DATO", "ansaettelses-dato", "Ansa\u0308ttelsesdato"]
)
def test_headings_fit_whatever_their_dress(heading):
    assert heading_key(heading) == "ansaettelsesdato"


def test_a_decomposed_ring_is_the_same_letter():
    assert column_name("Fratra\u030adt i år") == column_name("Fratrådt i år") == "fratraadt_i_aar"


@pytest.mark.parametrize("text", ["=1+1", "+45 1234", "-cmd", "@SUM(A1)", "'=x", "＝1"])
def test_no_spreadsheet_runs_it(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-12,5", "-3", "'s-Hertogenbosch", "a=b", ""])
def test_harmless_text_stays(text):
    assert guarded(text) == text


@given(st.text())
def test_guarding_is_undone_when_reading(text):
    assert unguarded(guarded(text)) == text.strip()
