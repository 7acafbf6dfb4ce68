"""Templates composed from fragments: another author for each, by a grammar of headings, openings, clauses and ends.

The fragments of every list are parted by hash, 70 to 30: a template of the unseen side holds no fragment, and
stands in no frame, that a template of the train side can hold.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from models.corpus.markup import STYLES, TRAIN_SHARE, Side, Template, check_markup
from sagstjek.errors import InputError, nearest

PER_SCHOOL: Final = 12
"""Templates that a school of authors composes for a type."""
SCHOOLS: Final = 4
"""Schools of authors on the train side; one is on the unseen side."""
_COMPOSED: Final = re.compile(r"(?<=-c[tu]\d)-\d+$")
_ROLES: Final = ("heading", "opening", "body", "table", "mention", "closing", "short")
ODD: Final = "odd"
"""The list of whole documents that somebody wrote in their own way: each is a template of its own."""
_ODD_STYLES: Final = ("letter", "letter", "mail", "slip")
_YEARS: Final = (1980, 2026)
_MOST_YEARS: Final = 14
_OWN_WORDS: Final = re.compile(r"\b(jeg|mig|min|mit|mine|undertegnede|i am|my)\b", re.IGNORECASE)
"""Words by which the employee speaks."""
_DRAFT, _STAMP, _QUOTED, _LATE_OPENING, _LONG = 0.05, 0.1, 0.3, 0.2, 0.3


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a document. `era` first and last year; `kind` the subtype that it decides, or empty."""

    text: str
    era: tuple[int, int] = _YEARS
    kind: str = ""


Fragments = Mapping[str, tuple[Fragment, ...]]


@dataclass(frozen=True, slots=True)
class Pool:
    """The fragments of one type that a school of authors writes with, and the frame they stand in.

    Attributes:
        school: from 0 within the side; no two schools of a type have a fragment of their own in common.
    """

    type: str
    side: Side
    school: int
    era: tuple[int, int]
    styles: Mapping[str, float]
    titles: tuple[Fragment, ...]
    own: Fragments
    frame: Fragments


def read_fragments(name: str, raw: Any) -> Fragments:
    """Return the lists of fragments of a file.

    Raises:
        InputError: it does not follow the markup; names the file, the list and the word.
    """
    lists = {key: value for key, value in raw.items() if key not in {"type", "era", "styles", "titles"}}
    return {
        role: tuple(_fragment(f"{name}, {role} {n}", item) for n, item in enumerate(items, 1))
        for role, items in lists.items()
    }


def _fragment(place: str, item: object) -> Fragment:
    entry: dict[str, Any] = item if isinstance(item, dict) else {"text": item}
    unknown = sorted(entry.keys() - {"text", "era", "kind"})
    if unknown:
        raise InputError(f"{place}: unknown key '{unknown[0]}'{nearest(unknown[0], ('text', 'era', 'kind'))}")
    text = str(entry.get("text", ""))
    check_markup(place, text.replace("{emne}", ""))
    era = entry.get("era", _YEARS)
    return Fragment(text, (int(era[0]), int(era[1])), str(entry.get("kind", "")))


def pools(name: str, raw: Any, frame: Fragments) -> Iterator[Pool]:
    """Yield the schools of authors of one type's file, side by side.

    Raises:
        InputError: something is wrong in the file, or it has too little for two sides.
    """
    missing = sorted({"type", "era", "styles", "titles", *_ROLES} - raw.keys())
    if missing:
        raise InputError(f"{name}: lacks {', '.join(missing)}")
    for style in raw["styles"]:
        if style not in STYLES:
            raise InputError(f"{name}: unknown style '{style}'{nearest(str(style), STYLES)}")
    titles = tuple(_fragment(f"{name}, title {n}", item) for n, item in enumerate(raw["titles"], 1))
    own = read_fragments(name, raw)
    for side, school in (*(("train", n) for n in range(SCHOOLS)), ("unseen", 0)):
        of = SCHOOLS if side == "train" else 1
        yield Pool(
            str(raw["type"]),
            "train" if side == "train" else "unseen",
            school,
            (int(raw["era"][0]), int(raw["era"][1])),
            {str(style): float(weight) for style, weight in raw["styles"].items()},
            _own_share(titles, side, school, of),
            {role: _own_share(items, side, school, of) for role, items in own.items()},
            {role: _own_share(items, side, 0, 1) for role, items in frame.items()},
        )


def _own_share(items: Sequence[Fragment], side: str, school: int, of: int) -> tuple[Fragment, ...]:
    """Return what a school has of some fragments: those with the lowest hashes train; the empty one is everybody's."""
    ranked = sorted(
        {item.text for item in items if item.text}, key=lambda text: hashlib.sha256(text.encode()).hexdigest()
    )
    cut = max(1, min(len(ranked) - 1, round(len(ranked) * TRAIN_SHARE)))
    texts = set((ranked[:cut] if side == "train" else ranked[cut:])[school::of] or ranked[:1])
    return tuple(item for item in items if not item.text or item.text in texts)


def school_of(template_id: str) -> str:
    """Return what a template has in common with others: the school that composed it, or itself alone.

    Templates of one school hold the same fragments, so one of them gives the others away.

    >>> school_of("advarsel-ct2-07"), school_of("advarsel-b07")
    ('advarsel-ct2', 'advarsel-b07')
    """
    return _COMPOSED.sub("", template_id)


def compose(pool: Pool, count: int) -> Iterator[Template]:
    """Yield this many templates, each as one author would write it; same pool, same templates."""
    school = f"{pool.side[0]}{pool.school}"
    for number in range(1, count + 1):
        author = _Author(pool, Random(f"compose {pool.type} {school} {number}"))
        yield author.template(f"{pool.type}-c{school}-{number:02}")
    for number, fragment in enumerate(pool.own.get(ODD, ()), 1):
        author = _Author(pool, Random(f"odd {pool.type} {school} {number}"))
        yield author.odd(f"{pool.type}-o{school}{number:02}", fragment)


class _Author:
    """One way of writing: a style, a time, and the fragments chosen for it."""

    def __init__(self, pool: Pool, rng: Random) -> None:
        self._pool, self._rng = pool, rng
        styles = list(pool.styles)
        self._style = rng.choices(styles, [pool.styles[style] for style in styles])[0]
        first, last = pool.era
        if self._style == "typewriter":
            last = max(first, min(last, 1999))
        elif self._style == "mail":
            first = min(last, max(first, 1999))
        year = rng.randint(first, last)
        self._era = (max(first, year - _MOST_YEARS // 2), min(last, year + _MOST_YEARS // 2))
        self._year = year
        self._kind = ""
        self._own_voice = False

    def template(self, name: str) -> Template:
        """Return the template."""
        lines = {
            "mail": self._mail,
            "minutes": self._minutes,
            "slip": self._slip,
            "telegram": self._slip,
            "form": self._form,
            "table": self._form,
            "register": self._form,
            "certificate": self._form,
            "card": self._form,
        }.get(self._style, self._letter)()
        text = "\n".join(line for line in lines if line)
        titles = self._pick(self._pool.titles, 5)
        return Template(name, self._pool.type, self._style, self._era, tuple(titles), text, self._kind, self._pool.side)

    def odd(self, name: str, fragment: Fragment) -> Template:
        """Return the template of a whole document that somebody wrote in their own way."""
        first, last = fragment.era
        self._year = self._rng.randint(first, last)
        self._era = (max(first, self._year - _MOST_YEARS), min(last, self._year + _MOST_YEARS))
        self._style = self._rng.choice([style for style in _ODD_STYLES if style != "mail" or self._year > 1998])
        self._kind = fragment.kind
        self._own_voice = _OWN_WORDS.search(fragment.text) is not None
        heads = {"mail": "mail_head", "letter": "letterhead", "slip": "dateline"}[self._style]
        subject = self._pick(self._pool.titles)[0]
        lines = [
            *(line.replace("{emne}", subject) for line in self._frame(heads, 0.7)),
            *self._frame("dateline", 0.4 if self._style == "letter" else 0),
            *self._frame("reference", 0.4),
            fragment.text,
            *self._frame("signoff", 0.5),
            *self._frame("footer", 0.2),
        ]
        text = "\n".join(line for line in lines if line)
        titles = tuple(self._pick(self._pool.titles, 5))
        return Template(name, self._pool.type, self._style, self._era, titles, text, self._kind, self._pool.side)

    # Pieces

    def _pick(self, fragments: Sequence[Fragment], count: int = 1) -> list[str]:
        """Return some fragments of the time and the subtype, each once; the era of the template shrinks to theirs."""
        suited = [f for f in fragments if f.kind in {"", self._kind}] or list(fragments)
        fitting = [f for f in suited if f.era[0] <= self._year <= f.era[1]]
        fitting = fitting or sorted(suited, key=self._years_off)[:1]
        chosen = self._rng.sample(fitting, min(count, len(fitting)))
        for fragment in chosen:
            first, last = max(self._era[0], fragment.era[0]), min(self._era[1], fragment.era[1])
            self._era = (first, last) if first <= last else self._era
        return [fragment.text for fragment in chosen]

    def _years_off(self, fragment: Fragment) -> int:
        return min(abs(fragment.era[0] - self._year), abs(fragment.era[1] - self._year))

    def _own(self, role: str, count: int = 1) -> list[str]:
        return self._pick(self._pool.own[role], count)

    def _frame(self, role: str, chance: float = 1.0) -> list[str]:
        own = f"{role}_own"
        role = own if self._own_voice and own in self._pool.frame else role
        return self._pick(self._pool.frame[role]) if self._rng.random() < chance else []

    def _decided(self, role: str) -> list[str]:
        """Return one fragment that decides what the document is, and note who speaks in it and the subtype it names."""
        fragments = self._pool.own[role]
        fitting = [f for f in fragments if f.era[0] <= self._year <= f.era[1]] or fragments
        decisive = self._rng.choice(fitting)
        self._kind = decisive.kind
        chosen = self._pick([decisive])
        self._own_voice = _OWN_WORDS.search(chosen[0]) is not None
        return chosen

    def _opening(self) -> list[str]:
        return self._decided("opening")

    def _heading(self, mark: str = "# ") -> list[str]:
        return [f"{mark}{line}" for line in self._own("heading")]

    def _clauses(self, low: int, high: int) -> list[str]:
        count = self._rng.randint(low, high)
        if self._rng.random() < _LONG:
            count += self._rng.randint(3, 8)
        clauses = self._own("body", count)
        if self._rng.random() < 0.4:
            clauses.insert(self._rng.randint(0, len(clauses)), *self._own("mention"))
        if self._rng.random() < 0.35:
            clauses += self._frame("filler")
        if len(clauses) > 7:
            clauses.insert(self._rng.randint(5, len(clauses) - 1), "===")
        return clauses

    def _signed(self) -> list[str]:
        return [*self._frame("signoff", 0.85), *self._frame("footer", 0.5)]

    def _marks(self) -> list[str]:
        """Return what may stand above everything: a stamp, or that it is a draft."""
        draft = ["^ UDKAST"] if self._rng.random() < _DRAFT else []
        return [*draft, *self._frame("stamp", _STAMP)]

    # Whole documents

    def _letter(self) -> list[str]:
        opening, clauses = self._opening(), self._clauses(1, 5)
        late = self._rng.random() < _LATE_OPENING and bool(clauses) and "===" not in clauses[:1]
        text = [*clauses[:1], *opening, *clauses[1:]] if late else [*opening, *clauses]
        table = self._own("table") if self._rng.random() < 0.3 else []
        spot = self._rng.randint(0, 2)
        head = [*self._frame("letterhead", 0.85), *self._frame("addressee", 0.6), *self._frame("dateline", 0.9)]
        if self._rng.random() < 0.2:
            self._rng.shuffle(head)
        return [
            *self._marks(),
            *head,
            *self._frame("reference", 0.7),
            *(self._heading() if self._rng.random() < 0.85 else []),
            *self._frame("greeting", 0.7),
            *(table if spot == 0 else []),
            *text,
            *(table if spot else []),
            *self._own("closing", self._rng.choice((0, 1, 1, 1, 2))),
            *self._signed(),
        ]

    def _mail(self) -> list[str]:
        short = self._rng.random() < 0.45
        text = self._decided("short") if short else [*self._opening(), *self._clauses(0, 3)]
        (subject,) = self._own("heading")
        heads = [line.replace("{emne}", subject) for line in self._frame("mail_head", 0.9)]
        return [
            *heads,
            *self._frame("greeting", 0.8),
            *text,
            *(self._own("closing") if not short and self._rng.random() < 0.5 else []),
            *self._frame("signoff", 0.8),
            *self._frame("quoted", _QUOTED),
        ]

    def _minutes(self) -> list[str]:
        opening = self._opening()
        points = self._own("heading", self._rng.choice((0, 0, 2, 3)))
        clauses = [line for line in self._clauses(2, 6) if line != "==="]
        numbered = [f"{n}. {line}" for n, line in enumerate(clauses, 1)] if self._rng.random() < 0.4 else clauses
        for n, point in enumerate(points[1:], 1):
            numbered.insert(min(n * 2, len(numbered)), f"## {point}")
        return [
            *self._marks(),
            *self._frame("letterhead", 0.4),
            *self._heading(),
            *self._frame("minutes_head", 0.9),
            *opening,
            *numbered,
            *self._own("closing"),
            *self._signed(),
        ]

    def _slip(self) -> list[str]:
        text = self._decided("short")
        return [
            *self._frame("letterhead", 0.3),
            *self._frame("dateline", 0.7),
            *self._frame("reference", 0.4),
            *text,
            *self._frame("signoff", 0.5),
            *self._frame("stamp", _STAMP),
        ]

    def _form(self) -> list[str]:
        opening = self._opening() if self._rng.random() < 0.75 else []
        tables = self._own("table", self._rng.choice((1, 1, 2, 2, 3)))
        return [
            *self._marks(),
            *self._frame("letterhead", 0.6),
            *(self._heading() if opening == [] or self._rng.random() < 0.9 else []),
            *self._frame("form_head", 0.55),
            *opening,
            *tables,
            *self._own("body", self._rng.choice((0, 0, 1, 2, 3))),
            *self._own("closing", self._rng.choice((0, 1, 1))),
            *self._frame("dateline", 0.7),
            *self._signed(),
        ]
