"""Every requirement held against every employment, and every part against what is forbidden.

Which parts count for an employment (the unit of the audit, not the CPR number):

- Its case is the one that the roster names. Where the roster names none, it is every case of the CPR
  number that no other employment names, or else every case of the number. A document on no case, or on
  one that is not known to be anybody's, lies with the person that its text names.
- A part counts when it is the person's and lies on that case. Where employments of one person share a
  case, a part dated well outside an employment counts for another that its date fits.
- A part of the person on somebody else's case is misfiled. On another case of the same person it is a
  candidate at most, and only if its date fits this employment and not those of that case; a rule `per:
  person` takes it as proof.
- Anything unread on the case may be what is looked for.

A future employment is not assessed, and what is not due yet is not missing yet: it gives no finding.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.holding import Held, Holding, Standing, hold, is_unread
from pipeline.terms import terms_of
from pipeline.weighing import weigh
from sagstjek.conditions import Facts, evaluate, facts_of, shifted
from sagstjek.cpr import Cpr
from sagstjek.findings import Because, Finding, Outcome
from sagstjek.people import Employment
from sagstjek.requirements import IfUnknown, Per, Requirement
from sagstjek.rules import DOCUMENT_AGE, Rules
from sagstjek.shapes import Part, Status

_SLACK: Final = 180
"""Days before the first and after the last day of an employment within which its documents are dated."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A part with its place."""

    document_id: str
    case_id: str
    case_cpr: Cpr | None = field(repr=False)
    part: Part

    @property
    def ref(self) -> str:
        """The reference of the part: `document_id#part`."""
        return f"{self.document_id}#{self.part.number}"


def find_findings(
    employments: Iterable[Employment],
    filed: Iterable[Filed],
    cases: Mapping[str, Cpr | None],
    rules: Rules,
    as_of: dt.date,
) -> list[Finding]:
    """Return a finding for each employment and requirement that applies to it, and for each forbidden part.

    In the order of the employments, then of the rules, then of the parts; the order of `filed` does not matter.

    Args:
        cases: every case of the export, with the person that it is on, where that is known.
    """
    people = tuple(employments)
    archive = _Archive.of(people, filed, cases)
    reported: set[tuple[str, str]] = set()
    findings: list[Finding] = []
    for employment in people:
        if employment.hired > as_of:
            continue
        facts = facts_of(employment, as_of)
        near = archive.near(employment)
        own = archive.place(employment, near, Per.EMPLOYMENT)
        holdings = {
            Per.EMPLOYMENT: archive.holding([employment], near, own),
            Per.PERSON: archive.holding(
                archive.people[employment.cpr], near, archive.place(employment, near, Per.PERSON)
            ),
        }
        for requirement in rules.requirements:
            finding = _assess(requirement, employment, facts, holdings[requirement.per], as_of)
            if finding is not None:
                findings.append(finding)
        for finding in _forbidden(rules, employment, facts, own, as_of):
            if (finding.requirement, finding.evidence) not in reported:
                reported.add((finding.requirement, finding.evidence))
                findings.append(finding)
    return findings


def _assess(
    requirement: Requirement, employment: Employment, facts: Facts, holding: Holding, as_of: dt.date
) -> Finding | None:
    """Return the finding, or None when the requirement does not apply, or is neither met nor due yet."""
    truth = evaluate(requirement.when, facts)
    unread = len(holding.unread) + holding.loose_unread
    if truth.value is None and requirement.if_unknown is IfUnknown.ASK:
        return Finding(
            employment,
            requirement.id,
            Outcome.UNASSESSABLE,
            Because.FIELD_EMPTY,
            requirement.types,
            field=truth.field,
            unread=unread,
        )
    if truth.value is False or (truth.value is None and requirement.if_unknown is IfUnknown.SKIP):
        return None
    terms = terms_of(requirement, facts, as_of)
    verdict = weigh(requirement, holding, terms)
    open_yet = terms.due is not None and as_of <= terms.due
    if open_yet and verdict.outcome in {Outcome.MISSING, Outcome.UNCERTAIN}:
        return None
    return Finding(
        employment,
        requirement.id,
        verdict.outcome,
        verdict.because,
        verdict.types,
        verdict.confidence,
        verdict.evidence,
        unread=unread,
        due=terms.due,
    )


def _forbidden(
    rules: Rules, employment: Employment, facts: Facts, placed: Sequence[tuple[Held, Standing]], as_of: dt.date
) -> Iterator[Finding]:
    """Yield a finding for each part of the person that is surely of a forbidden type and meets all conditions."""
    accepted = {held.ref for held, _ in placed if held.part.status is Status.ACCEPTED}
    for held, standing in placed:
        part = held.part
        sure = held.ref in accepted or (part.status is Status.DUPLICATE and part.duplicate_of in accepted)
        if not sure or standing not in {Standing.HERE, Standing.MISFILED}:
            continue
        for rule in rules.forbidden:
            if part.type not in rule.types:
                continue
            age = (as_of - part.document_date).days if part.document_date else None
            if evaluate(rule.when, {**facts, DOCUMENT_AGE: age}).value:
                yield Finding(
                    employment,
                    rule.id,
                    Outcome.FORBIDDEN,
                    Because.MUST_NOT_BE_HERE,
                    (part.type,),
                    part.confidence,
                    held.ref,
                )


@dataclass(frozen=True, slots=True)
class _Archive:
    """Every part, findable by person and by case; and whose the cases are.

    Attributes:
        homes: the cases of an employment, by its id. owners: the employments of a case.
        people: the employments of a person. on: the person that a case is on.
        loose_unread: unread parts that lie with nobody.
    """

    homes: Mapping[str, frozenset[str]]
    owners: Mapping[str, Sequence[Employment]]
    people: Mapping[Cpr, Sequence[Employment]]
    on: Mapping[str, Cpr | None]
    by_person: Mapping[Cpr, Sequence[Filed]]
    by_case: Mapping[str, Sequence[Filed]]
    loose_unread: int

    @classmethod
    def of(
        cls, employments: Sequence[Employment], filed: Iterable[Filed], cases: Mapping[str, Cpr | None]
    ) -> "_Archive":
        """Return the archive; one pass over the parts."""
        people: dict[Cpr, list[Employment]] = defaultdict(list)
        owners: dict[str, list[Employment]] = defaultdict(list)
        for employment in employments:
            people[employment.cpr].append(employment)
        homes = _homes(employments, cases)
        for employment in employments:
            for case in homes[employment.employment_id]:
                owners[case].append(employment)
        odd = {case for case, some in owners.items() if any(cases.get(case) != e.cpr for e in some)}
        by_person: dict[Cpr, list[Filed]] = defaultdict(list)
        by_case: dict[str, list[Filed]] = defaultdict(list)
        loose = 0
        for item in filed:
            persons = {p for p in (item.part.cpr, item.case_cpr or cases.get(item.case_id)) if p is not None}
            for person in persons & people.keys():
                by_person[person].append(item)
            if item.case_id in odd:
                by_case[item.case_id].append(item)
            loose += not persons and item.case_id not in owners and is_unread(item.part)
        return cls(homes, owners, people, cases, by_person, by_case, loose)

    def near(self, employment: Employment) -> list[Filed]:
        """Return every part that may concern an employment, each once, in a fixed order."""
        found = {item.ref: item for item in self.by_person.get(employment.cpr, ())}
        for case in self.homes[employment.employment_id]:
            found.update((item.ref, item) for item in self.by_case.get(case, ()))
        return sorted(found.values(), key=lambda item: (item.document_id, item.part.number))

    def holding(
        self, employments: Sequence[Employment], near: Sequence[Filed], placed: Sequence[tuple[Held, Standing]]
    ) -> Holding:
        """Return what there is for one employment, or for all those of a person."""
        on_case = any(self.homes[employment.employment_id] for employment in employments)
        loose = not on_case and any(standing is Standing.HERE for _, standing in placed)
        return hold(
            placed,
            frozenset(item.ref for item in near),
            has_case=on_case or loose,
            loose_unread=self.loose_unread if loose else 0,
        )

    def place(self, employment: Employment, near: Sequence[Filed], per: Per) -> list[tuple[Held, Standing]]:
        """Return the parts that concern an employment, or its person, and how."""
        placed = ((item, self._standing(item, employment, per)) for item in near)
        return [(Held(item.ref, item.part), standing) for item, standing in placed if standing is not None]

    def _standing(self, item: Filed, employment: Employment, per: Per) -> Standing | None:
        part, person = item.part, employment.cpr
        mine = part.cpr == person
        everybody = self.people[person]
        on = item.case_cpr or self.on.get(item.case_id)
        loose = item.case_id not in self.owners and on is None
        if item.case_id in self.homes[employment.employment_id] or loose or (not item.case_id and on == person):
            sharing = everybody if not item.case_id or loose else self._owners(item.case_id, person)
            if per is Per.EMPLOYMENT and not _fits(part, employment, sharing):
                return Standing.ANOTHERS if is_unread(part) else None
            return _here(part, mine=mine)
        own = on == person or any(item.case_id in self.homes[e.employment_id] for e in everybody)
        if own and per is Per.PERSON:
            return _here(part, mine=mine)
        if own:
            concerns = mine or part.cpr is None
            strays = _in_time(part, employment) and not any(
                _in_time(part, e) for e in self._owners(item.case_id, person)
            )
            return Standing.OTHER_CASE if concerns and strays else None
        if not mine or (per is Per.EMPLOYMENT and not _fits(part, employment, everybody)):
            return None
        return Standing.MISFILED

    def _owners(self, case_id: str, person: Cpr) -> list[Employment]:
        return [employment for employment in self.owners.get(case_id, ()) if employment.cpr == person]


def _here(part: Part, *, mine: bool) -> Standing:
    if mine:
        return Standing.HERE
    return Standing.ANOTHERS if part.misfiled else Standing.DOUBTFUL_PERSON


def _fits(part: Part, employment: Employment, sharing: Sequence[Employment]) -> bool:
    """Return whether a part is dated within an employment, or at least not within another that shares the case."""
    return _in_time(part, employment) or not any(_in_time(part, other) for other in sharing)


def _in_time(part: Part, employment: Employment) -> bool:
    day = part.document_date
    if day is None:
        return True
    last = shifted(employment.left, _SLACK) if employment.left else dt.date.max
    return shifted(employment.hired, -_SLACK) <= day <= last


def _homes(employments: Sequence[Employment], cases: Mapping[str, Cpr | None]) -> dict[str, frozenset[str]]:
    """Return the cases of each employment: the one that the roster names, or those of the person that are free."""
    of_person: dict[Cpr, set[str]] = defaultdict(set)
    for case, person in cases.items():
        if person is not None:
            of_person[person].add(case)
    named = {employment.case_id for employment in employments}
    homes = {}
    for employment in employments:
        own = of_person.get(employment.cpr, set())
        if employment.case_id and employment.case_id in cases:
            homes[employment.employment_id] = frozenset({employment.case_id})
        else:
            free = own - named
            homes[employment.employment_id] = frozenset(free if free or employment.case_id else own)
    return homes
