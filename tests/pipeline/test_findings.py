"""Findings: small archives, each with one thing in it, and what must hold of all of them."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.findings import Filed, find_findings
from sagstjek.cpr import Cpr
from sagstjek.findings import Because, Outcome
from sagstjek.people import Employment
from sagstjek.rules import load_rules, read_rules
from sagstjek.shapes import CprBasis, Part, Reason, Status, unreadable

NANCY, OTTO = Cpr("2512489996"), Cpr("0108589995")
AS_OF = dt.date(2026, 11, 23)
HIRED = dt.date(2015, 8, 1)
JOB = Employment("1", NANCY, "Nancy Berggren", HIRED, case_id="N")
OTTOS = Employment("2", OTTO, "Otto Olsen", HIRED, case_id="O")
CASES = {"N": NANCY, "O": OTTO}


def rules(lines="any_of: [cv]", forbidden=""):
    body = "".join(f"    {line}\n" for line in lines.splitlines())
    return read_rules("r.yaml", f"requirements:\n  - id: r\n    title: R\n{body}{forbidden}".encode())


def part(code="cv", dated=dt.date(2015, 7, 1), cpr=NANCY, number=1, **more):
    given = {"type": code, "confidence": 0.98, "candidates": (code,), "status": Status.ACCEPTED, "cpr": cpr}
    return Part(number, document_date=dated, cpr_basis=CprBasis.TEXT, **(given | more))


def review(code="cv", reason=Reason.LOW_CONFIDENCE, **more):
    return part(code, status=Status.REVIEW, reason=reason, **({"confidence": 0.6} | more))


def filed(*parts, case="N"):
    return [Filed(f"D{case}{number}", case, CASES.get(case), some) for number, some in enumerate(parts, 1)]


def find(archive, given=None, people=(JOB, OTTOS), cases=CASES):
    return find_findings(people, archive, cases, given or rules(), AS_OF)


def only(archive, given=None, people=(JOB, OTTOS), cases=CASES):
    (finding,) = [f for f in find(archive, given, people, cases) if f.employment.employment_id == "1"]
    return finding


def says(*args, **kwargs):
    finding = only(*args, **kwargs)
    return finding.outcome, finding.because


FULFILLED = (Outcome.FULFILLED, Because.ACCEPTED)
MISSING = (Outcome.MISSING, Because.NOTHING_FOUND)

# ---------------------------------------------------------------- one case, one document


def test_fulfilled():
    finding = only(filed(part("andet"), part()))
    assert (finding.outcome, finding.because) == FULFILLED
    assert (finding.evidence, finding.confidence, finding.types) == ("DN2#1", 0.98, ("cv",))


def test_missing_when_everything_is_read_and_nothing_fits():
    finding = only(filed(part("andet"), part("mus"), review("mus")))
    assert (finding.outcome, finding.because) == MISSING
    assert finding.confidence == pytest.approx(1 - 0.04 / 37)
    assert finding.evidence == ""


def test_no_case_is_told_apart():
    assert says([], cases={"O": OTTO}) == (Outcome.MISSING, Because.NO_CASE)
    assert says([], cases=CASES) == MISSING


def test_under_review():
    finding = only(filed(review("cv"), review("mus", candidates=("mus", "cv"))))
    assert (finding.outcome, finding.because) == (Outcome.UNCERTAIN, Because.CANDIDATE_UNDER_REVIEW)
    assert (finding.evidence, finding.confidence) == ("DN1#1", 0.6)


def test_in_the_prediction_set_of_another_type():
    finding = only(filed(part("mus", candidates=("mus", "cv"))))
    assert (finding.outcome, finding.because) == (Outcome.UNCERTAIN, Because.TYPE_IN_SET)
    assert finding.confidence == pytest.approx(0.02)


@pytest.mark.parametrize(
    ("unseen", "because"),
    [
        (unreadable(1, Reason.ENCRYPTED), Because.UNREADABLE_DOCUMENTS),
        (part("andet", fully_read=False), Because.NOT_FULLY_READ),
        (review("andet", Reason.POOR_TEXT), Because.UNREADABLE_DOCUMENTS),
    ],
)
def test_unread_is_never_missing(unseen, because):
    finding = only(filed(part("mus"), unseen))
    assert (finding.outcome, finding.because, finding.unread) == (Outcome.UNCERTAIN, because, 1)
    assert says(filed(part(), unseen)) == FULFILLED
    assert says([*filed(part("mus")), *filed(dataclasses.replace(unseen, cpr=OTTO), case="O")]) == MISSING


def test_a_duplicate_stands_for_its_original():
    copy = part(status=Status.DUPLICATE, reason=Reason.SAME_BYTES, duplicate_of="DN1#1")
    assert only(filed(part(), copy)).evidence == "DN1#1"
    assert says(filed(review(), copy)) == (Outcome.UNCERTAIN, Because.CANDIDATE_UNDER_REVIEW)
    assert only(filed(review("mus"), copy)).outcome is Outcome.MISSING
    assert says(filed(dataclasses.replace(copy, duplicate_of="gone#1"))) == (
        Outcome.UNCERTAIN,
        Because.CANDIDATE_UNDER_REVIEW,
    )


# ---------------------------------------------------------------- whose


def test_on_somebody_elses_case():
    astray = filed(part(misfiled=True), case="O")
    finding = only(astray)
    assert (finding.outcome, finding.because, finding.evidence) == (
        Outcome.MISFILED,
        Because.ON_OTHER_CASE,
        "DO1#1",
    )
    assert says([*astray, *filed(part())]) == FULFILLED
    assert only([*astray, *filed(review())]).outcome is Outcome.MISFILED
    assert only(filed(review(misfiled=True), case="O")).outcome is Outcome.UNCERTAIN


def test_somebody_elses_document_on_the_case_does_not_count():
    assert says(filed(part(cpr=OTTO, misfiled=True))) == MISSING


def test_unsure_whose():
    assert says(filed(review(reason=Reason.PERSON_UNCERTAIN))) == (Outcome.UNCERTAIN, Because.PERSON_UNCERTAIN)
    assert says(filed(part(cpr=None)), cases=CASES) == (Outcome.UNCERTAIN, Because.PERSON_UNCERTAIN)


def test_roster_names_a_case_that_is_on_another_number():
    """The number has changed, or the roster is wrong: not proof, and not missing."""
    cases = {"X": OTTO}
    nancy = dataclasses.replace(JOB, case_id="X")
    archive = [Filed("D", "X", OTTO, part(cpr=OTTO))]
    assert says(archive, people=[nancy], cases=cases) == (Outcome.UNCERTAIN, Because.PERSON_UNCERTAIN)


def test_without_a_case_in_the_roster_every_case_of_the_number_counts():
    nancy = dataclasses.replace(JOB, case_id="")
    assert says(filed(part()), people=[nancy]) == FULFILLED
    assert says(filed(part()), people=[dataclasses.replace(JOB, case_id="unknown")]) == FULFILLED


def test_an_export_without_cases_goes_by_the_text():
    loose = [Filed("D1", "", None, part()), Filed("D2", "", None, part("mus", cpr=OTTO))]
    nancy, otto = dataclasses.replace(JOB, case_id=""), dataclasses.replace(OTTOS, case_id="")
    assert says(loose, people=[nancy, otto], cases={}) == FULFILLED
    unread = [*loose, Filed("D3", "", None, unreadable(1, Reason.DAMAGED))]
    outcomes = {f.employment.employment_id: f.outcome for f in find(unread, people=[nancy, otto], cases={})}
    assert outcomes == {"1": Outcome.FULFILLED, "2": Outcome.UNCERTAIN}


def test_a_case_number_in_the_index_without_case_id():
    assert says([Filed("D1", "", NANCY, part())], people=[dataclasses.replace(JOB, case_id="")], cases={}) == FULFILLED


# ---------------------------------------------------------------- several employments of one person

OLD = Employment("0", NANCY, "Nancy Berggren", dt.date(2000, 1, 1), dt.date(2005, 12, 31), case_id="A")
TWO_CASES = {"A": NANCY, "N": NANCY}


def on(case, some):
    return [Filed("D", case, NANCY, some)]


def test_a_document_of_an_old_employment_does_not_meet_the_new_one():
    assert says(on("A", part(dated=dt.date(2000, 1, 1))), people=[OLD, JOB], cases=TWO_CASES) == MISSING
    assert says(on("A", part(dated=None)), people=[OLD, JOB], cases=TWO_CASES) == MISSING


def test_a_document_of_the_new_employment_on_the_old_case_is_a_candidate():
    assert says(on("A", part(dated=HIRED)), people=[OLD, JOB], cases=TWO_CASES) == (
        Outcome.UNCERTAIN,
        Because.ON_OTHER_CASE,
    )


def test_per_person_takes_it_from_any_case():
    given = rules("any_of: [cv]\nper: person")
    assert says(on("A", part(dated=dt.date(2000, 1, 1))), given, people=[OLD, JOB], cases=TWO_CASES) == FULFILLED
    unseen = on("A", unreadable(1, Reason.DAMAGED))
    assert only(unseen, given, people=[OLD, JOB], cases=TWO_CASES).outcome is Outcome.UNCERTAIN
    assert says(unseen, people=[OLD, JOB], cases=TWO_CASES) == MISSING


def test_two_employments_on_one_case_are_told_apart_by_date():
    people = [dataclasses.replace(OLD, case_id="N"), JOB]
    outcomes = {}
    for dated in (dt.date(2000, 1, 5), HIRED, None, dt.date(2010, 1, 1)):
        found = find(on("N", part(dated=dated)), people=people, cases={"N": NANCY})
        outcomes[dated] = [f.outcome for f in found]
    gone, there = Outcome.MISSING, Outcome.FULFILLED
    assert list(outcomes.values()) == [[there, gone], [gone, there], [there, there], [there, there]]
    bundle = part("ferie", dt.date(2000, 1, 5), fully_read=False)  # its unread pages may be of the other employment
    assert {f.outcome for f in find(on("N", bundle), people=people, cases={"N": NANCY})} == {Outcome.UNCERTAIN}


def test_the_free_case_goes_to_the_employment_that_names_none():
    people = [OLD, dataclasses.replace(JOB, case_id="")]
    assert says(on("N", part()), people=people, cases=TWO_CASES) == FULFILLED
    assert says(on("A", part(dated=dt.date(2001, 1, 1))), people=people, cases=TWO_CASES) == MISSING


# ---------------------------------------------------------------- days

DUE = "any_of: [cv]\ndue: {days: 31, after: hired}"


def test_late_and_in_time():
    last = HIRED + dt.timedelta(31)
    assert says(filed(part(dated=last)), rules(DUE)) == FULFILLED
    finding = only(filed(part(dated=last + dt.timedelta(1)), part(dated=last + dt.timedelta(9))), rules(DUE))
    assert (finding.outcome, finding.because) == (Outcome.LATE, Because.DATED_TOO_LATE)
    assert (finding.evidence, finding.due) == ("DN1#1", last)
    assert says(filed(part(dated=AS_OF), part()), rules(DUE)) == FULFILLED


def test_a_document_without_a_date_is_not_late():
    assert says(filed(part(dated=None)), rules(DUE)) == (Outcome.FULFILLED, Because.DATE_UNKNOWN)
    assert says(filed(part(dated=None), part(dated=AS_OF)), rules(DUE)) == (Outcome.FULFILLED, Because.DATE_UNKNOWN)
    assert says(filed(part(dated=None))) == FULFILLED


def test_before_the_due_day_nothing_is_missing_yet():
    new = dataclasses.replace(JOB, hired=AS_OF - dt.timedelta(31))
    assert find([], rules(DUE), people=[new]) == []
    assert len(find([], rules(DUE), people=[dataclasses.replace(new, hired=AS_OF - dt.timedelta(32))])) == 1
    assert only(filed(part()), rules(DUE), people=[new]).outcome is Outcome.FULFILLED


def test_future_employments_are_not_assessed():
    assert find([], people=[dataclasses.replace(JOB, hired=AS_OF + dt.timedelta(1))]) == []


YEARLY = "any_of: [koersel]\nvalid: {years: 1}"


def test_valid_for_a_year():
    fresh, old = part("koersel", AS_OF - dt.timedelta(365)), part("koersel", AS_OF - dt.timedelta(366))
    assert says(filed(fresh, old), rules(YEARLY)) == FULFILLED
    finding = only(filed(old, part("koersel", dt.date(2016, 1, 1))), rules(YEARLY))
    assert (finding.outcome, finding.because, finding.evidence) == (
        Outcome.EXPIRED,
        Because.NO_LONGER_VALID,
        "DN1#1",
    )
    assert says(filed(part("koersel", None)), rules(YEARLY)) == (Outcome.FULFILLED, Because.DATE_UNKNOWN)


def test_who_left_needed_it_until_then():
    left = dataclasses.replace(JOB, left=dt.date(2018, 6, 30))
    assert says(filed(part("koersel", dt.date(2017, 6, 30))), rules(YEARLY), people=[left]) == FULFILLED
    assert only(filed(part("koersel", dt.date(2017, 6, 29))), rules(YEARLY), people=[left]).outcome is Outcome.EXPIRED


def test_valid_until_the_stated_day():
    stated = "any_of: [cv]\nvalid: until_stated"
    assert says(filed(part(valid_until=AS_OF)), rules(stated)) == FULFILLED
    assert only(filed(part(valid_until=AS_OF - dt.timedelta(1))), rules(stated)).outcome is Outcome.EXPIRED
    assert says(filed(part()), rules(stated)) == (Outcome.FULFILLED, Because.DATE_UNKNOWN)
    either = rules("any_of: [cv]\nvalid: {years: 1, until_stated: ja}")
    assert only(filed(part(dated=HIRED, valid_until=AS_OF)), either).outcome is Outcome.FULFILLED
    assert only(filed(part(dated=HIRED)), either).outcome is Outcome.EXPIRED


def test_what_may_have_followed_makes_expired_uncertain():
    old = part("koersel", dt.date(2016, 1, 1))
    assert only(filed(old, unreadable(1, Reason.DAMAGED)), rules(YEARLY)).outcome is Outcome.UNCERTAIN
    assert only(filed(old, review("koersel", dated=AS_OF)), rules(YEARLY)).outcome is Outcome.UNCERTAIN
    assert only(filed(old, review("koersel", dated=HIRED)), rules(YEARLY)).outcome is Outcome.EXPIRED
    copy = dataclasses.replace(old, status=Status.DUPLICATE, duplicate_of="DN1#1")
    assert only(filed(old, copy), rules(YEARLY)).outcome is Outcome.EXPIRED


EVENT = (
    "any_of: [barsel]\nwhen: {orlov_start: {empty: nej}}\ndated: {around: orlov_start, days_before: 90, days_after: 9}"
)


def test_only_a_document_of_the_event_counts():
    mother = dataclasses.replace(JOB, extra=(("orlov_start", "1.6.2020"),))
    at, people = dt.date(2020, 6, 1), [mother, OTTOS]
    days = dt.timedelta
    assert says(filed(part("barsel", at - days(90))), rules(EVENT), people=people) == FULFILLED
    assert says(filed(part("barsel", at + days(9))), rules(EVENT), people=people) == FULFILLED
    assert says(filed(part("barsel", at - days(91))), rules(EVENT), people=people) == MISSING
    assert says(filed(review("barsel", dated=at + days(10))), rules(EVENT), people=people) == MISSING
    assert says(filed(part("barsel", None)), rules(EVENT), people=people) == (Outcome.UNCERTAIN, Because.DATE_UNKNOWN)
    assert find(filed(part("barsel", at)), rules(EVENT)) == []
    bundle = part("ferie", dt.date(2001, 1, 2), fully_read=False)  # its unread pages are of any date
    assert says(filed(bundle), rules(EVENT), people=people) == (Outcome.UNCERTAIN, Because.NOT_FULLY_READ)


# ---------------------------------------------------------------- rules


def test_all_of_names_what_is_missing():
    given = rules("all_of: [ansoegning, cv]")
    assert says(filed(part("ansoegning"), part("cv")), given) == FULFILLED
    finding = only(filed(part("ansoegning")), given)
    assert (finding.outcome, finding.types) == (Outcome.MISSING, ("cv",))
    assert only([], given).types == ("ansoegning", "cv")
    assert only(filed(part("ansoegning"), review("cv")), given).outcome is Outcome.UNCERTAIN


@pytest.mark.parametrize(
    ("if_unknown", "outcomes"),
    [("ask", [Outcome.UNASSESSABLE]), ("require", [Outcome.FULFILLED]), ("skip", [])],
)
def test_an_empty_field(if_unknown, outcomes):
    given = rules(f"any_of: [cv]\nif_unknown: {if_unknown}\nwhen: {{citizenship: UA}}")
    found = find(filed(part()), given, people=[JOB])
    assert [f.outcome for f in found] == outcomes
    assert all(f.field == "citizenship" for f in found if f.outcome is Outcome.UNASSESSABLE)


FORBIDDEN = """\
forbidden:
  - id: gammel
    title: Gammel
    types: [straffeattest]
    when: {document_age_days: {at_least: 183}}
"""


def forbidden(archive, people=(JOB, OTTOS), cases=CASES):
    found = find(archive, rules(forbidden=FORBIDDEN), people, cases)
    return [(f.employment.employment_id, f.evidence) for f in found if f.outcome is Outcome.FORBIDDEN]


def test_forbidden_by_type_and_age():
    old = part("straffeattest", AS_OF - dt.timedelta(183))
    young = part("straffeattest", AS_OF - dt.timedelta(182))
    copy = dataclasses.replace(old, status=Status.DUPLICATE, duplicate_of="DN1#1")
    assert forbidden(filed(old, young, copy, part("straffeattest", None))) == [("1", "DN1#1"), ("1", "DN3#1")]
    assert forbidden(filed(review("straffeattest", dated=HIRED))) == []


def test_a_forbidden_part_is_reported_once_and_with_its_person():
    old = part("straffeattest", HIRED)
    twins = [JOB, dataclasses.replace(JOB, employment_id="9")]
    assert forbidden(filed(old), people=twins) == [("1", "DN1#1")]
    astray = dataclasses.replace(old, misfiled=True)
    assert forbidden(filed(astray, case="O")) == [("1", "DO1#1")]


def test_findings_come_in_the_order_of_roster_and_rules():
    found = find([], load_rules(None))
    order = {rule.id: n for n, rule in enumerate(load_rules(None).requirements)}
    places = [(f.employment.employment_id, order[f.requirement]) for f in found]
    assert places == sorted(places)
    assert len(set(places)) == len(places)


# ---------------------------------------------------------------- what must hold of every archive

CODES = st.sampled_from(["cv", "koersel", "mus"])
DATES = st.none() | st.dates(dt.date(1999, 1, 1), AS_OF)
SOLID = st.builds(
    lambda code, dated, cpr, more, status, until: part(
        code,
        dated,
        cpr,
        candidates=(code, *more),
        status=status,
        misfiled=cpr is OTTO,
        valid_until=until,
        duplicate_of="D0#1" if status is Status.DUPLICATE else "",
    ),
    CODES,
    DATES,
    st.sampled_from([NANCY, NANCY, OTTO, None]),
    st.lists(CODES, max_size=1),
    st.sampled_from([Status.ACCEPTED, Status.ACCEPTED, Status.REVIEW, Status.DUPLICATE]),
    DATES,
)
PARTS = st.one_of(SOLID, SOLID, st.just(unreadable(1, Reason.DAMAGED)))
ARCHIVES = st.lists(st.tuples(PARTS, st.sampled_from(["N", "A", "O", ""])), max_size=7).map(
    lambda some: [
        Filed(f"D{n}", case, {"N": NANCY, "A": NANCY, "O": OTTO}.get(case), p) for n, (p, case) in enumerate(some)
    ]
)
PEOPLE = st.sampled_from([(JOB, OTTOS), (OLD, JOB, OTTOS), (OLD, dataclasses.replace(JOB, case_id=""), OTTOS)])
RULES = st.sampled_from(
    [
        rules(),
        rules(DUE),
        rules(YEARLY),
        rules("all_of: [cv, koersel]\nvalid: until_stated"),
        rules("any_of: [cv, koersel]\nper: person"),
        rules("any_of: [cv]\ndated: {around: hired, days_before: 100, days_after: 100}"),
    ]
)
ALL_CASES = {"N": NANCY, "A": NANCY, "O": OTTO}


def outcomes(archive, given, people):
    return {f.employment.employment_id: f.outcome for f in find(archive, given, people, ALL_CASES)}


@settings(deadline=None)
@given(ARCHIVES, RULES, PEOPLE, st.sampled_from(["N", "A", "O"]))
def test_something_unread_makes_nothing_missing(archive, given, people, case):
    before = outcomes(archive, given, people)
    unread = Filed("X", case, ALL_CASES[case], unreadable(1, Reason.DAMAGED))
    for employment, outcome in outcomes([*archive, unread], given, people).items():
        if outcome in {Outcome.MISSING, Outcome.EXPIRED}:
            assert before[employment] is outcome


@settings(deadline=None)
@given(ARCHIVES, RULES, PEOPLE)
def test_nothing_is_missing_on_a_case_with_something_unread(archive, given, people):
    unread = [Filed(f"X{c}", c, cpr, unreadable(1, Reason.DAMAGED)) for c, cpr in ALL_CASES.items()]
    found = outcomes([*archive, *unread], given, people).values()
    assert not {Outcome.MISSING, Outcome.EXPIRED} & set(found)


@settings(deadline=None)
@given(ARCHIVES, RULES, PEOPLE, st.data())
def test_taking_a_document_away_fulfils_nothing(archive, given, people, data):
    kept = [item for item in archive if data.draw(st.booleans())]
    before = outcomes(archive, given, people)
    for employment, outcome in outcomes(kept, given, people).items():
        if outcome is Outcome.FULFILLED:
            assert before[employment] is Outcome.FULFILLED


@settings(deadline=None)
@given(ARCHIVES, RULES, PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(archive, given, people, random):
    shuffled = random.sample(archive, len(archive))
    assert find(shuffled, given, people, ALL_CASES) == find(archive, given, people, ALL_CASES)


@settings(deadline=None)
@given(ARCHIVES, RULES, PEOPLE)
def test_confidence_is_a_probability_and_evidence_exists(archive, given, people):
    refs = {item.ref for item in archive} | {""}
    for finding in find(archive, given, people, ALL_CASES):
        assert 0 <= finding.confidence <= 1
        assert finding.evidence in refs
        assert str(finding.employment.cpr.digits) not in repr(finding)
