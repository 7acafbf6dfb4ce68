"""From what the ledger holds to findings and files: nothing is read here but the ledger."""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, tee
from pathlib import Path
from typing import Any, Final

from connectors.ledger import Ledger
from connectors.tables import write_table
from jobs.checking.keeping import basis_of, last_measured
from jobs.report.figures import Figures, make_figures
from jobs.report.lists import DOCUMENT_COLUMNS, GAP_COLUMNS, document_rows, gap_rows
from jobs.report.page import render_report
from jobs.report.workbook import write_gaps
from jobs.slim import Slim
from pipeline.decided import with_decisions
from pipeline.duplicates import Placed, as_copy, mark_duplicates
from pipeline.findings import Filed, find_findings
from pipeline.titles import wrongly_titled
from sagstjek.cpr import Cpr
from sagstjek.decisions import Decision
from sagstjek.errors import ConnectorError, InputError
from sagstjek.findings import Finding
from sagstjek.people import Employment
from sagstjek.rules import Rules, load_rules
from sagstjek.shapes import Document, Reading, Reason, Status

_COUNTS: Final = "documents unreadable parts accepted review duplicate misfiled wrongly_titled pages pages_read".split()


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of an audit in the order of the index, copies marked; streamed from the ledger each time anew.

    Attributes:
        copies: by document id and number of the part, the original and why it is one.
    """

    ledger: Ledger = field(repr=False)
    copies: Mapping[str, Mapping[int, tuple[str, Reason]]] = field(repr=False)
    decisions: Mapping[str, Mapping[int, Decision]] = field(default_factory=dict, repr=False)

    def __iter__(self) -> Iterator[tuple[Document, Reading]]:
        """Yield every document with its reading."""
        for document, reading in decided(self.ledger.readings(), self.decisions):
            copies = self.copies.get(document.document_id)
            if copies:
                parts = tuple(as_copy(p, *copies[p.number]) if p.number in copies else p for p in reading.parts)
                yield document, dataclasses.replace(reading, parts=parts)
            else:
                yield document, reading


@dataclass(frozen=True, slots=True)
class Concluded:
    """What the readings of an audit say.

    Attributes:
        counts: what a run ends with: documents, parts, pages and what became of them.
    """

    readings: Readings
    cases: Mapping[str, Cpr | None] = field(repr=False)
    findings: tuple[Finding, ...] = field(repr=False)
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Basis:
    """What an audit in a folder rests on: rules, cut-off date, and the facts of its run."""

    rules: Rules
    as_of: dt.date
    run: Mapping[str, Any]


def open_audit(audit: Path) -> Ledger:
    """Return the ledger of an audit folder.

    Raises:
        InputError: no audit was started in this folder.
    """
    ledger = audit / "ledger.sqlite"
    if not ledger.exists():
        raise InputError(f"{audit}: holds no ledger.sqlite, so it is no audit folder. Name the one given as --out.")
    return Ledger.open(ledger)


def reopen(audit: Path, ledger: Ledger, rules: Path | None = None, as_of: dt.date | None = None) -> Basis:
    """Return what the audit in a folder rested on, with other rules or another date where given.

    Raises:
        InputError: no audit was finished in this folder.
    """
    text = ledger.load_run()
    if text is None:
        raise InputError(f"{audit}: holds no audit that came to its end. Start `sagstjek audit` again; it goes on.")
    run = json.loads(text)
    kept = audit / "requirements.yaml"
    return Basis(
        load_rules(rules or (kept if kept.exists() else None)),
        as_of or dt.date.fromisoformat(run["as_of"]),
        run,
    )


def conclude(ledger: Ledger, rules: Rules, as_of: dt.date) -> Concluded:
    """Return the findings for every employment, and the readings with duplicates marked."""
    copies: dict[str, dict[int, tuple[str, Reason]]] = {}
    counts = dict.fromkeys(_COUNTS, 0)
    slim = Slim()
    decisions = ledger.decisions()

    def filed() -> Iterator[Filed]:
        for document, reading in _case_by_case(ledger, decisions):
            _count(counts, reading)
            counts["wrongly_titled"] += len(wrongly_titled(document.title, reading.parts))
            found = {p.number: (p.duplicate_of, p.reason) for p in reading.parts if p.reason and p.duplicate_of}
            if found:
                copies[document.document_id] = found
            yield from slim.filed(document, reading)

    cases = ledger.cases()
    findings = find_findings(employments_of(ledger), filed(), cases, rules, as_of)
    return Concluded(Readings(ledger, copies, decisions), cases, tuple(findings), counts)


def decided(
    pairs: Iterable[tuple[Document, Reading]], decisions: Mapping[str, Mapping[int, Decision]]
) -> Iterator[tuple[Document, Reading]]:
    """Yield the readings with what people decided over what the machine says."""
    for document, reading in pairs:
        some = decisions.get(document.document_id)
        yield document, with_decisions(reading, some) if some else reading


def _case_by_case(
    ledger: Ledger, decisions: Mapping[str, Mapping[int, Decision]]
) -> Iterator[tuple[Document, Reading]]:
    """Yield every document with its reading, decisions taken and copies marked."""
    pairs = decided(ledger.readings(by_case=True), decisions)
    for _, case in groupby(pairs, key=lambda pair: pair[0].case_id):
        here, there = tee(case)
        marked = mark_duplicates(Placed(place_of(document), reading) for document, reading in there)
        yield from zip((document for document, _ in here), marked, strict=True)


def place_of(document: Document) -> str:
    """Return what holds documents together that may be copies: the case, or where there is none the person."""
    return document.case_id or (document.case_cpr.digits if document.case_cpr else document.document_id)


def _count(counts: dict[str, int], reading: Reading) -> None:
    statuses = [part.status for part in reading.parts]
    counts["documents"] += 1
    counts["unreadable"] += all(status is Status.UNREADABLE for status in statuses)
    counts["parts"] += len(statuses)
    for status in (Status.ACCEPTED, Status.REVIEW, Status.DUPLICATE):
        counts[status.value] += statuses.count(status)
    for part in reading.parts:
        counts["misfiled"] += part.misfiled
        counts["pages"] += part.pages
        counts["pages_read"] += part.pages_read


def employments_of(ledger: Ledger) -> tuple[Employment, ...]:
    """Return the employments of the roster that the audit was made with."""
    roster = ledger.roster()
    return roster.employments if roster else ()


def write_outputs(audit: Path, ledger: Ledger, concluded: Concluded, basis: Basis, language: str) -> Figures:
    """Write every list and the report into the audit folder; each file is whole or not there."""
    write_documents(audit, concluded)
    write_gap_lists(audit, concluded, basis.rules, language)
    return write_report(audit, ledger, concluded, basis, language)


def write_documents(audit: Path, concluded: Concluded) -> None:
    """Write documents.csv."""
    write_table(audit / "documents.csv", DOCUMENT_COLUMNS, document_rows(concluded.readings))


def write_gap_lists(audit: Path, concluded: Concluded, rules: Rules, language: str) -> None:
    """Write gaps.csv and gaps.xlsx."""
    write_table(audit / "gaps.csv", GAP_COLUMNS, gap_rows(concluded.findings, rules, language))
    write_gaps(audit / "gaps.xlsx", concluded.findings, rules, language)


def write_report(audit: Path, ledger: Ledger, concluded: Concluded, basis: Basis, language: str) -> Figures:
    """Write report.html and return its figures."""
    slim = Slim()
    readings = [slim.for_figures(document, reading) for document, reading in concluded.readings]
    decided = basis_of(basis.run, basis.rules.digest, basis.as_of, concluded.counts, concluded.findings)
    check = last_measured(ledger, decided)
    figures = make_figures(employments_of(ledger), concluded.findings, basis.rules, readings, basis.as_of, check)
    write_text(audit / "report.html", render_report(figures, basis.rules, {**basis.run, **concluded.counts}, language))
    return figures


def write_text(file: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    new = file.with_name(f".{file.name}.new")
    try:
        new.write_text(text, "utf-8")
        new.replace(file)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise ConnectorError(
            f"{file}: cannot be written ({error.strerror}). Free space, or name another folder."
        ) from None
