"""Dates that documents state about themselves."""

import datetime as dt

import pytest

from pipeline.dates import find_dates, find_document_date, find_valid_until

MAY = dt.date(2011, 5, 3)


@pytest.mark.parametrize(
    "written", ["3. maj 2011", "03-05-2011", "3.5.2011", "03.05.11", "3/5 2011", "2011-05-03", "3 MAY 2011"]
)
def test_forms(written):
    assert [found.day for found in find_dates(f"den {written}.")] == [MAY]


@pytest.mark.parametrize(
    "text", ["31. februar 2011", "99-99-2011", "31/3-2000-niveau 12.345,67", "1.2.3.4", "251248-9996"]
)
def test_what_is_no_date(text):
    assert MAY not in [found.day for found in find_dates(text)]


def test_own_date_beats_dates_of_others():
    text = "Ansat fra 01-08-2010\nFødt 02-02-1970\nNordå, den 3. maj 2011\nFrist: 10-05-2011"
    assert find_document_date(text) == MAY


@pytest.mark.parametrize(
    "line", ["Født den 02-02-1970", "Vi har den 2. februar 1970 talt med dig", "Gyldig til 2/2 1970"]
)
def test_dates_of_other_things(line):
    assert find_document_date(f"Nordå, 3. maj 2011\n{line}") == MAY


def test_no_own_date():
    assert find_document_date("Født 02-02-1970, ansat den 01-08-2010 i afdelingen") != dt.date(1970, 2, 2)


@pytest.mark.parametrize(
    "text",
    [
        "Gyldig til: 03-05-2011",
        "Valid until\n3 May 2011",
        "Kortet udløber den 3. maj 2011",
        "GYLDIG TIL / VALID UNTIL 03-05-2011",
    ],
)
def test_valid_until(text):
    assert find_valid_until(text) == MAY


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("Navn  Nancy\nFødselsdato\nStilling\n25-12-1948\nCPR 251248-9996\n3. maj 2011", ()),
        ("Fødselsdato   Stilling\n02-02-1970    Lærer\n3. maj 2011", (dt.date(1970, 2, 2),)),
    ],
)
def test_a_date_of_birth_in_a_table_is_not_the_documents(text, born):
    assert find_document_date(text, born) == MAY
