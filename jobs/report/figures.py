"""What an audit found, as figures: no person can be told from them, units can."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jobs.checking.estimate import Measured
from jobs.checking.expected import Expected, expected
from jobs.report.tally import Tally, is_gap
from jobs.sampling import Estimate
from models.evaluate import Share
from sagstjek.cpr import Cpr
from sagstjek.findings import Finding, Outcome
from sagstjek.people import Employment
from sagstjek.requirements import Forbidden, Requirement, Severity
from sagstjek.rules import Rules
from sagstjek.shapes import Document, Part, Reading, Reason, Status

_YEARS_SHOWN: Final = 15


@dataclass(frozen=True, slots=True)
class Line:
    """How a group stands: a requirement, unit, position group or hiring year.

    Attributes:
        key: id of the requirement, or the name of the group; empty when the roster says none.
        units: the units with most gaps and how many, most first, at most three.
    """

    key: str
    tally: Tally
    units: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Population:
    """What was audited. `loose`: documents that lie on no case. `size`: bytes."""

    employments: int
    people: int
    cases: int
    documents: int
    loose: int
    parts: int
    pages: int
    pages_read: int
    size: int


@dataclass(frozen=True, slots=True)
class Format:
    """The documents of one real format. `unread` wholly, `partly`: some part of it. `size`: bytes."""

    media: str
    documents: int
    size: int
    unread: int
    partly: int


@dataclass(frozen=True, slots=True)
class Unread:
    """Why documents (whole ones) and parts of otherwise readable documents could not be read."""

    reason: Reason
    documents: int
    parts: int


@dataclass(frozen=True, slots=True)
class Placing:
    """What lies wrong.

    Attributes:
        misfiled: parts about somebody else than the case they lie on.
        without_case: employments for which no case was found.
        strangers: cases of a person who is not on the roster.
        nameless: cases that bear no CPR number and that no employment names.
    """

    misfiled: int
    without_case: int
    strangers: int
    nameless: int


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure the machine is.

    Attributes:
        part_read: parts not read to their end.
        expected: false and missed gaps by the machine's own word.
        check: what people saw in a check sample; None without one.
    """

    parts: tuple[tuple[Status, int], ...]
    part_read: int
    expected: Expected
    check: Measured | None = None

    @property
    def false_gaps(self) -> Estimate:
        """Requirements reported as missing that are there after all: as the check sample says, or the machine."""
        return (self.check and self.check.false_gaps) or self.expected.false

    @property
    def missed_gaps(self) -> Estimate:
        """Requirements reported as fulfilled that are not: as the check sample says, or the machine."""
        return (self.check and self.check.missed_gaps) or self.expected.missed


@dataclass(frozen=True, slots=True)
class Weight:
    """What there is of one severity. `employments` with at least one gap of it."""

    severity: Severity
    tally: Tally
    forbidden: int
    employments: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of the report.

    Attributes:
        complete: employments of which every requirement is fulfilled, of those with a requirement.
        requirements, forbidden: every rule, in the order of the rules.
        units, groups, years: worst first; years in their order.
        formats, unread: most first.
    """

    as_of: dt.date
    population: Population
    overall: Tally
    complete: Share
    weights: tuple[Weight, ...]
    requirements: tuple[Line, ...]
    forbidden: tuple[tuple[str, int], ...]
    units: tuple[Line, ...]
    groups: tuple[Line, ...]
    years: tuple[Line, ...]
    formats: tuple[Format, ...]
    unread: tuple[Unread, ...]
    placing: Placing
    certainty: Certainty


def make_figures(
    employments: Sequence[Employment],
    findings: Iterable[Finding],
    rules: Rules,
    readings: Sequence[tuple[Document, Reading]],
    as_of: dt.date,
    check: Measured | None = None,
) -> Figures:
    """Return the figures of an audit as of a day.

    Args:
        check: what a check sample of it says.
    """
    every = tuple(findings)
    held = [finding for finding in every if finding.outcome is not Outcome.FORBIDDEN]
    parts = [part for _, reading in readings for part in reading.parts]
    banned = Counter(finding.requirement for finding in every if finding.outcome is Outcome.FORBIDDEN)
    year = _year_names(held)
    return Figures(
        as_of=as_of,
        population=_population(employments, readings, parts),
        overall=Tally.of(finding.outcome for finding in held),
        complete=_complete(held),
        weights=_weights(held, banned, rules),
        requirements=_by_requirement(held, rules),
        forbidden=tuple((rule.id, banned[rule.id]) for rule in rules.forbidden),
        units=_by_group(held, lambda employment: employment.unit),
        groups=_by_group(held, lambda employment: employment.position_group),
        years=tuple(sorted(_by_group(held, lambda employment: year[employment.hired.year]), key=lambda x: x.key)),
        formats=_formats(readings),
        unread=_unread(readings),
        placing=_placing(employments, readings, parts),
        certainty=_certainty(every, parts, check),
    )


def worst_first(line: Line) -> tuple[float, int, str]:
    """Return a sort key: by the upper end of the interval, so that a small group is not first by chance."""
    return (line.tally.share.interval[1], -line.tally.gaps, line.key)


def _population(
    employments: Sequence[Employment], readings: Sequence[tuple[Document, Reading]], parts: Sequence[Part]
) -> Population:
    return Population(
        employments=len(employments),
        people=len({employment.cpr for employment in employments}),
        cases=len({document.case_id for document, _ in readings if document.case_id}),
        documents=len(readings),
        loose=sum(not document.case_id for document, _ in readings),
        parts=len(parts),
        pages=sum(part.pages for part in parts),
        pages_read=sum(part.pages_read for part in parts),
        size=sum(reading.size for _, reading in readings),
    )


def _complete(held: Iterable[Finding]) -> Share:
    good: dict[str, bool] = {}
    for finding in held:
        name = finding.employment.employment_id
        good[name] = good.get(name, True) and finding.outcome is Outcome.FULFILLED
    return Share(sum(good.values()), len(good))


def _weights(held: Sequence[Finding], banned: Mapping[str, int], rules: Rules) -> tuple[Weight, ...]:
    every: tuple[Requirement | Forbidden, ...] = (*rules.requirements, *rules.forbidden)
    severity = {rule.id: rule.severity for rule in every}
    outcomes: dict[Severity, list[Outcome]] = defaultdict(list)
    struck: dict[Severity, set[str]] = defaultdict(set)
    for finding in held:
        outcomes[severity[finding.requirement]].append(finding.outcome)
        if is_gap(finding.outcome):
            struck[severity[finding.requirement]].add(finding.employment.employment_id)
    return tuple(
        Weight(
            name,
            Tally.of(outcomes[name]),
            sum(count for rule, count in banned.items() if severity[rule] == name),
            len(struck[name]),
        )
        for name in Severity
    )


def _by_requirement(held: Sequence[Finding], rules: Rules) -> tuple[Line, ...]:
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    units: dict[str, Counter[str]] = defaultdict(Counter)
    for finding in held:
        outcomes[finding.requirement].append(finding.outcome)
        if is_gap(finding.outcome):
            units[finding.requirement][finding.employment.unit] += 1
    return tuple(
        Line(
            rule.id,
            Tally.of(outcomes[rule.id]),
            tuple(sorted(units[rule.id].items(), key=lambda item: (-item[1], item[0]))[:3]),
        )
        for rule in rules.requirements
    )


def _by_group(held: Sequence[Finding], name: Callable[[Employment], str]) -> tuple[Line, ...]:
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    for finding in held:
        outcomes[name(finding.employment)].append(finding.outcome)
    return tuple(sorted((Line(key, Tally.of(some)) for key, some in outcomes.items()), key=worst_first))


def _year_names(held: Iterable[Finding]) -> dict[int, str]:
    """Return what each hiring year is shown as: itself, or five years where there are many."""
    years = {finding.employment.hired.year for finding in held}
    if len(years) <= _YEARS_SHOWN:
        return {year: str(year) for year in years}
    return {year: f"{year - year % 5}–{year - year % 5 + 4}" for year in years}


def _media(reading: Reading) -> str:
    """Return the real format of a document; what a container holds counts as the container's."""
    return next((part.media for part in reading.parts if not part.member), "")


def _is_lost(reading: Reading) -> bool:
    return all(part.status is Status.UNREADABLE for part in reading.parts)


def _formats(readings: Sequence[tuple[Document, Reading]]) -> tuple[Format, ...]:
    groups: dict[str, list[Reading]] = defaultdict(list)
    for _, reading in readings:
        groups[_media(reading)].append(reading)
    formats = (
        Format(
            media,
            len(some),
            sum(reading.size for reading in some),
            sum(_is_lost(reading) for reading in some),
            sum(
                not _is_lost(reading) and any(part.status is Status.UNREADABLE for part in reading.parts)
                for reading in some
            ),
        )
        for media, some in groups.items()
    )
    return tuple(sorted(formats, key=lambda one: (-one.documents, one.media)))


def _unread(readings: Sequence[tuple[Document, Reading]]) -> tuple[Unread, ...]:
    documents: Counter[Reason] = Counter()
    parts: Counter[Reason] = Counter()
    for _, reading in readings:
        reasons = [part.reason or Reason.INTERNAL for part in reading.parts if part.status is Status.UNREADABLE]
        if _is_lost(reading):
            documents.update(reasons[:1])
        else:
            parts.update(reasons)
    unread = (Unread(reason, documents[reason], parts[reason]) for reason in documents | parts)
    return tuple(sorted(unread, key=lambda one: (-one.documents, -one.parts, one.reason)))


def _placing(
    employments: Sequence[Employment], readings: Sequence[tuple[Document, Reading]], parts: Sequence[Part]
) -> Placing:
    cases: dict[str, Cpr | None] = {}
    for document, _ in readings:
        if document.case_id:
            cases[document.case_id] = cases.get(document.case_id) or document.case_cpr
    owners = set(cases.values())
    named = {employment.case_id for employment in employments}
    people = {employment.cpr for employment in employments}
    foreign = [cpr for case_id, cpr in cases.items() if case_id not in named and cpr not in people]
    return Placing(
        misfiled=sum(part.misfiled for part in parts),
        without_case=sum(one.case_id not in cases and one.cpr not in owners for one in employments),
        strangers=sum(cpr is not None for cpr in foreign),
        nameless=sum(cpr is None for cpr in foreign),
    )


def _certainty(findings: Iterable[Finding], parts: Sequence[Part], check: Measured | None) -> Certainty:
    counts = Counter(part.status for part in parts)
    return Certainty(
        tuple((status, counts[status]) for status in Status),
        sum(not part.fully_read and part.status is not Status.UNREADABLE for part in parts),
        expected(findings),
        check,
    )
