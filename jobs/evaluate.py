"""`sagstjek evaluate`: an audit held against the truth of a sample or of labels."""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from connectors.labels import read_labels
from connectors.ledger import Ledger
from connectors.tables import write_table
from jobs.checking.expected import expected
from jobs.collect import with_ids
from jobs.conclude import Basis, Concluded, conclude, employments_of, open_audit, reopen, write_text
from jobs.evaluation.figures import measure_gaps, measure_parts
from jobs.evaluation.lines import gap_lines, part_lines
from jobs.evaluation.pages import html_page, markdown_page
from jobs.evaluation.pairs import Pair, pair_up, true_filed
from jobs.evaluation.sections import Evaluation
from pipeline.findings import find_findings
from sagstjek.errors import InputError
from sagstjek.shapes import Part

_ERROR_COLUMNS: Final = tuple(
    """document_id part member first_page last_page type confidence status reason should_be template format
    traps""".split()
)
_FACTS: Final = {"model": "model", "engine": "OCR engine", "reading": "reading mode", "sagstjek": "sagstjek"}


def run(arguments: Namespace) -> int:
    """Print the figures; write the page, the Markdown and the wrong parts to files when asked."""
    truth = arguments.truth / "parts.csv"
    if not truth.exists():
        raise InputError(f"{truth}: not found. Give the folder with parts.csv, such as EXPORT/truth of a sample.")
    with open_audit(arguments.audit) as ledger:
        basis = reopen(arguments.audit, ledger)
        concluded = conclude(ledger, basis.rules, basis.as_of)
        evaluation, pairs = evaluate(ledger, basis, concluded, truth)
    for line in (*part_lines(evaluation.parts), *gap_lines(evaluation.gaps)):
        print(line)
    if arguments.errors:
        wrong = [pair for pair in pairs if not (pair.right and pair.same_place)]
        write_table(arguments.errors, _ERROR_COLUMNS, map(_error, wrong))
    if arguments.page:
        write_text(arguments.page, html_page(evaluation))
    if arguments.markdown:
        write_text(arguments.markdown, markdown_page(evaluation))
    return 0


def evaluate(ledger: Ledger, basis: Basis, concluded: Concluded, truth: Path) -> tuple[Evaluation, list[Pair]]:
    """Return the figures of an audit, and every true part with what the audit says of it.

    Args:
        truth: labels; with the columns `template`, `format`, `traps`, `misfiled` and dates of a sample, or without.
    """
    documents = {document.document_id: document for document, _ in concluded.readings}
    parts: dict[str, tuple[Part, ...]] = {d.document_id: reading.parts for d, reading in concluded.readings}
    labels = with_ids(read_labels(truth), documents.values())
    pairs = list(pair_up(labels, parts))
    real = find_findings(
        employments_of(ledger), true_filed(labels, documents), concluded.cases, basis.rules, basis.as_of
    )
    figures = measure_parts(pairs, parts)
    gaps = measure_gaps(concluded.findings, real)
    return Evaluation(_audited(basis.run, concluded), figures, gaps, expected(concluded.findings)), pairs


def _audited(run: Mapping[str, object], concluded: Concluded) -> tuple[tuple[str, str], ...]:
    facts = ((label, str(run.get(name, ""))) for name, label in _FACTS.items())
    counts = ((name, str(concluded.counts[name])) for name in ("documents", "parts", "pages"))
    return tuple((label, value) for label, value in (*facts, *counts) if value)


def _error(pair: Pair) -> dict[str, str]:
    part, label = pair.part or Part(0), pair.label
    extra = pair.extra
    return {
        "document_id": pair.document_id,
        "part": str(label.part),
        "member": label.member,
        "first_page": f"{part.first_page} / {label.first_page}",
        "last_page": f"{part.last_page} / {label.last_page}",
        "type": part.type,
        "confidence": f"{part.confidence:.2f}",
        "status": part.status.value,
        "reason": part.reason.value if part.reason else "",
        "should_be": label.type,
        **{name: extra.get(name, "") for name in ("template", "format", "traps")},
    }
