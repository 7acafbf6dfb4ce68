"""The scene of one document: who, employed where, on what day, and everything a template may ask for."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from models.corpus import words
from models.corpus.employers import Employer, Term, draw_employer, draw_term
from models.corpus.people import Person, draw_day, draw_person

_DATED = (
    "dato",
    "ansat",
    "fratraadt",
    "frist",
    "fra_dato",
    "til_dato",
    "gyldig_til",
    "skadedato",
    "terminsdato",
    "sygedag",
)
_NAMES = """navn fornavn efternavn cpr cpr_uden foedt adresse postnr by telefon email kontonr partner barn
barn_cpr nationalitet pasnr regnr kommune kommune_adresse kommune_tlf kommune_email forvaltning
enhed leder leder_titel sagsbehandler organisation tr tjenestenr sagsnr journalnr stilling
overenskomst timer loentrin grundloen tillaeg_beloeb maanedsloen pension_selskab pension_pct
anciennitet_dato anciennitet_dato_kort anciennitet_dato_punkt aar forrige_aar naeste_aar maaned
klokken kollega kollega2 anden_person tidl_arbejdsgiver tidl_leder skole uddannelse karakter fag1
fag2 fag3 kursus kursusudbyder kursustimer laege laege_adresse aut_id faggruppe beloeb antal_dage
firma foedt_kort foedt_punkt"""
SLOTS = frozenset(_NAMES.split()) | {f"{name}{form}" for name in _DATED for form in ("", "_kort", "_punkt")}
_PLATES = "ABCDEKLMNPRSTUVXYZ"


@dataclass(frozen=True, slots=True)
class Scene:
    """Who and when, and the words for every slot.

    Attributes:
        date: what `{dato}` prints. valid_until: what `{gyldig_til}` prints.
        slots: slot name to text.
    """

    person: Person
    term: Term
    date: dt.date
    valid_until: dt.date
    slots: dict[str, str]


def make_scene(rng: Random, person: Person, term: Term, date: dt.date, *, valid_until: dt.date | None = None) -> Scene:
    """Return the scene of one document about this person and employment, dated `date`."""
    employer = draw_employer(rng, date.year, term.home, term.former)
    valid_until = valid_until or date + dt.timedelta(days=rng.choice((365, 365, 730, 1095, 180)))
    slots = {
        **_person(rng, person),
        **_employer(rng, employer, term, date),
        **_terms(rng, term, date),
        **_dates(rng, term, date, valid_until),
        **_others(rng, person, term, date),
    }
    return Scene(person, term, date, valid_until, slots)


def draw_scene(rng: Random, era: tuple[int, int], *, foreign: float = 0.08) -> Scene:
    """Return a scene with a new person and employment, dated within the era."""
    date = draw_day(rng, dt.date(era[0], 1, 2), min(dt.date(era[1], 12, 30), dt.date(2026, 10, 30)))
    born = draw_day(rng, dt.date(date.year - 62, 1, 2), dt.date(date.year - 20, 12, 30))
    hired = draw_day(rng, max(date - dt.timedelta(days=4000), dt.date(1976, 1, 2)), date + dt.timedelta(days=40))
    left = draw_day(rng, date, date + dt.timedelta(days=200)) if rng.random() < 0.3 else None
    term = draw_term(rng, hired, left, draw_person(rng, foreign=0.03).name)
    return make_scene(rng, draw_person(rng, born, foreign=foreign), term, date)


def written(day: dt.date) -> dict[str, str]:
    """Return a day by form: long (''), `_kort` and `_punkt`.

    >>> written(dt.date(2011, 5, 3))
    {'': '3. maj 2011', '_kort': '03-05-2011', '_punkt': '03.05.11'}
    """
    return {
        "": f"{day.day}. {words.MONTHS[day.month - 1]} {day.year}",
        "_kort": f"{day:%d-%m-%Y}",
        "_punkt": f"{day:%d.%m.%y}",
    }


def _dated(name: str, day: dt.date) -> dict[str, str]:
    return {f"{name}{form}": text for form, text in written(day).items()}


def _phone(rng: Random) -> str:
    digits = f"{rng.randrange(20, 99)} {rng.randrange(10, 99)} {rng.randrange(10, 99)} {rng.randrange(10, 99)}"
    return digits if rng.random() < 0.8 else digits.replace(" ", "")


def _person(rng: Random, person: Person) -> dict[str, str]:
    child = draw_person(
        rng, draw_day(rng, dt.date(person.born.year + 24, 1, 2), dt.date(person.born.year + 34, 12, 30))
    )
    mail = f"{person.first.split()[0]}.{person.last.split()[-1]}".lower()
    for danish, plain in (("æ", "ae"), ("ø", "oe"), ("å", "aa")):
        mail = mail.replace(danish, plain)
    return {
        "navn": person.name,
        "fornavn": person.first.split()[0],
        "efternavn": person.last,
        "cpr": person.cpr.written,
        "cpr_uden": person.cpr.digits,
        **_dated("foedt", person.born),
        "adresse": person.address,
        "postnr": person.postcode,
        "by": person.town,
        "telefon": _phone(rng),
        "email": f"{mail.encode('ascii', 'ignore').decode()}@{rng.choice(words.MAIL_HOSTS)}",
        "kontonr": f"{rng.randrange(1000, 9999)} {rng.randrange(10**9, 10**10 - 1)}",
        "partner": f"{draw_person(rng).first} {person.last}",
        "barn": f"{child.first} {person.last}",
        "barn_cpr": child.cpr.written,
        "nationalitet": person.nationality,
        "pasnr": f"{rng.randrange(200000000, 219999999)}",
        "regnr": f"{''.join(rng.choices(_PLATES, k=2))} {rng.randrange(20, 99)} {rng.randrange(100, 999)}",
    }


def _employer(rng: Random, employer: Employer, term: Term, date: dt.date) -> dict[str, str]:
    return {
        "kommune": employer.name,
        "kommune_adresse": employer.address,
        "kommune_tlf": employer.phone,
        "kommune_email": employer.email,
        "forvaltning": employer.department,
        "enhed": term.place,
        "leder": term.leader,
        "leder_titel": term.post.leader,
        "sagsbehandler": draw_person(rng, foreign=0.02).name,
        "organisation": term.post.union,
        "tr": draw_person(rng, foreign=0.03).name,
        "tjenestenr": term.number,
        "sagsnr": f"81.03.00-G01-{rng.randrange(1, 9000)}-{date.year % 100:02}",
        "journalnr": f"{rng.randrange(10, 99)}.{rng.randrange(10, 99)}-{date.year % 100:02}/{rng.randrange(100, 9999)}",
    }


def _crowns(amount: float, *, cents: bool = False) -> str:
    whole = f"{amount:,.2f}" if cents else f"{amount:,.0f}"
    return whole.replace(",", " ").replace(".", ",").replace(" ", ".")


def _terms(rng: Random, term: Term, date: dt.date) -> dict[str, str]:
    inflation = 0.35 + 0.65 * (date.year - 1980) / 46
    return {
        "stilling": term.post.title if rng.random() < 0.5 else term.post.title.lower(),
        "overenskomst": term.post.agreement,
        "timer": f"{term.hours:g}".replace(".", ","),
        "loentrin": f"{rng.randrange(11, 50)}",
        "grundloen": _crowns(rng.randrange(190, 420) * 1000),
        "tillaeg_beloeb": _crowns(rng.choice((3000, 4500, 5000, 6300, 8000, 10000, 12500, 15000, 18500, 24000))),
        "maanedsloen": _crowns(rng.uniform(21000, 48000) * inflation, cents=True),
        "pension_selskab": rng.choice(words.FUNDS),
        "pension_pct": rng.choice(("12,6", "13,15", "14,0", "15,0", "17,3", "18,06", "16,71")),
        **_dated("anciennitet_dato", draw_day(rng, term.hired - dt.timedelta(days=4000), term.hired)),
    }


def _dates(rng: Random, term: Term, date: dt.date, valid_until: dt.date) -> dict[str, str]:
    start = date + dt.timedelta(days=rng.randrange(-20, 60))
    left = term.left or date + dt.timedelta(days=rng.randrange(20, 120))
    day = dt.timedelta(days=1)
    return {
        **_dated("dato", date),
        **_dated("ansat", term.hired),
        **_dated("fratraadt", left),
        **_dated("frist", date + rng.randrange(8, 30) * day),
        **_dated("fra_dato", start),
        **_dated("til_dato", start + rng.randrange(20, 400) * day),
        **_dated("gyldig_til", valid_until),
        **_dated("skadedato", date - rng.randrange(1, 14) * day),
        **_dated("terminsdato", date + rng.randrange(60, 160) * day),
        **_dated("sygedag", date - rng.randrange(8, 28) * day),
        "aar": f"{date.year}",
        "forrige_aar": f"{date.year - 1}",
        "naeste_aar": f"{date.year + 1}",
        "maaned": words.MONTHS[date.month - 1],
        "klokken": f"{rng.randrange(8, 16)}.{rng.choice(('00', '15', '30', '45'))}",
    }


def _others(rng: Random, person: Person, term: Term, date: dt.date) -> dict[str, str]:
    new_scale = date.year >= 2007
    grades = ("02", "4", "7", "10", "12") if new_scale else ("6", "7", "8", "9", "10", "11")
    subjects = rng.sample(words.SUBJECTS, 3)
    former = draw_employer(rng, min(date.year, term.hired.year))
    return {
        "kollega": draw_person(rng).name,
        "kollega2": draw_person(rng).name,
        "anden_person": draw_person(rng).name,
        "tidl_arbejdsgiver": rng.choice((former.name, rng.choice(words.FIRMS))),
        "tidl_leder": draw_person(rng, foreign=0.03).name,
        "skole": rng.choice(words.SCHOOLS if new_scale else words.OLD_SCHOOLS),
        "uddannelse": term.post.education,
        "karakter": rng.choice(grades),
        "fag1": subjects[0],
        "fag2": subjects[1],
        "fag3": subjects[2],
        "kursus": rng.choice(words.COURSES),
        "kursusudbyder": rng.choice(words.PROVIDERS),
        "kursustimer": f"{rng.choice((3, 6, 7, 12, 14, 21, 30, 37, 74, 111))}",
        "laege": f"{rng.choice(('Læge ', '', 'Dr. '))}{draw_person(rng, foreign=0.1).name}",
        "laege_adresse": f"{rng.choice(words.CLINICS)}, {draw_person(rng).address}, {person.postcode} {person.town}",
        "aut_id": "".join(rng.choice("0123456789BCDFGHJKLMNPRSTVWXZ") for _ in range(5)),
        "faggruppe": term.post.health or "Sygeplejerske",
        "beloeb": _crowns(rng.randrange(300, 60000)),
        "antal_dage": f"{rng.randrange(1, 26)}",
        "firma": rng.choice(words.FIRMS),
    }
