"""`sagstjek probe`: what this installation of a records system can do. Reads only, and nothing about people."""

from argparse import Namespace
from dataclasses import fields

from connectors.records.openapi import Describing
from connectors.records.opening import open_system
from connectors.records.protocol import Answering, RecordsSystem
from connectors.records.site import read_source
from sagstjek.errors import ExitCode


def run(arguments: Namespace) -> int:
    """Print a line a finding; 4 when the system does not answer or does not let us in."""
    source = read_source(arguments.source, arguments.record)
    system = open_system(source)
    try:
        health = system.health()
        _say("system", source.shown)
        _say("answers", f"{health.answering.value} {health.version}".strip())
        capabilities = system.capabilities
        for known in fields(capabilities):
            if known.name != "system":
                _say(known.name, _shown(getattr(capabilities, known.name)))
        if health.answering is not Answering.OK:
            return ExitCode.CONNECTOR
        _describe(system, arguments.openapi or "")
        return ExitCode.DONE
    finally:
        system.close()


def _describe(system: RecordsSystem, where: str) -> None:
    found = system.description(where) if isinstance(system, Describing) else None
    if found is None:
        _say("description", "none found; name it with --openapi, or try the calls in a test environment")
        return
    _say("description", f"{found.title} {found.version}".strip())
    for call in found.missing:
        _say("not there", f"{call.method} {call.path} ({call.what_for})")
    if not found.missing:
        _say("calls", "all that we make are there")


def _say(what: str, found: str) -> None:
    print(f"{what:20} {found}")


def _shown(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
