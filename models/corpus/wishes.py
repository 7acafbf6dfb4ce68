"""Which documents belong on a case: those that the rules ask for, and those that pile up besides.

The rules are those of requirements.facts.yaml; the frequencies follow the table in DOMAIN.md, section 1.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from models.corpus.hires import TODAY, Hire
from models.corpus.people import draw_day

_DAY = dt.timedelta(days=1)
NO_PROOF = frozenset({"samtykke", "afvist"})
"""Kinds of a certificate that show a request, not the certificate."""
_CHILDREN_RULE = {"direkte_kontakt": dt.date(2005, 7, 1), "faerdes_fast": dt.date(2012, 7, 1)}
_MONTHLY = frozenset({"overenskomst_maanedsloen", "tjenestemand"})
_SCHOOLED = frozenset({"uddannelseskrav", "boern_direkte", "sundhed_autoriseret"})
_FOR_EU = frozenset({"registreringsbevis_eu"})
_TENURED = frozenset({"tjenestemand", "foelgeskrivelse"})


@dataclass(frozen=True, slots=True)
class Wish:
    """A document that should come to be.

    Attributes:
        prefer: kinds of template to take where there are some. refuse: kinds never to take.
        due: last day on which it is in time, where there is one.
    """

    type: str
    date: dt.date
    valid_until: dt.date | None = None
    prefer: frozenset[str] = frozenset()
    refuse: frozenset[str] = frozenset()
    due: dt.date | None = None


def required(hire: Hire, rng: Random) -> list[Wish]:
    """Return the documents that the rules ask for in this employment, all in time."""
    return [*_hiring(hire, rng), *_pay(hire, rng), *_events(hire, rng), *_leaving(hire, rng)]


def _before(rng: Random, day: dt.date, least: int, most: int) -> dt.date:
    return day - rng.randrange(least, most + 1) * _DAY


def _hiring(hire: Hire, rng: Random) -> Iterator[Wish]:
    term, person, hired = hire.term, hire.person, hire.term.hired
    if term.post.form == "elev":
        yield Wish("uddannelsesaftale", _before(rng, hired, 3, 40), due=hired)
    else:
        tenured = term.post.form == "tjenestemand"
        special = {"timeloen": {"timeloen"}, "tjenestemand": _TENURED}.get(term.post.form, set())
        prefer = frozenset({"tidsbegraenset"} if hire.facts.fixed_until else special)
        refuse = frozenset() if tenured else _TENURED
        yield Wish("ansaettelsesbrev", _before(rng, hired, -5, 40), None, prefer, refuse, hired + 7 * _DAY)
    since = _CHILDREN_RULE.get(term.post.children)
    if since and hired >= since and (hire.end - hired).days > 90:
        kind = "boerneattest" if rng.random() < 0.85 else "attestnotat"
        clean = frozenset({"blank"} if rng.random() < 0.94 else ())
        yield Wish(kind, _before(rng, hired, 3, 45), None, clean, NO_PROOF, hired)
    if term.post.health:
        yield Wish("autorisation", _before(rng, hired, 0, 30), due=hired)
    if term.post.group in _SCHOOLED and term.post.form != "elev":
        graduated = draw_day(rng, max(dt.date(person.born.year + 22, 6, 1), hired - 5000 * _DAY), hired - 20 * _DAY)
        yield Wish("eksamensbevis", min(graduated, hired))
    if hire.needs_permit:
        yield from _permits(hire, rng)
    if term.post.form in _MONTHLY and hired >= dt.date(2005, 1, 1):
        applied = _before(rng, hired, 20, 90)
        yield Wish("ansoegning", applied)
        yield Wish("cv", applied)


def _permits(hire: Hire, rng: Random) -> Iterator[Wish]:
    """Yield the first permit, and its renewal when the employment outlasts it."""
    until = hire.term.hired + rng.randrange(400, 1500) * _DAY
    first = _before(rng, hire.term.hired, 5, 60)
    yield Wish("arbejdstilladelse", first, until, frozenset(), _FOR_EU, hire.term.hired)
    if until < hire.end:
        renewed = max(_before(rng, hire.end, 30, 400), hire.term.hired)
        until = hire.end + rng.randrange(60, 900) * _DAY
        yield Wish("arbejdstilladelse", renewed, until, frozenset(), _FOR_EU)


def _pay(hire: Hire, rng: Random) -> Iterator[Wish]:
    term, hired = hire.term, hire.term.hired
    due = hired + 90 * _DAY
    if hire.facts.local_pay:
        yield Wish("loenaftale", min(_before(rng, hired, -80, 0), hire.end), due=due)
    if term.post.form in _MONTHLY:
        yield Wish("loenindplacering", min(_before(rng, hired, -80, 0), hire.end), due=due)
    if term.post.form == "tjenestemand":
        yield Wish("pension", min(_before(rng, hired, -300, 0), hire.end))
    if hire.facts.high_rate:
        given = _before(rng, hire.end, 10, 300)
        yield Wish("koersel", max(given, hired), given + 365 * _DAY)
    if hire.facts.senior:
        yield Wish("seniorordning", max(_before(rng, hire.end, 30, 700), hired))


def _events(hire: Hire, rng: Random) -> Iterator[Wish]:
    facts = hire.facts
    if facts.sick and (facts.sick[1] - facts.sick[0]).days > 28:
        first = facts.sick[0]
        yield Wish("sygefravaerssamtale", _before(rng, first, -27, -10), due=first + 28 * _DAY)
    if facts.leave:
        yield Wish("barsel", max(_before(rng, facts.leave, 35, 110), hire.term.hired), due=facts.leave - 28 * _DAY)
    if facts.injured:
        yield Wish("arbejdsskade", _before(rng, facts.injured, -14, -1), due=facts.injured + 15 * _DAY)
    if facts.changed:
        yield Wish("ansaettelsestillaeg", _before(rng, facts.changed, -20, 40), due=facts.changed + 31 * _DAY)
    if facts.side_job:
        yield Wish("bibeskaeftigelse", draw_day(rng, hire.term.hired, hire.end))


def _leaving(hire: Hire, rng: Random) -> Iterator[Wish]:
    left, why = hire.term.left, hire.facts.why_left
    if left is None or why in {"tidsbegraenset_udloeb", "doed"}:
        return
    given = max(_before(rng, left, 25, 100), hire.term.hired + 5 * _DAY)
    if why == "uansoegt_afsked":
        yield Wish("partshoering", max(given - rng.randrange(15, 40) * _DAY, hire.term.hired))
        yield Wish("afsked", given, due=left)
    else:
        yield Wish("opsigelse" if why in {"egen_opsigelse", "andet"} else "fratraedelse", given, due=left)


_OFTEN = {
    "andet": 2.4,
    "ansaettelsestillaeg": 2.2,
    "loenaftale": 1.6,
    "mus": 1.5,
    "laegeerklaering": 1.5,
    "kursusbevis": 1.5,
    "sygefravaerssamtale": 0.8,
    "barsel": 0.4,
    "pension": 0.7,
    "stamdata": 0.6,
    "straffeattest": 0.6,
    "loenseddel": 0.5,
    "tjenstlig_samtale": 0.5,
    "eksamensbevis": 0.4,
    "tavshedserklaering": 0.4,
    "ferie": 0.4,
    "legitimation": 0.3,
    "orlov": 0.3,
    "koersel": 0.2,
    "reference": 0.3,
    "stillingsopslag": 0.3,
    "partshoering": 0.15,
    "advarsel": 0.2,
    "arbejdsskade": 0.15,
    "bibeskaeftigelse": 0.15,
    "seniorordning": 0.1,
    "attestnotat": 0.1,
    "ansoegning": 0.3,
    "cv": 0.2,
    "uddannelsesaftale": 0.02,
}
"""How many of each type lie on a case besides those asked for, relative to one another."""
_START = "stamdata straffeattest tavshedserklaering legitimation reference stillingsopslag ansoegning cv"
_AT_START = frozenset(_START.split())
_LATE_IN_LIFE = 57


def draw_extra(hire: Hire, rng: Random, until: dt.date, without: frozenset[str]) -> Wish:
    """Return one more document that nobody asks for, dated not after `until`."""
    codes = [code for code in _OFTEN if code not in without]
    code = rng.choices(codes, [_OFTEN[c] for c in codes])[0]
    hired = hire.term.hired
    if code in _AT_START:
        return Wish(code, min(hired + rng.randrange(-60, 25) * _DAY, until))
    first = hired
    if code == "seniorordning":
        first = max(hired, dt.date(hire.person.born.year + _LATE_IN_LIFE, 1, 2))
    return Wish(code, draw_day(rng, min(first, until), until))


def too_late(wish: Wish, rng: Random) -> Wish:
    """Return the wish fulfilled after its deadline."""
    due = wish.due or wish.date
    return replace(wish, date=min(due + rng.randrange(8, 150) * _DAY, TODAY))


def run_out(wish: Wish, rng: Random) -> Wish:
    """Return the wish with a validity that is over."""
    until = TODAY - rng.randrange(20, 300) * _DAY
    return replace(wish, date=min(wish.date, until - 365 * _DAY), valid_until=until)
