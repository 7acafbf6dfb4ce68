"""An employment, as rules see it."""

import datetime as dt

from sagstjek.cpr import Cpr
from sagstjek.people import Employment

NANCY = Employment(
    "1", Cpr("2512489996"), "Nancy Berggren", dt.date(2011, 5, 3), email="n@x", extra=(("timer", ""), ("klub", "ja"))
)


def test_fields_by_name_and_empty_is_none():
    fields = NANCY.fields()
    assert (fields["hired"], fields["klub"], fields["cpr"]) == (dt.date(2011, 5, 3), "ja", "2512489996")
    assert fields["timer"] is fields["left"] is fields["unit"] is None
    assert "extra" not in fields


def test_a_column_of_its_own_never_hides_a_known_one():
    both = Employment("1", NANCY.cpr, "Nancy", NANCY.hired, unit="Skolen", extra=(("unit", "en anden"),))
    assert both.fields()["unit"] == "Skolen"


def test_repr_names_nobody():
    shown = repr(NANCY)
    assert not any(word in shown for word in ("9996", "Nancy", "n@x", "klub"))
