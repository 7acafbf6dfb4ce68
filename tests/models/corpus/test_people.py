"""Invented people: numbers that were never issued."""

import datetime as dt
from random import Random

from models.corpus.people import draw_cpr, draw_person


def test_numbers_fail_modulus_11_and_are_not_on_1_january():
    rng = Random(1)
    for _ in range(2000):
        cpr = draw_person(rng, foreign=0.5).cpr
        assert not cpr.passes_modulus_11
        assert cpr.born is not None
        assert (cpr.born.day, cpr.born.month) != (1, 1)


def test_a_number_tells_birth_date_and_sex_and_replacement():
    cpr = draw_cpr(dt.date(1970, 1, 1), Random(1), woman=True)
    assert cpr.born == dt.date(1970, 1, 2)
    assert int(cpr.digits[-1]) % 2 == 0
    replacement = draw_cpr(dt.date(2001, 5, 3), Random(1), woman=False, replacement=True)
    assert replacement.is_replacement
    assert replacement.born == dt.date(2001, 5, 3)
