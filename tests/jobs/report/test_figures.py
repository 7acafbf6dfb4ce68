"""What the figures count, and that they add up."""

from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.report.figures import Placing, make_figures
from jobs.report.tally import Tally
from sagstjek.findings import Outcome
from sagstjek.requirements import Severity
from sagstjek.shapes import Reason, Status
from tests.jobs.report.found import DAY, RULES, employment, finding, small_audit


def small():
    people, findings, readings = small_audit()
    return make_figures(people, findings, RULES, readings, DAY)


def test_population():
    population = small().population
    assert (population.employments, population.people, population.cases) == (3, 3, 4)
    assert (population.documents, population.loose, population.parts) == (5, 1, 7)
    assert (population.pages, population.pages_read, population.size) == (10, 4, 5000)


def test_open_is_never_a_gap():
    tally = small().overall
    assert (tally.assessed, tally.fulfilled, tally.gaps, tally.open) == (5, 1, 4, 2)
    assert (tally.share.right, tally.share.total) == (1, 5)
    assert tally.span == (1 / 7, 3 / 7)
    assert Tally(uncertain=3).share.total == 0


def test_requirements_stand_in_the_order_of_the_rules_with_their_worst_units():
    lines = small().requirements
    assert [line.key for line in lines] == ["brev", "attest", "mus", "ingen"]
    assert lines[1].units == (("", 1), ("Skolen", 1))
    assert lines[3].tally == Tally()


def test_severities():
    critical, major, minor = small().weights
    assert (critical.severity, critical.tally.gaps, critical.employments) == (Severity.CRITICAL, 2, 2)
    assert (major.tally.gaps, major.forbidden, minor.tally.gaps) == (1, 1, 1)


def test_unread_and_why():
    figures = small()
    found = {one.reason: (one.documents, one.parts) for one in figures.unread}
    assert found == {Reason.ENCRYPTED: (1, 0), Reason.NOT_FOUND: (1, 0), Reason.UNSUPPORTED: (0, 1)}
    formats = {one.media: (one.documents, one.unread, one.partly) for one in figures.formats}
    assert formats == {"pdf": (3, 0, 1), "docx": (1, 1, 0), "": (1, 1, 0)}


def test_cases_and_people_that_do_not_meet():
    assert small().placing == Placing(misfiled=1, without_case=1, strangers=1, nameless=1)


def test_certainty():
    certainty = small().certainty
    assert dict(certainty.parts) == {
        Status.ACCEPTED: 3,
        Status.REVIEW: 1,
        Status.UNREADABLE: 3,
        Status.DUPLICATE: 0,
    }
    assert round(certainty.false_gaps.value, 6) == 0.1


def test_a_small_unit_is_not_worst_by_chance():
    large = [
        finding(employment(n, "Stor"), "brev", Outcome.MISSING if n < 30 else Outcome.FULFILLED) for n in range(60)
    ]
    lone = [finding(employment(99, "Lille"), "brev", Outcome.MISSING)]
    figures = make_figures([], large + lone, RULES, [], DAY)
    assert [line.key for line in figures.units] == ["Stor", "Lille"]


def test_many_hiring_years_are_shown_by_five():
    people = [employment(n, year=1980 + n) for n in range(40)]
    figures = make_figures(people, [finding(one, "brev", Outcome.MISSING) for one in people], RULES, [], DAY)
    assert [line.key for line in figures.years][:2] == ["1980–1984", "1985–1989"]


HELD = st.builds(
    lambda n, unit, group, year, rule, outcome: finding(
        employment(n, unit, year=year, position_group=group), rule, outcome
    ),
    st.integers(0, 20),
    st.sampled_from(["", "A", "B", "C"]),
    st.sampled_from(["", "Lærer"]),
    st.integers(1970, 2026),
    st.sampled_from(["brev", "attest", "mus"]),
    st.sampled_from([outcome for outcome in Outcome if outcome is not Outcome.FORBIDDEN]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(HELD, max_size=60))
def test_every_division_adds_up_to_the_whole(findings):
    figures = make_figures([one.employment for one in findings], findings, RULES, [], DAY)
    assert figures.overall.total == len(findings)
    for lines in (figures.requirements, figures.units, figures.groups, figures.years, figures.weights):
        for name in Tally.__slots__:
            assert sum(getattr(line.tally, name) for line in lines) == getattr(figures.overall, name)
    low, high = figures.overall.span
    assert low <= high
    assert sum(count for line in figures.requirements for _, count in line.units) <= figures.overall.gaps
