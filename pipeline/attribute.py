"""Whose is it? Closed world first: the case's CPR and the roster are known (DESIGN.md, section 3.6)."""

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.cpr_text import WrittenNumber, distance, find_numbers, looks_like_cpr
from pipeline.names import Words, find_name, name_tokens
from sagstjek.cpr import Cpr
from sagstjek.people import Employment
from sagstjek.shapes import CprBasis, Mention, Role

SURE: Final = 0.9
"""Score from which a mention alone may say that a document lies on the wrong case."""
_KNOWN: Final = 0.97
"""Score of a number that is somebody's on the roster."""
_BADLY_READ: Final = 4
"""Digits in which a bad scan of a number may differ from it."""
_PASSING: Final = re.compile(
    r"\b(barn(?:ets|et)?|børn|søn|datter|partner|ægtefælle|samlever|far|mor|pårørende|værge|leder(?:en)?|afdelingsleder|"
    r"institutionsleder|skoleleder|sagsbehandler|tillidsrepræsentant|tr|kollega|borger(?:en)?|elev(?:en)?|vidne|skadevolder|"
    r"bisidder|medansøger|ansøger nr|kontaktperson|child|spouse|læge|afsender|underskrevet af|v/)\b[^\n]{0,40}$",
    re.IGNORECASE,
)
_SUBJECT_NAME: Final = re.compile(
    r"(navn|navn og adresse|name|medarbejder(?:en)?|ansat(?:te)?|ansøger|vedr(?:ørende)?\.?|personalesag|kære|til|for|"
    r"undertegnede|"
    r"skadelidte|patient|indehaver|sikrede|medlem|at)\s*:?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class People:
    """Everybody on the roster, findable by CPR and by the halves of it. Picklable; small."""

    names: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict, repr=False)
    by_birth: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    by_serial: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    by_surname: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, employments: Iterable[Employment]) -> "People":
        """Return the index of these employments' people."""
        names: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for employment in employments:
            names[employment.cpr.digits].add(name_tokens(employment.name))
        return cls(
            {digits: tuple(sorted(some)) for digits, some in names.items()},
            _grouped((digits[:6], digits) for digits in names),
            _grouped((digits[6:], digits) for digits in names),
            _grouped((name[-1], digits) for digits, some in names.items() for name in some if len(name) > 1),
        )

    def near(self, digits: str) -> Iterator[str]:
        """Yield the known numbers that differ in one digit, in order."""
        for known in sorted({*self.by_birth.get(digits[:6], ()), *self.by_serial.get(digits[6:], ())}):
            if distance(known, digits) == 1:
                yield known


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        groups[key].add(value)
    return {key: tuple(sorted(values)) for key, values in groups.items()}


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose a part is.

    Attributes:
        misfiled: it is surely another person's than the case's.
        certain: False when a person should look.
    """

    cpr: Cpr | None = field(repr=False)
    basis: CprBasis
    misfiled: bool = False
    certain: bool = True


def find_mentions(text: str, case_cpr: Cpr | None, people: People) -> tuple[Mention, ...]:
    """Return whom a text is about or mentions, by number and by name; the surest first, each person once a role."""
    found = [*_by_number(text, case_cpr, people), *_by_name(text, case_cpr, people)]
    best: dict[tuple[str, CprBasis, Role], Mention] = {}
    for mention in found:
        key = (mention.cpr.digits, mention.basis, mention.role)
        if key not in best or best[key].score < mention.score:
            best[key] = mention
    return tuple(sorted(best.values(), key=lambda m: (-m.score, m.cpr.digits, m.basis)))


def known_again(mentions: Sequence[Mention], people: People) -> tuple[Mention, ...]:
    """Return the mentions as a changed roster sees them: a stranger's number may now be somebody's."""
    return tuple(
        dataclasses.replace(m, score=_KNOWN)
        if m.basis is CprBasis.TEXT and m.score < _KNOWN and not m.repaired and m.cpr.digits in people.names
        else m
        for m in mentions
    )


def attribute(mentions: Sequence[Mention], case_cpr: Cpr | None) -> Attribution:
    """Return whose a part is, from whom it mentions and whose case it lies on.

    The case's person wins whenever the text names them, by number or by name: other people are then
    mentioned in passing. Misfiled is said only when another person is the subject by a number that is
    surely read and the case's person is not named at all.
    """
    own = [m for m in mentions if case_cpr is not None and m.cpr == case_cpr]
    if any(m.basis is CprBasis.TEXT for m in own):
        return Attribution(case_cpr, CprBasis.TEXT)
    others = [m for m in mentions if m.role is Role.SUBJECT and (case_cpr is None or m.cpr != case_cpr)]
    numbers = [m for m in others if m.basis is CprBasis.TEXT]
    if own:
        return Attribution(case_cpr, CprBasis.NAME, certain=not any(m.score >= SURE for m in numbers))
    people = {m.cpr for m in numbers}
    if len(people) == 1 and numbers[0].score >= SURE:
        return Attribution(numbers[0].cpr, CprBasis.TEXT, misfiled=case_cpr is not None)
    if case_cpr is None:
        named = {m.cpr for m in others if m.basis is CprBasis.NAME}
        if len(named) == 1:
            return Attribution(next(iter(named)), CprBasis.NAME, certain=False)
        return Attribution(None, CprBasis.NONE, certain=False)
    return Attribution(case_cpr, CprBasis.CASE, certain=not numbers and not others)


def _by_number(text: str, case_cpr: Cpr | None, people: People) -> Iterator[Mention]:
    for number in find_numbers(text):
        role = Role.PASSING if _PASSING.search(text[max(0, number.start - 60) : number.start]) else Role.SUBJECT
        mention = _known(number, role, case_cpr, people) or _stranger(number, role, case_cpr)
        if mention is not None:
            yield mention


def _known(number: WrittenNumber, role: Role, case_cpr: Cpr | None, people: People) -> Mention | None:
    digits = number.digits
    if case_cpr is not None and digits == case_cpr.digits:
        return Mention(case_cpr, CprBasis.TEXT, Role.SUBJECT, 0.99, repaired=not number.clean)
    if digits in people.names:
        return Mention(Cpr(digits), CprBasis.TEXT, role, _KNOWN, repaired=not number.clean)
    if case_cpr is not None and distance(digits, case_cpr.digits) <= 1 + (not number.clean):
        return Mention(case_cpr, CprBasis.TEXT, Role.SUBJECT, 0.93, repaired=True)
    near = list(people.near(digits))
    if len(near) == 1 and (number.labelled or number.shaped):
        return Mention(Cpr(near[0]), CprBasis.TEXT, role, 0.85, repaired=True)
    return None


def _stranger(number: WrittenNumber, role: Role, case_cpr: Cpr | None) -> Mention | None:
    """Return a person whom nobody knows; never sure when the number could be the case's, badly read."""
    if not looks_like_cpr(number):
        return None
    score = 0.5 + 0.2 * number.labelled + 0.1 * number.shaped + 0.1 * number.clean
    if case_cpr is not None and distance(number.digits, case_cpr.digits) <= _BADLY_READ:
        score = 0.4
    return Mention(Cpr(number.digits), CprBasis.TEXT, role, score)


def _by_name(text: str, case_cpr: Cpr | None, people: People) -> Iterator[Mention]:
    words = Words(text)
    own = case_cpr.digits if case_cpr is not None else ""
    near = {digits for token in {*words.tokens} for digits in people.by_surname.get(token, ())}
    for digits in sorted(near | ({own} & people.names.keys())):
        for name in people.names[digits]:
            for start in find_name(words, name):
                if digits == own:
                    yield Mention(Cpr(digits), CprBasis.NAME, Role.SUBJECT, 0.9)
                else:
                    subject = _SUBJECT_NAME.search(text[max(0, start - 30) : start]) is not None
                    yield Mention(Cpr(digits), CprBasis.NAME, Role.SUBJECT if subject else Role.PASSING, 0.6)
