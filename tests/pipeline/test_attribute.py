"""Whose document is it?"""

import datetime as dt

import pytest

from pipeline.attribute import People, attribute, find_mentions
from sagstjek.cpr import Cpr
from sagstjek.people import Employment
from sagstjek.shapes import CprBasis, Role

NANCY = Cpr("2512489996")
BO = Cpr("0108589995")
DAY = dt.date(2010, 1, 4)
PEOPLE = People.of(
    (Employment("1", NANCY, "Nancy Ann Berggren", DAY), Employment("2", BO, "Bo Holm-Sørensen", DAY)),
)


def whose(text, case=NANCY):
    return attribute(find_mentions(text, case, PEOPLE), case)


@pytest.mark.parametrize(
    "written",
    [
        "251248-9996",
        "2512489996",
        "25 12 48 - 9996",
        "25.12.48-9996",
        "251248–9996",
        "251248-\n9996",
        "2 5 1 2 4 8 9 9 9 6",
        "25I248-9g96",
        "2512A8-99g6",
        "251248÷9996",
    ],
)
def test_the_cases_number_is_found_as_people_and_scanners_write_it(written):
    found = whose(f"CPR-nr.: {written}\nDu ansættes hermed")
    assert (found.cpr, found.basis, found.misfiled) == (NANCY, CprBasis.TEXT, False)


def test_one_wrong_digit_is_repaired_against_the_case():
    (mention,) = find_mentions("CPR 251243-9996", NANCY, PEOPLE)
    assert (mention.cpr, mention.repaired) == (NANCY, True)


def test_another_employees_number_is_misfiled():
    found = whose("CPR-nr. 010858-9995\nBo Holm-Sørensen ansættes")
    assert (found.cpr, found.misfiled, found.certain) == (BO, True, True)


def test_not_misfiled_when_the_cases_person_is_named():
    found = whose("Nancy Berggren har i dag talt med 010858-9995")
    assert (found.cpr, found.basis, found.misfiled) == (NANCY, CprBasis.NAME, False)


def test_a_child_is_mentioned_in_passing():
    (mention,) = find_mentions("Barnets cpr-nr. 030718-4232", NANCY, PEOPLE)
    assert mention.role is Role.PASSING
    assert not whose("Barnets cpr-nr. 030718-4232").misfiled


def test_a_number_that_may_be_the_cases_badly_read_is_not_misfiled():
    found = whose("CPR 251249-9900")
    assert (found.misfiled, found.certain) == (False, False)


def test_account_numbers_are_not_people():
    assert find_mentions("Reg.nr. 1234 konto 0307184232", NANCY, PEOPLE) == ()


@pytest.mark.parametrize("name", ["Nancy Berggren", "Nancy A. Berggren", "BERGGREN, NANCY", "nancy ann berggren"])
def test_names_with_initials_capitals_and_swapped(name):
    assert whose(f"Navn: {name}").basis is CprBasis.NAME


def test_nothing_named_rests_on_the_case():
    found = whose("Referat af møde")
    assert (found.cpr, found.basis, found.certain) == (NANCY, CprBasis.CASE, True)


def test_without_a_case_number_the_text_decides():
    assert whose("CPR 010858-9995", case=None).cpr == BO
    assert whose("Hej", case=None).basis is CprBasis.NONE


def test_no_digits_in_reprs():
    mentions = find_mentions("CPR 251248-9996 Bo Holm-Sørensen", NANCY, PEOPLE)
    assert "9996" not in repr(mentions) + repr(PEOPLE) + repr(whose("CPR 251248-9996"))


def test_near_numbers_come_in_order_whatever_the_hash():
    people = People.of(Employment(str(n), Cpr(f"25124899{n}6"), "Nancy Berggren", DAY) for n in range(9, 0, -1))
    assert list(people.near("2512489900")) == []
    assert list(people.near("2512489906")) == [f"25124899{n}6" for n in range(1, 10)]
