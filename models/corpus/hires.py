"""The employments of an invented municipality: who, where, since when, and what happened since."""

import datetime as dt
from dataclasses import dataclass, field, replace
from random import Random

from models.corpus.employers import Term, draw_home, draw_term
from models.corpus.people import Person, draw_day, draw_person

TODAY = dt.date(2026, 10, 30)
"""The day on which the archive is exported."""
_FREE_MOVEMENT = """DK FI IS NO SE AT BE BG HR CY CZ EE FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES
LI CH"""
_FREE = frozenset(_FREE_MOVEMENT.split())
_SICK_RULE = dt.date(2010, 1, 4)  # since then a sickness-absence interview is due
_LOCAL_PAY = dt.date(1998, 4, 1)
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules ask about an employment; None where it did not happen.

    Attributes:
        sick, leave, injured, changed: dates of the events, where there were any.
        fixed_until: end of a fixed term. why_left: code of the roster field `fratraedelsesaarsag`.
    """

    local_pay: bool = False
    high_rate: bool = False
    senior: bool = False
    leads: bool = False
    side_job: bool = False
    sick: tuple[dt.date, dt.date] | None = None
    leave: dt.date | None = None
    injured: dt.date | None = None
    injury_days: int = 0
    changed: dt.date | None = None
    fixed_until: dt.date | None = None
    why_left: str = ""


@dataclass(frozen=True, slots=True)
class Hire:
    """One employment of one person.

    Attributes:
        case_id: its personnel case; empty when nobody opened one.
        listed: whether payroll knows it.
    """

    person: Person = field(repr=False)
    term: Term = field(repr=False)
    facts: Facts
    case_id: str
    listed: bool = True

    @property
    def end(self) -> dt.date:
        """Last day so far."""
        return self.term.left or TODAY

    @property
    def needs_permit(self) -> bool:
        """Whether the person is a citizen of a third country."""
        return self.person.country not in _FREE


def draw_hires(employees: int, rng: Random) -> list[Hire]:
    """Return the employments of this many people, and a few of people whom payroll does not know."""
    home = draw_home(rng)
    leaders: dict[str, str] = {}
    strangers = max(1, employees // 40)
    without_case = set(rng.sample(range(employees), max(1, employees // 30))) if employees > 1 else set()
    hires: list[Hire] = []
    seen: set[str] = set()
    for number in range(employees + strangers):
        person, terms = _draw_terms(rng, home, foreign=number % 12 == 5)
        while person.cpr.digits in seen:
            person, terms = _draw_terms(rng, home, foreign=number % 12 == 5)
        seen.add(person.cpr.digits)
        for term in terms if number % 14 == 9 else terms[:1]:
            leader = leaders.setdefault(term.place, draw_person(rng, foreign=0.03).name)
            known = replace(term, leader=leader, number=f"{len(hires) * 97 % 90000 + 10000}")
            case_id = "" if number in without_case else _case_id(rng, len(hires), term)
            facts = draw_facts(rng, person, known)
            hires.append(Hire(person, known, facts, case_id, listed=number < employees))
    return hires


def _case_id(rng: Random, number: int, term: Term) -> str:
    opened = max(term.hired.year, rng.randrange(2008, 2012))  # electronic cases came after the paper files
    return f"81.03.00-G01-{number * 7 + 11}-{opened % 100:02}"


def _draw_terms(rng: Random, home: str, *, foreign: bool) -> tuple[Person, tuple[Term, Term]]:
    """Return a person with two employments, one after the other or side by side."""
    old = rng.random() < 0.36
    hired = (
        draw_day(rng, dt.date(1983, 1, 2), dt.date(2007, 12, 1))
        if old
        else draw_day(rng, dt.date(2008, 1, 2), TODAY - 60 * _DAY)
    )
    left = draw_day(rng, hired + 200 * _DAY, TODAY) if rng.random() < 0.28 and hired < TODAY - 300 * _DAY else None
    until = left or TODAY
    oldest = max(66 - (until.year - hired.year), 20)
    born_year = hired.year - rng.randrange(19, max(20, min(52, oldest)) + 1)
    born = draw_day(rng, dt.date(born_year, 1, 2), dt.date(born_year, 12, 30))
    person = draw_person(rng, born, foreign=1.0 if foreign else 0.04)
    while foreign and person.country in _FREE:
        person = draw_person(rng, born, foreign=1.0)
    first = draw_term(rng, hired, left, "", home)
    again = draw_day(rng, hired + 100 * _DAY, TODAY - 30 * _DAY)
    second = replace(draw_term(rng, again, None, "", home), former=first.former)
    return person, (first, second)


def draw_facts(rng: Random, person: Person, term: Term) -> Facts:
    """Return what happened in an employment, as likely as it is."""
    end = term.left or TODAY
    long_enough = (end - term.hired).days > 700

    def event(chance: float, first: dt.date) -> dt.date | None:
        start = max(first, term.hired + 120 * _DAY)
        return draw_day(rng, start, end - 70 * _DAY) if rng.random() < chance and start < end - 80 * _DAY else None

    sick = event(0.2, _SICK_RULE)
    injured = event(0.1, term.hired)
    monthly = term.post.form in {"overenskomst_maanedsloen", "tjenestemand"}
    fertile = [y for y in range(term.hired.year + 1, end.year) if 24 <= y - person.born.year <= 41]
    leave = dt.date(rng.choice(fertile), rng.randrange(1, 13), 15) if fertile and rng.random() < 0.3 else None
    fixed = term.left is None and term.hired > TODAY - 900 * _DAY and rng.random() < 0.25
    return Facts(
        local_pay=monthly and term.hired >= _LOCAL_PAY and rng.random() < 0.5,
        high_rate=rng.random() < 0.12,
        senior=monthly and term.left is None and TODAY.year - person.born.year >= 60 and rng.random() < 0.5,
        leads=rng.random() < 0.06,
        side_job=rng.random() < 0.05,
        sick=(sick, sick + rng.randrange(9, 140) * _DAY) if sick else None,
        leave=leave,
        injured=injured,
        injury_days=rng.randrange(0, 30) if injured else 0,
        changed=event(0.35, dt.date(1993, 7, 1)) if long_enough else None,
        fixed_until=term.hired + rng.randrange(180, 720) * _DAY if fixed else None,
        why_left=_why_left(rng, person, term) if term.left else "",
    )


def _why_left(rng: Random, person: Person, term: Term) -> str:
    if term.left and term.left.year - person.born.year >= 62:
        return "pension"
    return rng.choice(
        (
            "egen_opsigelse",
            "egen_opsigelse",
            "egen_opsigelse",
            "uansoegt_afsked",
            "aftale",
            "tidsbegraenset_udloeb",
            "andet",
        )
    )
