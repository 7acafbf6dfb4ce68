"""The report as a director, a screen reader and an attacker meet it."""

import dataclasses
import itertools

import pytest
from lxml import html

from jobs.report.figures import make_figures
from jobs.report.page import UNITS_SHOWN, render_report
from sagstjek.findings import Outcome
from sagstjek.rules import Rules, load_rules
from tests.jobs.report.found import DAY, RULES, employment, finding, small_audit

RUN = {"started": "2026-11-23T10:00:00+00:00", "model": "labeller-1", "out": "/home/hemmelig", "sagstjek": "0.2.0"}
ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}'


def page(people, findings, readings, rules=RULES, language="da"):
    return render_report(make_figures(people, findings, rules, readings, DAY), rules, RUN, language)


def text_of(written):
    return " ".join(html.fromstring(written).find("body").text_content().split())


@pytest.mark.parametrize("language", ["da", "en"])
def test_page_is_whole_and_orderly(language):
    tree = html.document_fromstring(page(*small_audit(), language=language))
    assert tree.get("lang") == language
    levels = [int(h.tag[1]) for h in tree.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(th.get("scope") for th in tree.iter("th"))
    assert all(chart.get("aria-label") for chart in tree.iter("svg") if chart.get("role") == "img")
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {link.get("href")[1:] for link in tree.iter("a")} <= set(ids)


def test_page_needs_nothing_else():
    tree = html.document_fromstring(page(*small_audit()))
    assert not list(tree.iter("script", "link", "img", "iframe", "object"))
    assert "url(http" not in page(*small_audit())
    assert "@import" not in page(*small_audit())


def test_no_person_is_told():
    people, findings, readings = small_audit()
    written = page(people, findings, readings)
    for one in people:
        assert one.name not in written
        assert one.cpr.digits not in written
        assert one.cpr.written not in written
        assert str(one.cpr) not in written
        assert f">{one.employment_id}<" not in written
    assert "Hemmelig" not in written
    assert "hemmelig" not in written


def test_summary_is_three_sentences_from_the_numbers():
    tree = html.document_fromstring(page(*small_audit()))
    sentences = [p.text_content() for p in tree.xpath("//div[@class='lead']/p")]
    assert len(sentences) == 3
    assert "Af de 5 krav" in sentences[0]
    assert "er 1 opfyldt (20,0\xa0%" in sentences[0]
    assert "Der er 4 mangler" in sentences[1]
    assert "heraf 2 med alvoren »Kritisk«, flest under kravet »Børneattest« (2)" in sentences[1]
    assert "2 forhold er usikre" in sentences[2]
    assert "2 dokumenter kunne slet ikke læses" in sentences[2]


def test_critical_comes_first_and_says_so_in_words():
    tree = html.document_fromstring(page(*small_audit()))
    titles = [" ".join(h.text_content().split()) for h in tree.xpath("//article/h3")]
    assert titles == ["▲ Kritisk Børneattest", "◆ Væsentlig Ansættelsesbrev"]


def test_what_is_open_is_told_apart():
    tree = html.document_fromstring(page(*small_audit()))
    article = " ".join(tree.xpath("//article")[0].text_content().split())
    assert "2 af 2 ansættelser, hvor det kunne vurderes" in article
    assert "Yderligere én er usikker" in article
    assert "Inden 14 dage: lederne indhenter" in article


def test_rules_without_effect_are_named():
    written = text_of(page(*small_audit()))
    assert "nogen af de undersøgte ansættelser: Gælder for ingen." in written
    assert "Regler, der er slået fra: Slået fra." in written


def test_scripts_in_unit_title_and_ground_stay_text():
    people = [employment(1, ATTACK, position_group=ATTACK)]
    rule = dataclasses.replace(RULES.requirements[1], title=ATTACK, ground=ATTACK)
    banned = dataclasses.replace(RULES.forbidden[0], title=ATTACK, ground=ATTACK)
    rules = Rules((rule,), (banned,), (rule,), "")
    findings = [finding(people[0], "attest", Outcome.MISSING)]
    for language in ("da", "en"):
        written = page(people, findings, [], rules, language)
        tree = html.document_fromstring(written)
        assert not list(tree.iter("script", "img"))
        assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
        assert ATTACK in text_of(written)


def test_empty_audit():
    written = text_of(page([], [], []))
    assert "Ingen krav kunne vurderes pr. 23. november 2026" in written
    assert "Der er ingen observationer." in written
    assert "Alle dokumenter kunne læses." not in written
    assert "0,0\xa0%" not in written


def test_rules_without_any_rule():
    assert "har ingen regler" in text_of(page([], [], [], Rules(())))


def test_english():
    written = text_of(page(*small_audit(), language="en"))
    assert "Of the 5 requirements of employments that could be assessed as of 23 November 2026" in written
    assert "There are 4 gaps" in written
    assert "Kritisk" not in written


def test_many_units_with_long_names():
    long = "Center for Socialpsykiatri og Udsatte Voksne " * 5
    people = [employment(n, f"{n} {long}") for n in range(500)]
    written = page(people, [finding(one, "brev", Outcome.MISSING) for one in people], [])
    rows = html.document_fromstring(written).xpath("//section[@aria-labelledby='groups']//ul[@class='bars']/li")
    assert len(rows) == UNITS_SHOWN
    assert "470 øvrige enheder" in text_of(written)


def test_shipped_rules_render_in_both_languages():
    rules = load_rules(None)
    people = [employment(1)]
    findings = [finding(people[0], rule.id, Outcome.MISSING) for rule in rules.requirements]
    for language in ("da", "en"):
        assert len(html.document_fromstring(page(people, findings, [], rules, language)).xpath("//article"))
