"""`sagstjek sample-check`: a random sample for people to check, and what their answers say of the whole."""

import datetime as dt
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from connectors.ledger import Ledger
from jobs.checking.answers import code_in, read_answers
from jobs.checking.book import write_book
from jobs.checking.draw import draw
from jobs.checking.estimate import Measured, measure
from jobs.checking.keeping import basis_of, keep_sample, kept_sample
from jobs.checking.questions import Pile, Sample
from jobs.checking.rows import Archive, show
from jobs.checking.texts import load_texts
from jobs.conclude import Basis, Concluded, conclude, employments_of, open_audit, reopen, write_report
from jobs.options import settings_of
from jobs.sampling import Estimate
from sagstjek.errors import InputError


def run(arguments: Namespace) -> int:
    """Draw a sample into a workbook; or read the answers, print what they say, and write the report again."""
    settings, _ = settings_of(arguments)
    with open_audit(arguments.audit) as ledger:
        basis = reopen(arguments.audit, ledger)
        concluded = conclude(ledger, basis.rules, basis.as_of)
        digest = basis_of(basis.run, basis.rules.digest, basis.as_of, concluded.counts, concluded.findings)
        if arguments.answers:
            sample = _read(ledger, arguments.answers)
            if sample.basis != digest:
                _say("the audit has decided anew since this sample was drawn: the report does without it. Draw another")
            for line in lines(measure(sample), sample):
                print(line)
            write_report(arguments.audit, ledger, concluded, basis, settings.language)
        else:
            out = arguments.out or arguments.audit / "check.xlsx"
            _draw(arguments, ledger, basis, concluded, digest)
            print(out)
    return 0


def _draw(arguments: Namespace, ledger: Ledger, basis: Basis, concluded: Concluded, digest: str) -> None:
    """Draw a sample and keep it, unless it was drawn before, and write its workbook."""
    settings, _ = settings_of(arguments)
    out = arguments.out or arguments.audit / "check.xlsx"
    if out.exists():
        raise InputError(f"{out}: is there already, and may hold answers. Name another file with --out, or move it.")
    today = dt.datetime.now(tz=dt.UTC).date()
    sample = draw(concluded.readings, concluded.findings, digest, today, arguments.n, arguments.seed)
    if not sample.questions:
        raise InputError(f"{arguments.audit}: nothing was read and nothing is missing, so there is nothing to check.")
    if kept_sample(ledger, sample.code) is None:  # answers that it may have are kept
        keep_sample(ledger, sample)
    titles = {rule.id: rule.title for rule in basis.rules.requirements}
    archive = Archive(concluded.readings, employments_of(ledger), concluded.cases, titles)
    rows = show(sample, archive, load_texts(settings.language))
    write_book(out, rows, settings.language, arguments.export or "")
    for pile in Pile:
        asked = sum(question.pile is pile for question in sample.questions)
        size = sum(stratum.size for stratum in sample.strata if stratum.pile is pile)
        _say(f"{asked} of {size} {pile.value} drawn")


def _read(ledger: Ledger, file: Path) -> Sample:
    """Return the sample of a workbook with its answers, which the ledger keeps from now on."""
    code = code_in(file)
    sample = kept_sample(ledger, code)
    if sample is None:
        raise InputError(f"{file}: belongs to a sample {code}, and this audit has drawn none of that name.")
    sample = read_answers(file, sample)
    keep_sample(ledger, sample)
    return sample


def lines(found: Measured, sample: Sample) -> Iterator[str]:
    """Yield the figures for the terminal."""
    yield f"{found.told} of {found.asked} rows told, {found.unclear} could not be; drawn {found.day}"
    yield f"accepted: type and person right   {_percent(found.accepted)}"
    yield f"accepted: person right            {_percent(found.person)}"
    yield f"said to be misfiled: really so    {found.misfiled if found.misfiled.total else 'none was looked at'}"
    yield f"review: first guess right         {_percent(found.review)}"
    yield f"right type in the prediction set  {_percent(found.covered)}"
    yield f"elusion: missing, there after all {_percent(found.elusion)}"
    yield f"false gaps in all                 {_number(found.false_gaps)}"
    yield f"missed gaps in all, at most       {_number(found.missed_gaps)} (of {sample.fulfilled} fulfilled)"
    for one in found.strata:
        name = " ".join((one.stratum.pile.value, *one.stratum.name))
        yield f"  {name:42} {one.stratum.size:7} units  {one.right if one.right.total else 'no answer'}"


def _percent(estimate: Estimate | None) -> str:
    if estimate is None:
        return "no answer"
    low, value, high = (100 * part for part in (estimate.low, estimate.value, estimate.high))
    return f"{value:.1f} % ({low:.1f}-{high:.1f})"


def _number(estimate: Estimate | None) -> str:
    return f"{estimate.value:.1f} ({estimate.low:.1f}-{estimate.high:.1f})" if estimate else "no answer"


def _say(text: str) -> None:
    sys.stderr.write(f"sagstjek: {text}\n")
