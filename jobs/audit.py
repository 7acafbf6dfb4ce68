"""`sagstjek audit`, the main job: read every document, find the gaps, write lists and report."""

import contextlib
import dataclasses
import datetime as dt
import hashlib
import json
import secrets
import shutil
import sys
import time
import uuid
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

from connectors.export_folder import ExportFolder, stamp
from connectors.ledger import Ledger
from connectors.roster import load_roster
from jobs.again import decide_stale, deciding_basis
from jobs.cluster import Answer, check_versions, connect, read_all
from jobs.code import code_digest
from jobs.conclude import Basis, conclude, write_outputs, write_text
from jobs.options import settings_of, tell_of_fields
from jobs.planned import held_against, load_plan
from jobs.progress_view import open_progress
from jobs.tasks import make_tasks
from jobs.tools import Setup, versioned
from jobs.work import Task
from pipeline.attribute import People
from sagstjek import __version__
from sagstjek.errors import DocumentError, ExitCode, InputError, TableError
from sagstjek.findings import Finding, Outcome
from sagstjek.people import Roster
from sagstjek.progress import Progress, Step
from sagstjek.rules import Rules, load_rules
from sagstjek.settings import Origin
from sagstjek.shapes import Document, Reading, Reason, Status

_TRY_AGAIN: Final = frozenset(
    {
        Reason.TIMED_OUT,
        Reason.CRASHED,
        Reason.OUT_OF_MEMORY,
        Reason.NOT_FOUND,
        Reason.NO_ACCESS,
        Reason.INTERNAL,
    }
)
"""Reasons that another run may not meet again."""
MODEL: Final = "model.sagstjek"
"""The model of an audit folder that was fitted to its archive; audits into the folder use it."""
_KEY: Final = "key"
_INDEX: Final = "index"
_WARNINGS: Final = 10
"""Warnings about the index that are shown; a million rows can have as many."""


@dataclass(frozen=True, slots=True)
class Order:
    """What an audit was asked to do."""

    export: str = field(repr=False)
    roster: Roster = field(repr=False)
    rules: Rules
    rules_file: Path | None
    out: Path
    cluster: str
    workers: int
    as_of: dt.date
    setup: Setup
    origins: tuple[Origin, ...]
    model: str
    engine: str
    plan: Mapping[str, object] | None = field(default=None, repr=False)


def run(arguments: Namespace) -> int:
    """Audit an export and print a short summary; 2 when some documents could not be read."""
    order = _order(arguments)
    started = time.time()
    _make_folder(order.out)
    with Ledger.open(order.out / "ledger.sqlite", exclusive=True) as ledger:
        order = dataclasses.replace(order, setup=dataclasses.replace(order.setup, key=_key(ledger)))
        before = ledger.roster()
        ledger.keep_roster(order.roster)
        folder = ExportFolder(order.export)
        list_index(ledger, folder, order.roster)
        decided = decide_stale(ledger, order.setup, order.roster, before)
        read_documents(order, folder, ledger)
        concluded = conclude(ledger, order.rules, order.as_of)
        facts = _facts(order, started, concluded.counts, concluded.findings) | {"decided_again": decided}
        if order.plan is not None:
            readings = (reading for _, reading in ledger.readings())
            facts["plan"] = held_against(order.plan, readings, order.setup.settings.document_seconds)
        ledger.keep_findings(concluded.findings)
        ledger.save_run(uuid.uuid4().hex, json.dumps(facts))
        _keep_rules(order.rules_file, order.out)
        basis = Basis(order.rules, order.as_of, facts)
        write_outputs(order.out, ledger, concluded, basis, order.setup.settings.language)
        write_text(order.out / "run.json", json.dumps(facts, ensure_ascii=False, indent=1) + "\n")
    for line in summary_lines(facts, concluded.findings, order.rules, order.out):
        print(line)
    return ExitCode.SOME_UNREADABLE if facts["unreadable"] else ExitCode.DONE


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{out}: cannot be made ({error.strerror}). Name another folder with --out.") from None


def _keep_rules(file: Path | None, out: Path) -> None:
    """Keep the rules of this run beside its results, for `sagstjek gaps`; none where they are the shipped ones."""
    kept = out / "requirements.yaml"
    if file is None:
        kept.unlink(missing_ok=True)
    elif file.resolve() != kept.resolve():
        shutil.copyfile(file, kept)


def read_model(file: Path | None) -> bytes | None:
    """Return the bytes of a model file; None, which means the shipped model, where none is named.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return file.read_bytes() if file else None
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}). Name a model of `sagstjek train`.") from None


def _order(arguments: Namespace) -> Order:
    """Check everything that can be checked before any work starts."""
    settings, origins = settings_of(arguments)
    rules = load_rules(arguments.rules)
    roster = load_roster(arguments.roster)
    if not roster.employments:
        raise InputError(f"{arguments.roster}: holds no employment, so there is nobody to audit.")
    tell_of_fields(rules, roster)
    adapted = arguments.out / MODEL
    model = arguments.model or (adapted if adapted.exists() else None)
    setup = Setup(settings, People.of(roster.employments), b"", read_model(model))
    setup, tools = versioned(setup)
    return Order(
        arguments.export,
        roster,
        rules,
        arguments.rules,
        arguments.out,
        arguments.cluster,
        arguments.workers or 0,
        arguments.as_of or dt.datetime.now(tz=dt.UTC).date(),
        setup,
        origins,
        tools.classifier.model_id,
        f"{tools.engine.name}, {tools.engine.version}",
        load_plan(arguments.plan) if arguments.plan else None,
    )


def list_index(ledger: Ledger, folder: ExportFolder, roster: Roster) -> None:
    """Put the index into the ledger, unless it lies there already: a million rows take most of a minute."""
    basis = _index_basis(folder, roster)
    if basis and ledger.note(_INDEX) == basis:
        return
    ledger.keep_note(_INDEX, "")  # killed from here on, the ledger does not know which index it holds
    warnings = Warnings()
    count = ledger.list_documents(with_case_cpr(folder.documents(warnings), roster))
    warnings.close()
    if not count:
        raise InputError(
            "the index holds no document, so everything would look missing. Check that the export is complete."
        )
    ledger.keep_note(_INDEX, basis)


def _index_basis(folder: ExportFolder, roster: Roster) -> str:
    """Return a digest of all that the listed documents rest on; empty when the store has no stamp for the index."""
    for name in ("index.csv", "index.xlsx"):
        with contextlib.suppress(DocumentError):
            reference = folder.reference(Document(name, name))
            mark = stamp(reference)
            cases = [(e.case_id, e.cpr.digits) for e in roster.employments if e.case_id]
            return hashlib.sha256(f"{reference}\0{mark}\0{code_digest()}\0{cases}".encode()).hexdigest() if mark else ""
    return ""


def with_case_cpr(documents: Iterable[Document], roster: Roster) -> Iterator[Document]:
    """Yield the documents; where the index does not say whose case it is, the roster may."""
    known = {employment.case_id: employment.cpr for employment in roster.employments if employment.case_id}
    for document in documents:
        if document.case_cpr is None and document.case_id in known:
            yield dataclasses.replace(document, case_cpr=known[document.case_id])
        else:
            yield document


def read_documents(order: Order, folder: ExportFolder, ledger: Ledger) -> None:
    """Let every document be read that the ledger has no valid reading of."""
    progress = open_progress()
    progress.start(ledger.counts().documents, 0)
    contexts: dict[str, str] = {}
    basis = deciding_basis(order.setup, order.roster)

    def keep(answers: Sequence[Answer]) -> None:
        readings = [answer for answer in answers if isinstance(answer, Reading)]
        if readings:
            ledger.keep(readings, {r.document_id: _context(r, contexts.pop(r.document_id)) for r in readings}, basis)
        for answer in answers:
            contexts.pop(answer.document_id, None)
            _advance(progress, answer)

    def changed() -> Iterator[Task]:
        for found in make_tasks(ledger, folder, order.setup.version, contexts):
            if isinstance(found, Task):
                yield found
            else:
                keep((found,))

    try:
        tasks = changed()
        first = next(tasks, None)
        if first is not None:  # no cluster is started when there is nothing to read
            _read(order, chain((first,), tasks), keep)
    finally:
        progress.stop()


def _read(order: Order, tasks: Iterable[Task], keep: Callable[[Sequence[Answer]], None]) -> None:
    """Let a cluster do the tasks."""
    private = order.out / "work"
    private.mkdir(mode=0o700, exist_ok=True)
    try:
        with connect(order.cluster, order.workers, private) as client:
            check_versions(client)
            read_all(client, order.setup, tasks, keep)
    finally:
        shutil.rmtree(private, ignore_errors=True)


def _advance(progress: Progress, answer: Answer) -> None:
    if isinstance(answer, Reading):
        lost = all(part.status is Status.UNREADABLE for part in answer.parts)
        progress.advance(Step(sum(part.pages_read for part in answer.parts), lost, answer.seconds))
    else:
        progress.advance(Step())


def _context(reading: Reading, context: str) -> str:
    """Return what the reading depends on; nothing, so that the next run tries again, when it may then succeed."""
    return "" if any(part.reason in _TRY_AGAIN for part in reading.parts) else context


def _key(ledger: Ledger) -> bytes:
    """Return the audit's secret for keyed hashes; made once."""
    if ledger.note(_KEY) is None:
        ledger.keep_note(_KEY, secrets.token_hex(32))
    return bytes.fromhex(ledger.note(_KEY) or "")


def _facts(order: Order, started: float, counts: Mapping[str, int], findings: Sequence[Finding]) -> dict[str, object]:
    """Return what run.json tells."""
    return {
        "sagstjek": __version__,
        "code": code_digest(),
        "version": order.setup.version,
        "model": order.model,
        "engine": order.engine,
        "started": dt.datetime.fromtimestamp(started, tz=dt.UTC).isoformat(timespec="seconds"),
        "finished": dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds"),
        "seconds": round(time.time() - started, 1),
        "as_of": order.as_of.isoformat(),
        "rules": order.rules.digest,
        "reading": order.setup.settings.reading,
        "cluster": order.cluster,
        "employments": len(order.roster.employments),
        **counts,
        "findings": dict(sorted(Counter(finding.outcome.value for finding in findings).items())),
        "settings": {origin.name: [origin.value, origin.origin] for origin in order.origins},
    }


def summary_lines(facts: dict[str, object], findings: Sequence[Finding], rules: Rules, out: Path) -> Iterator[str]:
    """Yield the summary for the terminal."""
    yield f"{facts['documents']} documents of {facts['employments']} employments, {facts['parts']} parts"
    yield (
        f"{facts['unreadable']} documents unreadable, {facts['review']} parts for review, "
        f"{facts['misfiled']} misfiled, {facts['duplicate']} duplicates"
    )
    shown = (
        Outcome.MISSING,
        Outcome.MISFILED,
        Outcome.LATE,
        Outcome.EXPIRED,
        Outcome.UNCERTAIN,
        Outcome.UNASSESSABLE,
    )
    yield f"{'requirement':58} {'fulfilled':>9} " + " ".join(f"{o.value:>9.9}" for o in shown)
    for requirement in rules.requirements:
        counts = Counter(f.outcome for f in findings if f.requirement == requirement.id)
        if counts:
            row = " ".join(f"{counts[outcome]:9}" for outcome in shown)
            yield f"{requirement.title[:58]:58} {counts[Outcome.FULFILLED]:9} {row}"
    yield f"report: {out / 'report.html'}   gap list: {out / 'gaps.xlsx'}"


class Warnings:
    """Says the first warnings of an index on stderr, and in the end how many more there were."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self, warning: TableError) -> None:
        """Take one warning."""
        self._count += 1
        if self._count <= _WARNINGS:
            _say(f"{warning} The document is read all the same.")

    def close(self) -> None:
        """Say how many were not shown."""
        if self._count > _WARNINGS:
            _say(f"{self._count - _WARNINGS} more cells of the index were passed over in the same way.")


def _say(text: str) -> None:
    sys.stderr.write(f"sagstjek: {text}\n")
