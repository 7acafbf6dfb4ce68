"""`sagstjek doctor`: checks programs, languages, packages, rights and cluster, and says what to do."""

import os
import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from jobs.cluster import check_versions, connect
from jobs.code import code_digest, foreign_names
from jobs.conclude import open_audit
from jobs.options import settings_of
from models.labeller import load_model
from pipeline.ocr.opening import open_engine
from sagstjek import __version__
from sagstjek.errors import ConnectorError, ExitCode, SagstjekError
from sagstjek.rules import load_rules
from sagstjek.settings import Settings


def run(arguments: Namespace) -> int:
    """Print a line a check; 0 when all is well, else the code of the first failure."""
    settings, _ = settings_of(arguments)
    checks: list[tuple[str, Callable[[], str]]] = [
        ("Python", lambda: f"{sys.version.split()[0]}"),
        ("sagstjek", lambda: f"{__version__}, code {code_digest()}"),
        ("packages", _packages),
        ("settings", lambda: "no unknown word"),
        ("OCR engine", lambda: _engine(settings)),
        ("model", lambda: load_model().model_id),
        ("rules", lambda: f"{len(load_rules(None).requirements)} requirements shipped"),
        ("temporary folder", _temporary),
    ]
    if arguments.audit is not None:
        checks.append(("ledger", lambda: _ledger(arguments.audit)))
    if arguments.cluster:
        checks.append(("cluster", lambda: _cluster(arguments.cluster)))
    code = ExitCode.DONE
    for what, look in checks:
        try:
            mark, found = "ok", look()
        except SagstjekError as error:
            mark, found = "NO", str(error)
            code = code or error.exit_code
        print(f"{mark:3} {what:17} {found}")
    return code


def _packages() -> str:
    foreign = foreign_names()
    if foreign:
        names = "; ".join(f"'{name}' also comes from {', '.join(others)}" for name, others in foreign.items())
        raise SagstjekError(f"{names}. Give sagstjek a virtual environment of its own.")
    return "the five names are ours alone"


def _engine(settings: Settings) -> str:
    engine = open_engine(settings.ocr_engine, settings.languages)
    return f"{engine.name}, {engine.version}"


def _temporary() -> str:
    try:
        with tempfile.TemporaryDirectory() as name:
            (Path(name) / "x").write_bytes(b"x")
    except OSError as error:
        raise ConnectorError(f"cannot be written to ({error.strerror}). Free space, or set TMPDIR.") from None
    return f"writable, {os.cpu_count()} cores"


def _ledger(audit: Path) -> str:
    with open_audit(audit) as ledger:
        counts = ledger.counts()
        return f"{counts.documents} documents, {counts.read} read, {counts.unreadable} unreadable"


def _cluster(address: str) -> str:
    with tempfile.TemporaryDirectory() as private, connect(address, 0, Path(private)) as client:
        check_versions(client)
        return f"{len(client.nthreads())} workers, {sum(client.nthreads().values())} threads, the same code"
