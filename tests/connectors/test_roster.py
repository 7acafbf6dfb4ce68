"""The roster as payroll gives it."""

import datetime as dt

import pytest

from connectors.roster import load_roster
from sagstjek.errors import TableError


def roster(tmp_path, *lines, head="CPR-nr.;Navn;Ansættelsesdato"):
    path = tmp_path / "roster.csv"
    path.write_bytes("\n".join((head, *lines)).encode("cp1252"))
    return load_roster(path)


def test_danish_headings_and_further_columns_for_rules(tmp_path):
    found = roster(
        tmp_path,
        "251248-9996;Nancy Berggren;01-08-2010;9999-12-31;Børnehuset;Ja;3.5.2011",
        head="Personnummer;Medarbejdernavn;Tiltrædelsesdato;Fratrædelsesdato;Arbejdssted;Børn under 15;Tidsbegrænset til",
    )
    [employment] = found.employments
    assert (employment.cpr.digits, employment.hired, employment.left) == ("2512489996", dt.date(2010, 8, 1), None)
    assert employment.extra == (("boern_under_15", "Ja"), ("tidsbegraenset_til", "2011-05-03"))
    assert found.columns == ("cpr", "name", "hired", "left", "unit", "boern_under_15", "tidsbegraenset_til")


def test_a_leading_zero_that_a_spreadsheet_dropped(tmp_path):
    assert roster(tmp_path, "108589995;Bo;2010-01-04").employments[0].cpr.digits == "0108589995"


def test_a_derived_id_is_stable_and_shows_no_number(tmp_path):
    first = roster(tmp_path, "251248-9996;Nancy;01-08-2010", "2512489996;Nancy;02-08-2010").employments
    again = roster(tmp_path, "2512489996;Nancy B;2010-08-01").employments[0]
    assert first[0].employment_id == again.employment_id != first[1].employment_id
    assert "2512" not in again.employment_id


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (";Bo;2010-01-04", "line 2, column 'CPR-nr.': is empty"),
        ("123;Bo;2010-01-04", "column 'CPR-nr.', value '123': is not a CPR number"),
        ("251248-9996;;2010-01-04", "column 'Navn': is empty"),
        ("251248-9996;Bo;", "column 'Ansættelsesdato': is empty"),
        ("251248-9996;Bo;31-02-2010", "value '31-02-2010': is not a date"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path, line, said):
    with pytest.raises(TableError) as caught:
        roster(tmp_path, line)
    assert said in str(caught.value)


def test_an_employment_twice_is_refused_with_both_lines(tmp_path):
    with pytest.raises(TableError, match=r"line 3.*stands in line 2 already"):
        roster(tmp_path, "251248-9996;Nancy;01-08-2010", "251248-9996;Nancy;01-08-2010")


def test_a_roster_without_people_is_refused(tmp_path):
    with pytest.raises(TableError, match="has no rows"):
        roster(tmp_path)
