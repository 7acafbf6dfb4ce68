"""`sagstjek adapt`: the model fitted to the audit's own archive, and everything decided again with it."""

import datetime as dt
import getpass
import json
import sys
import uuid
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from connectors.ledger import Ledger
from jobs.again import decide_stale
from jobs.audit import MODEL, read_model
from jobs.conclude import Basis, conclude, open_audit, reopen, write_outputs, write_text
from jobs.deciding import read_decisions, write_questions
from jobs.learning import Learnt, decisions_of, learn
from jobs.options import settings_of
from jobs.tools import Setup
from models.artefact import read_artefact, write_artefact
from models.labeller import Labeller, from_artefact, load_model, to_artefact
from pipeline.attribute import People
from sagstjek.errors import InputError
from sagstjek.people import Roster
from sagstjek.settings import Settings

_QUESTIONS: Final = "decisions.xlsx"


def run(arguments: Namespace) -> int:
    """Take answers, fit the model, decide again, write the outputs; or ask for decisions."""
    settings, _ = settings_of(arguments)
    audit: Path = arguments.audit
    with open_audit(audit) as ledger:
        basis = reopen(audit, ledger)
        base = load_model(read_model(arguments.model))
        if arguments.answers:
            _take(ledger, arguments.answers)
        if arguments.ask:
            learnt = learn(ledger, base, ask=arguments.ask)
            out = arguments.to or audit / _QUESTIONS
            _ask(learnt, out)
            return 0
        learnt = learn(ledger, base)
        if not learnt.decisions and not learnt.titles:
            raise InputError(
                f"{audit}: nothing to learn from: no part was decided, and no title names a type. Ask for decisions "
                "with --ask 200."
            )
        model = save_model(learnt.model, audit / MODEL)
        _say(f"learnt from {learnt.decisions} decisions and {learnt.titles} titles; {learnt.noisy} titles lie")
        again = _decide(ledger, model, audit, basis)
        _conclude(ledger, audit, basis, model, settings.language)
    print(f"{again} documents decided again with {model.model_id}; lists and report are written anew: {audit}")
    return 0


def save_model(model: Labeller, path: Path) -> Labeller:
    """Write a model to a file that is there whole or not at all, and return it as it will be read."""
    data = write_artefact(to_artefact(model))
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(data)
    new.replace(path)
    return from_artefact(read_artefact(data))


def _take(ledger: Ledger, file: Path) -> None:
    answers = read_decisions(file)
    if not answers:
        raise InputError(
            f"{file}: no row has an answer. Choose types in the column 'Rigtig type', save, and try again."
        )
    now = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
    decisions = list(decisions_of(answers, ledger, getpass.getuser(), now))
    ledger.keep_decisions(decisions)
    lost = len(answers) - len(decisions)
    if lost:
        _say(f"{lost} of {len(answers)} answers name no part of this audit, and are passed over")


def _ask(learnt: Learnt, out: Path) -> None:
    if out.exists():
        raise InputError(f"{out}: is there already, and may hold answers. Name another file with --to, or move it.")
    if not learnt.doubtful:
        raise InputError("no part is in doubt, so there is nothing to ask.")
    write_questions(out, learnt.doubtful)
    print(out)


def _decide(ledger: Ledger, model: Labeller, audit: Path, basis: Basis) -> int:
    settings = _settings(basis.run)
    roster = ledger.roster() or Roster(())
    accept_at = settings.accept_at or model.accept_at
    setup = Setup(
        settings,
        People.of(roster.employments),
        b"",
        (audit / MODEL).read_bytes(),
        str(basis.run["version"]),
        f"{model.model_id}/{accept_at}",
    )
    return decide_stale(ledger, setup, roster, roster)


def _settings(run: Mapping[str, Any]) -> Settings:
    """Return the settings of the run, as far as a decision rests on them."""
    accept_at = run.get("settings", {}).get("accept_at", [0.0])[0]
    return Settings(accept_at=float(accept_at))


def _conclude(ledger: Ledger, audit: Path, basis: Basis, model: Labeller, language: str) -> None:
    concluded = conclude(ledger, basis.rules, basis.as_of)
    now = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
    facts = {**basis.run, **concluded.counts, "model": model.model_id, "adapted": now}
    ledger.keep_findings(concluded.findings)
    ledger.save_run(uuid.uuid4().hex, json.dumps(facts))
    write_outputs(audit, ledger, concluded, Basis(basis.rules, basis.as_of, facts), language)
    write_text(audit / "run.json", json.dumps(facts, ensure_ascii=False, indent=1) + "\n")


def _say(text: str) -> None:
    sys.stderr.write(f"sagstjek: {text}\n")
