"""The rules file: strict, and its errors lead to the place."""

import datetime as dt
from pathlib import Path

import pytest

from sagstjek.conditions import OneOf, choices_of, evaluate, facts_of
from sagstjek.cpr import Cpr
from sagstjek.errors import RulesError
from sagstjek.people import Employment
from sagstjek.requirements import Due, IfUnknown, Per, Severity, Valid, Window
from sagstjek.rules import DOCUMENT_AGE, check_fields, check_values, load_rules, read_rules
from sagstjek.taxonomy import taxonomy

AS_OF = dt.date(2026, 11, 23)
SHIPPED = load_rules(None)

LEAST = """\
requirements:
  - id: cv
    title: CV
    any_of: [cv]
"""


def read(text):
    return read_rules("r.yaml", text.encode())


def one(lines):
    return read(LEAST + "".join(f"    {line}\n" for line in lines.splitlines())).requirements[0]


def refusal(text):
    with pytest.raises(RulesError) as caught:
        read(text)
    return str(caught.value)


def test_defaults_of_the_schema():
    rule = read(LEAST).requirements[0]
    assert (rule.id, rule.title, rule.types, rule.all_of) == ("cv", "CV", ("cv",), False)
    assert evaluate(rule.when, {}).value is True
    assert (rule.if_unknown, rule.due, rule.valid) == (IfUnknown.ASK, None, Valid())
    assert (rule.severity, rule.ask, rule.per) == (Severity.MAJOR, "leder", Per.EMPLOYMENT)


def test_every_key():
    rule = one(
        "when: {a: x}\nif_unknown: skip\ndue: {days: -28, after: orlov_start}\nvalid: {years: 1, until_stated: ja}\n"
        "dated: {around: orlov_start, days_before: 3}\nper: person\nseverity: kritisk\nask: myndighed\n"
        'ground: "§ 2"\nground_confidence: hoej\nsource: KRAV-1\nnote: Ja'
    )
    assert rule.when == OneOf("a", ("x",))
    assert rule.due == Due(-28, "orlov_start")
    assert rule.valid == Valid(12, until_stated=True)
    assert rule.dated == Window("orlov_start", 3, None)
    assert (rule.ground, rule.ground_confidence, rule.note) == ("§ 2", "hoej", "Ja")
    assert list(rule.fields()) == ["a", "orlov_start", "orlov_start"]


def test_the_example_of_the_design():
    rules = read("""\
requirements:
  - id: boerneattest
    title: Børneattest
    any_of: [boerneattest, attestnotat]
    when:
      workplace_with_children: ja
      hired: {from: 2005-07-01}
    if_unknown: ask
    due: {days: 0, after: hired}
    valid: forever
    severity: kritisk
    ask: leder
    ground: "Lov nr. 520 af 21. juni 2005, § 2, stk. 1"
    ground_confidence: hoej
forbidden:
  - id: straffeattest_for_gammel
    title: Straffeattest skal ikke opbevares
    types: [straffeattest]
    when: {document_age_days: {at_least: 183}}
    action: slet
    severity: vaesentlig
    ground: "..."
""")
    assert rules.requirements[0].types == ("boerneattest", "attestnotat")
    assert rules.forbidden[0].action == "slet"


def test_a_rule_that_is_switched_off_is_kept_apart():
    rules = read(LEAST + "    enabled: nej\n")
    assert rules.requirements == ()
    assert [rule.id for rule in rules.switched_off] == ["cv"]


def test_the_digest_follows_the_file():
    assert read(LEAST).digest != read(LEAST + "# Ja\n").digest


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LEAST.replace("any_of: [cv]", "any_of: [boernatest]"), "line 4, column 14, value 'boernatest'"),
        (LEAST.replace("any_of: [cv]", "any_of: [boernatest]"), "did you mean 'boerneattest'?"),
        (LEAST.replace("any_of", "anyof"), "line 4, column 5, value 'anyof'"),
        (LEAST.replace("any_of", "anyof"), "did you mean 'any_of'?"),
        (LEAST.replace("any_of: [cv]", "any_of: cv"), "must be a list"),
        (LEAST.replace("any_of: [cv]", "any_of: []"), "empty list"),
        (LEAST + "    all_of: [cv]\n", "not both"),
        (LEAST.replace("    any_of: [cv]\n", ""), "needs either 'any_of' or 'all_of'"),
        (LEAST.replace("    title: CV\n", ""), "lacks the key 'title'"),
        (LEAST.replace("title: CV", "title:"), "line 3"),
        (LEAST.replace("id: cv", "id: c v"), "an id is written with"),
        (LEAST + "    severity: kritiks\n", "did you mean 'kritisk'?"),
        (LEAST + "    severity: kritiks\n", "line 5, column 15, value 'kritiks'"),
        (LEAST + "    ask: chef\n", "One of: leder, medarbejder, myndighed."),
        (LEAST + "    if_unknown: asks\n", "did you mean 'ask'?"),
        (LEAST + "    enabled: måske\n", "must be ja or nej"),
        (LEAST + "    due: {days: snart, after: hired}\n", "'days' must be a whole number"),
        (LEAST + "    due: {days: 3}\n", "lacks the key 'after'"),
        (LEAST + "    due: {days: 3, after: Ansat}\n", "small letters"),
        (LEAST + "    valid: {years: 0}\n", "at least 1"),
        (LEAST + "    valid: {years: 1, months: 3}\n", "either 'years' or 'months'"),
        (LEAST + "    valid: foreverr\n", "did you mean 'forever'?"),
        (LEAST + "    dated: {around: hired}\n", "needs 'days_before', 'days_after' or both"),
        (LEAST + "    when: {hired: {form: 2005-07-01}}\n", "did you mean 'from'?"),
        (LEAST + "    when: {hired: {from: 1. juli}}\n", "needs a date (2005-07-01)"),
        (LEAST + "    when: {hired: {from: 2005-13-01}}\n", "line 5, column 26, value '2005-13-01'"),
        (LEAST + "    when: {hours: {at_most: 7,5}}\n", "decimals with a point"),
        (LEAST + "    when: {hired: {}}\n", "compared with nothing"),
        (LEAST + "    when: {hired: }\n", "is empty"),
        (LEAST + "    when: {}\n", "condition is empty"),
        (LEAST + "    when: {any: {a: ja}}\n", "must be a list"),
        (LEAST + "    when: {a: [[b]]}\n", "must be a single value"),
        (LEAST + "    when: {document_age_days: {at_least: 3}}\n", "under 'forbidden' only"),
        (LEAST + "    when: &w {any: [*w]}\n", "deep"),
        (LEAST + "    title: Igen\n", "stands in line 3 already"),
        (LEAST + LEAST.split("\n", 1)[1], "line 5, column 9, value 'cv': this id stands in line 2 already"),
        (LEAST + "forbiden: []\n", "did you mean 'forbidden'?"),
        ("forbidden: []\n", "lacks the key 'requirements'"),
        ("requirements: {a: b}\n", "must be a list"),
        ("- a\n", "'key: value'"),
        ("", "holds no rules"),
        ("# tom\n", "holds no rules"),
        (LEAST + "    ground: Lov: § 2\n", "line 5, column 16: not YAML here"),
        (LEAST + "\tground: x\n", "no tabs"),
        ("[" * 3000, "r.yaml"),
    ],
)
def test_errors_lead_to_the_place(text, said):
    assert said in refusal(text)
    assert refusal(text).startswith("r.yaml")


def test_an_id_stands_in_both_lists_once():
    text = LEAST + "forbidden:\n  - id: cv\n    title: CV\n    types: [cv]\n"
    assert "line 6, column 9, value 'cv': this id stands in line 2" in refusal(text)


def test_other_encodings_are_refused():
    with pytest.raises(RulesError, match="line 3: this is not UTF-8"):
        read_rules("r.yaml", LEAST.replace("title: CV", "title: Børneattest").encode("cp1252"))
    assert read_rules("r.yaml", LEAST.encode("utf-8-sig")).requirements


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(RulesError, match="cannot be read"):
        load_rules(tmp_path / "nowhere.yaml")


def test_a_file(tmp_path):
    (tmp_path / "r.yaml").write_text(LEAST)
    assert load_rules(tmp_path / "r.yaml").requirements == read(LEAST).requirements


def test_columns_that_the_roster_lacks():
    rules = read(LEAST + "    when: {boern_under_15: ja, employed: ja, hired: {before: today}}\n")
    assert check_fields(rules, ["cpr", "boern_under_15"]) == ()
    (warning,) = check_fields(rules, ["cpr", "name", "hired", "boern_under_16"])
    assert "'boern_under_15' (did you mean 'boern_under_16'?)" in warning
    assert warning.endswith("Rules that name it: cv.")
    assert len(check_fields(read(LEAST + "    due: {days: 1, after: start}\n"), [])) == 1
    (warning,) = check_fields(read(LEAST + "    due: {days: 1, after: hierd}\n"), [])
    assert "'hierd' (did you mean 'hired'?)" in warning


def employees(*values):
    cpr, day = Cpr("2512489996"), dt.date(2015, 1, 1)
    return [Employment(str(n), cpr, "N", day, extra=(("kontakt", value),)) for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("wanted", "found", "warned"),
    [
        ("direkte", ("Direkte kontakt", "ingen"), True),
        ("direkte", ("DIREKTE", "ingen"), False),
        ("direkte", ("", "ukendt"), False),
        ("[direkte, fast]", ("fast",), False),
        ("ja", ("nej", "nej"), False),
        ("ja", ("måske",), True),
        ("0", ("37",), False),
    ],
)
def test_values_that_the_roster_lacks(wanted, found, warned):
    rules = read(LEAST + f"    when: {{not: {{kontakt: {wanted}}}}}\n")
    assert bool(check_values(rules, employees(*found))) is warned


def test_a_warning_of_values_shows_both_sides():
    (warning,) = check_values(read(LEAST + "    when: {kontakt: direkte}\n"), employees("Ja, ofte", "Nej, aldrig"))
    assert "'kontakt' has none of the values that rules ask for (direkte). It has: Ja, ofte, Nej, aldrig." in warning


def test_personal_columns_are_never_shown():
    assert check_values(read(LEAST + "    when: {name: Bo}\n"), employees("x")) == ()


@pytest.mark.parametrize(
    ("bounds", "good"),
    [
        ("{from: 2005-07-01, before: 2001-01-01}", False),
        ("{from: 2005-07-01, before: 2005-07-01}", False),
        ("{at_least: 8, at_most: 7.5}", False),
        ("{at_least: 8, at_most: 8}", True),
        ("{from: 2005-07-01, before: today - 90}", True),
    ],
)
def test_bounds_that_nothing_can_keep(bounds, good):
    text = LEAST + f"    when: {{hired: {bounds}}}\n"
    assert read(text) if good else "nothing can keep these bounds of 'hired'" in refusal(text)


def test_an_alias_makes_no_second_rule():
    assert "stands in line 2 already" in refusal("requirements:\n  - &a {id: a, title: b, any_of: [cv]}\n  - *a\n")


def test_the_docs_name_every_column_and_value_that_the_shipped_rules_ask_for():
    docs = (Path(__file__).parents[2] / "docs" / "rules.md").read_text("utf-8")
    rules = (*SHIPPED.requirements, *SHIPPED.forbidden)
    choices = [choice for rule in rules for choice in choices_of(rule.when) if choice.field != "citizenship"]
    words = {field for rule in rules for field in rule.fields()} - {"hired", "left"}
    words |= {value for choice in choices for value in choice.values} - {"0"}
    assert {word for word in words if f"`{word}`" not in docs} == set()


# ---------------------------------------------------------------- the shipped set


def applies(rule_id, hired="2015-01-01", left="", **more):
    rules = (*SHIPPED.requirements, *SHIPPED.switched_off, *SHIPPED.forbidden)
    rule = next(rule for rule in rules if rule.id == rule_id)
    own = {name: more.pop(name) for name in ("employment_form", "position_group", "citizenship") if name in more}
    age = more.pop("age", None)
    day = dt.date.fromisoformat
    extra = tuple(more.items())
    employment = Employment("1", Cpr("2512489996"), "N", day(hired), day(left) if left else None, **own, extra=extra)
    return evaluate(rule.when, {**facts_of(employment, AS_OF), DOCUMENT_AGE: age}).value


MONTHLY = {"employment_form": "overenskomst_maanedsloen", "ugentlige_timer": "37"}
DIRECT = {"boern_under_15": "direkte_kontakt"}
SICK = {"foerste_sygedag": "2020-03-01"}


@pytest.mark.parametrize(
    ("rule", "yes", "no"),
    [
        ("ansaettelsesbevis_fra_2023", {"hired": "2023-07-01", **MONTHLY}, {"hired": "2023-06-30", **MONTHLY}),
        (
            "ansaettelsesbevis_fra_2023",
            {"hired": "2024-01-01", **MONTHLY, "ugentlige_timer": "0"},
            {"hired": "2024-01-01", **MONTHLY, "ugentlige_timer": "3"},
        ),
        (
            "ansaettelsesbevis_fra_2023",
            {"hired": "2024-01-01", "employment_form": "elev"},
            {"hired": "2024-01-01", **MONTHLY, "employment_form": "tjenestemand"},
        ),
        (
            "ansaettelsesbevis_1993_2023",
            {"hired": "1993-07-01", **MONTHLY, "varighed_dage": "32"},
            {"hired": "1993-06-30"},
        ),
        ("ansaettelsesbevis_1993_2023", MONTHLY | {"varighed_dage": "32"}, MONTHLY | {"varighed_dage": "31"}),
        ("ansaettelsesbevis_1993_2023", MONTHLY | {"left": "2015-02-01"}, MONTHLY | {"ugentlige_timer": "8"}),
        ("ansaettelsesbrev_foer_1993", {"hired": "1990-01-01", **MONTHLY}, MONTHLY),
        ("ansaettelsesbrev_tjenestemand", {"employment_form": "tjenestemand"}, MONTHLY),
        ("uddannelsesaftale_elev", {"employment_form": "elev"}, MONTHLY),
        ("tillaeg_ved_aendring", {"vilkaarsaendring_dato": "2018-01-01"}, {"vilkaarsaendring_dato": "1990-01-01"}),
        ("tidsbegraensning_forlaenget", {"tidsbegraenset_til": "2020-01-01"}, {"tidsbegraenset_til": "2027-01-01"}),
        (
            "tidsbegraensning_forlaenget",
            {"tidsbegraenset_til": "2020-01-01"},
            {"tidsbegraenset_til": "2020-01-01", "left": "2020-01-01"},
        ),
        ("boerneattest_direkte", DIRECT, DIRECT | {"hired": "2005-06-30"}),
        ("boerneattest_direkte", DIRECT | {"varighed_dage": "91"}, DIRECT | {"varighed_dage": "90"}),
        ("boerneattest_direkte", DIRECT, {"boern_under_15": "nej"}),
        (
            "boerneattest_faerdes",
            {"boern_under_15": "faerdes_fast"},
            {"boern_under_15": "faerdes_fast", "hired": "2012-06-30"},
        ),
        ("boerneattest_flytning", DIRECT | {"intern_flytning_dato": "2016-01-01"}, {"boern_under_15": "nej"}),
        (
            "straffeattest_lokal",
            {"arbejdssted_type": "hjemmepleje"},
            {"arbejdssted_type": "andet", "position_group": "drift"},
        ),
        ("autorisation", {"position_group": "sundhed_autoriseret"}, {"position_group": "drift"}),
        (
            "eksamensbevis",
            MONTHLY | {"position_group": "boern_direkte"},
            {"position_group": "boern_direkte", "employment_form": "elev"},
        ),
        ("arbejdstilladelse", {"citizenship": "UA"}, {"citizenship": "NO"}),
        ("arbejdstilladelse", {"citizenship": "statsløs"}, {"citizenship": "dk"}),
        ("loenaftale", {"lokale_loentillaeg": "ja"}, {"lokale_loentillaeg": "nej"}),
        ("loenindplacering", MONTHLY, {"employment_form": "timeloen"}),
        ("tjenestemandspension", {"employment_form": "tjenestemand"}, MONTHLY),
        ("koerselsbemyndigelse", {"koersel_hoej_sats": "ja"}, {"koersel_hoej_sats": "nej"}),
        ("senioraftale", {"seniorordning": "ja"}, {"seniorordning": "nej"}),
        ("tavshedserklaering", MONTHLY, {"employment_form": "vikar_bureau"}),
        ("ansoegning_og_cv", MONTHLY, MONTHLY | {"hired": "2004-12-31"}),
        ("mus", MONTHLY, MONTHLY | {"left": "2020-01-01"}),
        ("sygefravaerssamtale", SICK, SICK | {"sidste_sygedag": "2020-03-29"}),
        ("sygefravaerssamtale", SICK | {"sidste_sygedag": "2020-03-30"}, SICK | {"left": "2020-04-25"}),
        ("sygefravaerssamtale", SICK | {"left": "2020-04-26"}, {}),
        ("barselsvarsel", {"orlov_start": "2020-01-01"}, {}),
        (
            "arbejdsskade",
            {"arbejdsskade_dato": "2020-01-01", "arbejdsskade_fravaer_dage": "1"},
            {"arbejdsskade_dato": "2020-01-01", "arbejdsskade_fravaer_dage": "0"},
        ),
        ("fratraeden", {"left": "2020-01-01"}, {"left": "2020-01-01", "fratraedelsesaarsag": "doed"}),
        ("fratraeden", {"left": "2020-01-01", "fratraedelsesaarsag": "andet"}, {"left": "2027-01-01"}),
        ("bibeskaeftigelse", {"bibeskaeftigelse_oplyst": "ja"}, {"bibeskaeftigelse_oplyst": "nej"}),
        ("straffeattest_for_gammel", {"age": 183}, {"age": 182}),
        ("boerneattest_for_gammel", {"age": 183}, {"age": 182}),
        ("advarsel_for_gammel", {"age": 731}, {"age": 730}),
        ("legitimation_uden_formaal", {"citizenship": "DK"}, {"citizenship": "UA"}),
    ],
)
def test_shipped_rule(rule, yes, no):
    assert applies(rule, **yes) is True
    assert applies(rule, **no) is False


def test_shipped_rules_ask_for_what_they_cannot_know():
    assert applies("boerneattest_direkte", boern_under_15="ukendt") is None
    assert applies("arbejdstilladelse") is None
    assert applies("straffeattest_for_gammel") is None
    assert applies("loenseddel_og_skattekort") is True


def test_shipped_set_is_whole():
    rules = (*SHIPPED.requirements, *SHIPPED.forbidden, *SHIPPED.switched_off)
    assert len(SHIPPED.requirements) == 24
    assert {rule.id for rule in SHIPPED.switched_off} == {"straffeattest_lokal", "tavshedserklaering", "mus"}
    assert all(rule.ground and rule.ground_confidence and rule.source for rule in rules)
    assert {code for rule in rules for code in rule.types} <= taxonomy().keys()
