"""Systems by name: each is an entry point of the group `sagstjek.records`, ours as well as a third party's."""

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from typing import Final

from connectors.records.protocol import RecordsSystem
from connectors.records.site import Source
from sagstjek.errors import ProgramError, SettingsError, nearest

GROUP: Final = "sagstjek.records"
Opener = Callable[[Source], RecordsSystem]
"""What an entry point names: a function that opens a source, and raises `SettingsError` for one that cannot be."""


def known_systems() -> tuple[str, ...]:
    """Return the names of the systems that have a connector."""
    return tuple(sorted(_found()))


def open_system(source: Source) -> RecordsSystem:
    """Return the system of a source, without asking it anything yet.

    Raises:
        SettingsError: no such system, or settings that cannot be.
        ProgramError: the connector is there, but something it needs is not installed.
    """
    found = _found()
    if source.system not in found:
        known = ", ".join(sorted(found)) or "none: install sagstjek again"
        raise SettingsError(f"unknown system '{source.system}'{nearest(source.system, found)}. Known are: {known}.")
    try:
        opener: Opener = found[source.system].load()
    except ImportError as error:
        kind = error.name or "a package"
        raise ProgramError(f"the connector '{source.system}' needs {kind}, which is not installed.") from None
    return opener(source)


def _found() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}
