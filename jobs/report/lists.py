"""The rows of documents.csv and gaps.csv (DESIGN.md, section 4)."""

from collections.abc import Iterable, Iterator
from typing import Final

from jobs.report.words import action, why
from sagstjek.findings import Finding, Outcome
from sagstjek.rules import Rules
from sagstjek.shapes import Document, Part, Reading

DOCUMENT_COLUMNS: Final = tuple(
    """document_id part member first_page last_page type confidence candidates status reason cpr cpr_basis misfiled
    duplicate_of case_id case_cpr title document_date valid_until pages pages_read text_source seconds""".split()
)
GAP_COLUMNS: Final = tuple(
    """employment_id cpr name unit manager case_id requirement title types status confidence best_candidate why action
    due severity ground""".split()
)
Row = dict[str, str]


def document_rows(readings: Iterable[tuple[Document, Reading]]) -> Iterator[Row]:
    """Yield one row a part, at least one a document, in the order of the index."""
    for document, reading in readings:
        for part in reading.parts:
            yield _document_row(document, reading, part)


def _document_row(document: Document, reading: Reading, part: Part) -> Row:
    return {
        "document_id": document.document_id,
        "part": str(part.number),
        "member": part.member,
        "first_page": _text(part.first_page),
        "last_page": _text(part.last_page),
        "type": part.type,
        "confidence": f"{part.confidence:.3f}" if part.type else "",
        "candidates": "|".join(part.candidates),
        "status": part.status.value,
        "reason": part.reason.value if part.reason else "",
        "cpr": part.cpr.written if part.cpr else "",
        "cpr_basis": part.cpr_basis.value,
        "misfiled": "yes" if part.misfiled else "",
        "duplicate_of": part.duplicate_of,
        "case_id": document.case_id,
        "case_cpr": document.case_cpr.written if document.case_cpr else "",
        "title": document.title,
        "document_date": _text(part.document_date),
        "valid_until": _text(part.valid_until),
        "pages": _text(part.pages or None),
        "pages_read": _text(part.pages_read if part.pages else None),
        "text_source": part.text_source.value,
        "seconds": f"{reading.seconds:.2f}" if part.number == 1 else "",
    }


def gap_rows(findings: Iterable[Finding], rules: Rules, language: str) -> Iterator[Row]:
    """Yield one row for each finding that is not fulfilled, in the order of the findings."""
    requirements = {requirement.id: requirement for requirement in rules.requirements}
    forbidden = {rule.id: rule for rule in rules.forbidden}
    for finding in findings:
        if finding.outcome is Outcome.FULFILLED:
            continue
        rule = requirements.get(finding.requirement) or forbidden[finding.requirement]
        asked = forbidden[rule.id].action if rule.id in forbidden else requirements[rule.id].ask
        employment = finding.employment
        yield {
            "employment_id": employment.employment_id,
            "cpr": employment.cpr.written,
            "name": employment.name,
            "unit": employment.unit,
            "manager": employment.manager,
            "case_id": employment.case_id,
            "requirement": finding.requirement,
            "title": rule.title,
            "types": "|".join(finding.types),
            "status": finding.outcome.value,
            "confidence": f"{finding.confidence:.3f}",
            "best_candidate": finding.evidence,
            "why": why(finding, rule, language),
            "action": action(finding.outcome, asked, language),
            "due": _text(finding.due),
            "severity": rule.severity,
            "ground": rule.ground,
        }


def _text(value: object) -> str:
    return "" if value is None else str(value)
