"""Invented people with CPR numbers that nobody has.

Numbers are drawn so that they can never have been issued: modulus 11 fails, and the birth date is
not 1 January, the only day on which numbers without check digit are issued (DOMAIN.md, section 4).
"""

import datetime as dt
from dataclasses import dataclass
from random import Random

from models.corpus import names
from sagstjek.cpr import Cpr

_FLOORS = ("", "", "", ", 2. th.", "B", ", st. tv.")


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person."""

    first: str
    last: str
    cpr: Cpr
    born: dt.date
    woman: bool
    country: str
    nationality: str
    address: str
    postcode: str
    town: str

    @property
    def name(self) -> str:
        """First name and surname."""
        return f"{self.first} {self.last}"


def draw_cpr(born: dt.date, rng: Random, *, woman: bool, replacement: bool = False) -> Cpr:
    """Return a number for this birth date that was never issued: modulus 11 fails."""
    if (born.day, born.month) == (1, 1):
        born = born.replace(day=2)
    seventh = "0123" if born.year < 2000 else "5678" if born.year > 2036 else "456789"
    day = born.day + 60 if replacement else born.day
    while True:
        last = 2 * int(rng.random() * 5) + (0 if woman else 1)
        cpr = Cpr(f"{day:02}{born:%m%y}{rng.choice(seventh)}{rng.randrange(100):02}{last}")
        if not cpr.passes_modulus_11:
            return cpr


def draw_person(rng: Random, born: dt.date | None = None, *, foreign: float = 0.08) -> Person:
    """Return a person; `foreign` is the probability of a citizenship other than Danish."""
    woman = rng.random() < 0.72
    born = born or draw_day(rng, dt.date(1948, 1, 2), dt.date(2002, 12, 30))
    if (born.day, born.month) == (1, 1):
        born = born.replace(day=2)
    country, nationality = "DK", "dansk"
    abroad = rng.random() < foreign
    if abroad:
        country, nationality = rng.choice(names.THIRD if rng.random() < 0.7 else names.FREE)
    first, last = _names(rng, woman=woman, abroad=abroad or rng.random() < 0.03)
    return Person(
        first,
        last,
        draw_cpr(born, rng, woman=woman, replacement=rng.random() < (0.15 if abroad else 0.005)),
        born,
        woman,
        country,
        nationality,
        f"{rng.choice(names.STREETS)} {rng.randrange(1, 180)}{rng.choice(_FLOORS)}",
        f"{rng.randrange(2600, 9990)}",
        rng.choice(names.TOWNS),
    )


def _names(rng: Random, *, woman: bool, abroad: bool) -> tuple[str, str]:
    if abroad:
        first = rng.choice(names.FOREIGN_WOMEN if woman else names.FOREIGN_MEN)
        return first.replace("-", " "), rng.choice(names.FOREIGN_SURNAMES)
    pool = names.WOMEN if woman else names.MEN
    first, last = rng.choice(pool), rng.choice(names.SURNAMES)
    match int(rng.random() * 10):
        case 0 | 1:
            first = f"{first} {rng.choice(pool)[0]}."
        case 2 | 3:
            last = f"{rng.choice(names.SURNAMES)} {last}"
        case 4:
            last = f"{rng.choice(names.SURNAMES)}-{last}"
        case 5:
            first = f"{first} {rng.choice(pool).split('-')[0]}"
        case _:
            pass
    return first, last


def draw_day(rng: Random, first: dt.date, last: dt.date) -> dt.date:
    """Return a day from `first` to `last`, both included; `first` when the range is empty."""
    return first + dt.timedelta(days=int(rng.random() * (max((last - first).days, 0) + 1)))
