"""Check samples in the ledger: a header among the notes, a row a question, and which sample was answered last."""

import dataclasses
import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from connectors.ledger import Ledger
from jobs.checking.estimate import Measured, measure
from jobs.checking.questions import Question, Sample
from sagstjek.findings import Finding
from sagstjek.wire import from_json, to_json

_HEADER: Final = "check_sample "
_ANSWERED: Final = "check_sample_answered"


def basis_of(
    run: Mapping[str, object], rules: str, as_of: dt.date, counts: Mapping[str, int], findings: Iterable[Finding]
) -> str:
    """Return a digest of what an audit decided with what; another one is not measured by the same sample.

    Args:
        rules: digest of the rules. counts: documents and parts by what became of them.
    """
    outcomes = sorted(Counter(finding.outcome.value for finding in findings).items())
    facts = (run.get("version"), run.get("model"), rules, as_of, sorted(counts.items()), outcomes)
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def keep_sample(ledger: Ledger, sample: Sample) -> None:
    """Keep a sample, its answers too."""
    ledger.keep_note(f"{_HEADER}{sample.code}", to_json(dataclasses.replace(sample, questions=())))
    ledger.keep_checks(sample.code, {question.number: to_json(question) for question in sample.questions})
    if any(question.answer for question in sample.questions):
        ledger.keep_note(_ANSWERED, sample.code)


def kept_sample(ledger: Ledger, code: str) -> Sample | None:
    """Return a sample with its answers, None when this audit has none of this name."""
    header = ledger.note(f"{_HEADER}{code}")
    if header is None:
        return None
    questions = tuple(from_json(Question, body) for body in ledger.checks(code))
    return dataclasses.replace(from_json(Sample, header), questions=questions)


def last_measured(ledger: Ledger, basis: str) -> Measured | None:
    """Return what the sample says that was answered last; None without one, or when other decisions are in force."""
    code = ledger.note(_ANSWERED)
    sample = kept_sample(ledger, code) if code else None
    return measure(sample) if sample and sample.basis == basis else None
