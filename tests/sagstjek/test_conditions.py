"""Conditions: three-valued, on text as payroll writes it."""

import datetime as dt
import pickle

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sagstjek.conditions import All, Empty, Not, OneOf, Some, Truth, evaluate, facts_of, fields_of
from sagstjek.cpr import Cpr
from sagstjek.marked import Marked
from sagstjek.people import Employment
from sagstjek.when import read_when

NANCY = Cpr("2512489996")
AS_OF = dt.date(2026, 11, 23)


def holds(when, **facts):
    condition = read_when(Marked("r.yaml", yaml.compose(when)))
    assert pickle.loads(pickle.dumps(condition)) == condition
    return evaluate(condition, {"today": AS_OF, **facts}).value


@pytest.mark.parametrize(
    ("when", "value", "expected"),
    [
        ("{f: ja}", "Ja", True),
        ("{f: ja}", "1", True),
        ("{f: yes}", "ja", True),
        ("{f: nej}", "FALSE", True),
        ("{f: ja}", "nej", False),
        ("{f: ja}", "", None),
        ("{f: ja}", None, None),
        ("{f: direkte_kontakt}", "ukendt", None),
        ("{f: [DK, NO, SE]}", "NO", True),
        ("{f: [DK, NO, SE]}", "no", True),
        ("{f: [DK, NO, SE]}", "UA", False),
        ("{f: 37}", "37,0", True),
        ("{f: 2005-07-01}", "1.7.2005", True),
        ("{f: {from: 2005-07-01}}", dt.date(2005, 7, 1), True),
        ("{f: {from: 2005-07-01}}", "30-06-2005", False),
        ("{f: {before: 2005-07-01}}", "01/07/2005", False),
        ("{f: {from: 2005-07-01, before: 2006-01-01}}", "2005-12-31", True),
        ("{f: {from: 2005-07-01, before: 2006-01-01}}", "2006-01-01", False),
        ("{f: {from: 2005-07-01}}", "snart", None),
        ("{f: {from: 2005-07-01}}", "31-02-2006", None),
        ("{f: {at_most: 8}}", "8,0", True),
        ("{f: {at_most: 8}}", "8.01", False),
        ("{f: {at_least: '1.000,5'}}", "1.000,5", True),
        ("{f: {at_most: 8}}", "fuld tid", None),
        ("{f: {before: today}}", "22-11-2026", True),
        ("{f: {before: today - 1}}", "22-11-2026", False),
        ("{f: {empty: ja}}", "", True),
        ("{f: {empty: ja}}", "?", True),
        ("{f: {empty: nej, before: today}}", None, False),
        ("{not: {f: ja}}", "", None),
        ("{not: {f: ja}}", "nej", True),
        ("{not: [{f: a}, {f: b}]}", "b", False),
        ("{not: [{f: a}, {f: b}]}", "c", True),
    ],
)
def test_one_field(when, value, expected):
    assert holds(when, f=value) is expected


def test_relative_to_another_field():
    when = "{last: {from: first + 29}}"
    assert holds(when, first="2020-01-01", last="30-01-2020") is True
    assert holds(when, first="2020-01-01", last="29-01-2020") is False
    assert evaluate(read_when(Marked("", yaml.compose(when))), {"last": "2020-01-01"}) == Truth(None, "first")
    assert holds("{last: {from: first + 99999}}", first="9999-12-30", last="30-01-2020") is False


def test_what_is_false_settles_all_and_what_is_true_settles_any():
    assert holds("{a: ja, b: ja}", a="", b="nej") is False
    assert holds("{a: ja, b: ja}", a="", b="ja") is None
    assert holds("{any: [{a: ja}, {b: ja}]}", a="", b="ja") is True
    assert holds("{any: [{a: ja}, {b: ja}]}", a="", b="nej") is None
    assert holds("{a: {from: 1, at_most: 3}}", a="0") is False


def test_unknown_names_the_first_empty_field():
    assert evaluate(read_when(Marked("", yaml.compose("{a: ja, b: ja, c: ja}"))), {"a": "ja"}) == Truth(None, "b")


def test_fields_of():
    when = "{a: ja, not: {b: {before: c + 1}}, any: [{d: 1}, {e: {empty: ja}}]}"
    assert list(fields_of(read_when(Marked("", yaml.compose(when))))) == ["a", "b", "c", "d", "e"]


LEAVES = st.sampled_from([OneOf("a", ("ja",)), OneOf("b", ("ja",)), Empty("a")])
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        inner.map(Not)
        | st.lists(inner, max_size=3).map(lambda some: All(tuple(some)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda some: Some(tuple(some)))
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(TREES.filter(lambda tree: "Empty" not in repr(tree)), st.sampled_from(["ja", "nej"]))
def test_filling_in_a_field_never_changes_what_was_certain(tree, value):
    before = evaluate(tree, {"a": "ja"}).value
    after = evaluate(tree, {"a": "ja", "b": value}).value
    assert before is None or before is after
    assert after is not None


def employed(**more):
    return facts_of(Employment("1", NANCY, "Nancy", dt.date(2020, 1, 1), **more), AS_OF)


def test_derived_fields():
    assert employed()["employed"] == "ja"
    assert employed(left=AS_OF)["employed"] == "ja"
    assert employed(left=dt.date(2026, 11, 22))["employed"] == "nej"
    assert employed()["duration_days"] is None
    assert employed(left=dt.date(2020, 1, 31))["duration_days"] == 31
    assert employed(extra=(("varighed_dage", "90"),))["duration_days"] == 90
    assert employed(extra=(("tidsbegraenset_til", "31-12-2020"),))["duration_days"] == 366
