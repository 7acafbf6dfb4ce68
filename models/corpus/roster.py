"""The payroll list of an archive, in the columns of the roster contract and the fields of the rules."""

import datetime as dt
from random import Random

from models.corpus.hires import Hire

COLUMNS = (
    "cpr",
    "name",
    "hired",
    "left",
    "employment_id",
    "email",
    "unit",
    "manager",
    "manager_email",
    "position",
    "position_group",
    "employment_form",
    "citizenship",
    "case_id",
    "boern_under_15",
    "ugentlige_timer",
    "arbejdssted_type",
    "lokale_loentillaeg",
    "koersel_hoej_sats",
    "seniorordning",
    "er_leder",
    "bibeskaeftigelse_oplyst",
    "foerste_sygedag",
    "sidste_sygedag",
    "orlov_start",
    "arbejdsskade_dato",
    "arbejdsskade_fravaer_dage",
    "vilkaarsaendring_dato",
    "tidsbegraenset_til",
    "fratraedelsesaarsag",
    "varighed_dage",
)
_OFTEN_EMPTY = ("boern_under_15", "position_group", "citizenship", "email", "case_id", "ugentlige_timer")
_EMPTY_SHARE = 0.03


def roster_row(hire: Hire, rng: Random) -> dict[str, str]:
    """Return one row of the roster; now and then payroll does not know a field."""
    row = {**_person(hire), **_events(hire)}
    for name in _OFTEN_EMPTY:
        if rng.random() < _EMPTY_SHARE:
            row[name] = ""
    return row


def _person(hire: Hire) -> dict[str, str]:
    person, term = hire.person, hire.term
    return {
        "cpr": person.cpr.written,
        "name": person.name,
        "hired": _day(term.hired),
        "left": _day(term.left),
        "employment_id": term.number,
        "email": _mailbox(person.name, term.number),
        "unit": term.place,
        "manager": term.leader,
        "manager_email": _mailbox(term.leader, ""),
        "position": term.post.title,
        "position_group": term.post.group,
        "employment_form": term.post.form,
        "citizenship": person.country,
        "case_id": hire.case_id,
        "boern_under_15": term.post.children,
        "ugentlige_timer": f"{term.hours:g}",
        "arbejdssted_type": term.post.kind,
    }


def _events(hire: Hire) -> dict[str, str]:
    facts, term = hire.facts, hire.term
    until = term.left or facts.fixed_until
    return {
        "lokale_loentillaeg": _yes(on=facts.local_pay),
        "koersel_hoej_sats": _yes(on=facts.high_rate),
        "seniorordning": _yes(on=facts.senior),
        "er_leder": _yes(on=facts.leads),
        "bibeskaeftigelse_oplyst": _yes(on=facts.side_job),
        "foerste_sygedag": _day(facts.sick[0] if facts.sick else None),
        "sidste_sygedag": _day(facts.sick[1] if facts.sick else None),
        "orlov_start": _day(facts.leave),
        "arbejdsskade_dato": _day(facts.injured),
        "arbejdsskade_fravaer_dage": str(facts.injury_days) if facts.injured else "",
        "vilkaarsaendring_dato": _day(facts.changed),
        "tidsbegraenset_til": _day(facts.fixed_until),
        "fratraedelsesaarsag": facts.why_left,
        "varighed_dage": str((until - term.hired).days) if until else "",
    }


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _yes(*, on: bool) -> str:
    return "ja" if on else "nej"


def _mailbox(name: str, number: str) -> str:
    plain = name.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa").replace(" ", ".")
    return f"{plain.encode('ascii', 'ignore').decode()}{number}@kommune.example".replace("..", ".")
