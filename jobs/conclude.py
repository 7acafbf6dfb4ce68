"""From what the ledger holds to findings and files: nothing is read here but the ledger."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connectors.ledger import Ledger
from connectors.tables import write_table
from jobs.report.figures import Figures, make_figures
from jobs.report.lists import DOCUMENT_COLUMNS, GAP_COLUMNS, document_rows, gap_rows
from jobs.report.page import render_report
from jobs.report.workbook import write_gaps
from pipeline.duplicates import Placed, mark_duplicates
from pipeline.findings import Filed, find_findings
from sagstjek.cpr import Cpr
from sagstjek.errors import ConnectorError, InputError
from sagstjek.findings import Finding
from sagstjek.people import Employment
from sagstjek.rules import Rules, load_rules
from sagstjek.shapes import Document, Reading


@dataclass(frozen=True, slots=True)
class Concluded:
    """What the readings of an audit say, in the order of the index."""

    readings: tuple[tuple[Document, Reading], ...] = field(repr=False)
    cases: Mapping[str, Cpr | None] = field(repr=False)
    findings: tuple[Finding, ...] = field(repr=False)


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
    """Return readings with duplicates marked, and the findings for every employment."""
    pairs = list(ledger.readings())
    marked = mark_duplicates(Placed(document.case_id, reading) for document, reading in pairs)
    readings = tuple((document, reading) for (document, _), reading in zip(pairs, marked, strict=True))
    cases = ledger.cases()
    filed = (
        Filed(document.document_id, document.case_id, document.case_cpr, part)
        for document, reading in readings
        for part in reading.parts
    )
    employments = employments_of(ledger)
    return Concluded(readings, cases, tuple(find_findings(employments, filed, cases, rules, as_of)))


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
    figures = make_figures(employments_of(ledger), concluded.findings, basis.rules, concluded.readings, basis.as_of)
    write_text(audit / "report.html", render_report(figures, basis.rules, basis.run, language))
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


def summary_of(readings: Sequence[tuple[Document, Reading]]) -> dict[str, int]:
    """Return the counts that a run ends with."""
    parts = [part for _, reading in readings for part in reading.parts]
    return {
        "documents": len(readings),
        "unreadable": sum(all(p.status == "unreadable" for p in reading.parts) for _, reading in readings),
        "parts": len(parts),
        "accepted": sum(p.status == "accepted" for p in parts),
        "review": sum(p.status == "review" for p in parts),
        "duplicate": sum(p.status == "duplicate" for p in parts),
        "misfiled": sum(p.misfiled for p in parts),
        "pages": sum(p.pages for p in parts),
        "pages_read": sum(p.pages_read for p in parts),
    }
