"""Which of a connector's calls an installation has, by its own description of itself (OpenAPI or Swagger)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol, runtime_checkable

from connectors.records.answers import Fields, Json
from connectors.records.calling import Ask, Caller
from connectors.records.problems import Problem, RecordsError

_USUAL: Final = (
    *("swagger/docs/v1", "swagger/v1/swagger.json", "swagger.json", "openapi.json", "swagger/docs/v10"),
    *("swagger/docs/v12", "api/swagger.json"),
)
_PARAMETER: Final = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Call:
    """A call that a connector makes: `{}` for each parameter of the path, and what it is for."""

    method: str
    path: str
    what_for: str


@dataclass(frozen=True, slots=True)
class Description:
    """What an installation says of itself."""

    title: str = field(default="", repr=False)
    version: str = ""
    missing: tuple[Call, ...] = ()


@runtime_checkable
class Describing(Protocol):
    """A system whose installations can describe themselves."""

    def description(self, where: str = "") -> Description | None:
        """Return what the installation says of itself, or None when it says nothing.

        Args:
            where: path or address of the description; empty tries the usual places.
        """
        ...


def describe(caller: Caller, calls: Sequence[Call], where: str = "") -> Description | None:
    """Return the installation's description of itself, held against the calls that we make; None when it has none.

    Raises:
        RecordsError: the place that was named has none, or the server does not answer.
    """
    for place in (where,) if where else _USUAL:
        found = _look(caller, place, sure=bool(where))
        if found is not None:
            known = _known(found)
            about = found.one("info")
            missing = tuple(call for call in calls if not _is_there(call, known))
            return Description(about.text("title"), about.text("version"), missing)
    return None


def _look(caller: Caller, place: str, *, sure: bool) -> Fields | None:
    try:
        found = Fields(caller.json(Ask("read the description", "GET", place)))
    except RecordsError as error:
        if sure or error.problem is Problem.NO_ACCESS:
            raise
        return None
    return found if isinstance(found.raw("paths"), dict) else None


def _known(found: Fields) -> frozenset[tuple[str, str]]:
    paths: Json = found.raw("paths")
    assert isinstance(paths, dict)
    return frozenset(
        (method.upper(), _plain(path))
        for path, methods in paths.items()
        if isinstance(methods, dict)
        for method in methods
    )


def _is_there(call: Call, known: frozenset[tuple[str, str]]) -> bool:
    """Return whether a call is known, whatever prefix the description writes before its path."""
    end = _plain(f"/{call.path}")
    return any(method == call.method and path.endswith(end) for method, path in known)


def _plain(path: str) -> str:
    return _PARAMETER.sub("{}", path).rstrip("/").lower()
