"""Where a records system is and how it may be asked: its address, settings and secrets."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Final, TypeVar, get_type_hints
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from connectors.addresses import shown
from sagstjek.errors import SettingsError, nearest

_Settings = TypeVar("_Settings")
_YES_NO: Final = {"ja": True, "nej": False, "true": True, "false": False, "1": True, "0": False}
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Source:
    """A records system as the user names it.

    Attributes:
        system: name of its connector's entry point.
        url: without settings.
        options: settings by name, as text.
        record: folder for redacted exchanges, or None.
    """

    system: str
    url: str = field(repr=False)
    options: Mapping[str, str] = field(default_factory=dict, repr=False)
    record: Path | None = field(default=None, repr=False)

    @property
    def shown(self) -> str:
        """The address for messages."""
        return f"{self.system} at {shown(self.url)}"


@dataclass(frozen=True, slots=True)
class Site:
    """How a server may be asked; the same settings for every system on the web. Times in seconds."""

    url: str
    """Base address; plain http only on this machine."""
    ca_bundle: str = ""
    """PEM file of the authorities to trust instead of those of the machine."""
    timeout: float = 30.0
    """Without a byte from the server."""
    attempts: int = 5
    """Of a call that may be repeated, the first one included."""
    first_pause: float = 0.5
    """Before the second attempt; doubles up to `most_pause`, less a random part of up to a half."""
    most_pause: float = 8.0
    """Longest pause between two attempts that the server did not ask for."""
    parallel: int = 2
    """Calls at once."""
    requests_per_second: float = 5.0
    """Over all threads; 0 is no limit."""
    max_file_mb: int = 512
    """A larger file is not fetched."""

    @property
    def is_local(self) -> bool:
        """Whether it is a server on this machine."""
        return urlsplit(self.url).hostname in _LOOPBACK


def read_source(written: str, record: Path | None = None) -> Source:
    """Return a source written as `SYSTEM+URL?setting=value&...`, or as the path of a TOML file.

    The file has `system`, `url` and the settings.

    Raises:
        SettingsError: no such file, or it does not name a system and an address.
    """
    if written.endswith(".toml") and "://" not in written:
        return _from_file(Path(written), record)
    scheme, sign, rest = written.partition("://")
    system, plus, inner = scheme.partition("+")
    if not sign:
        raise SettingsError(
            f"{written}: is not a source. Write SYSTEM+https://HOST/PATH, folder:///PATH, or FILE.toml."
        )
    parts = urlsplit(f"{inner or 'https'}://{rest}" if plus or system != "folder" else f"file://{rest}")
    if parts.username or parts.password:
        raise SettingsError(f"{shown(written)}: holds a password. Secrets belong in the environment only.")
    return Source(system, urlunsplit(parts._replace(query="")), dict(parse_qsl(parts.query)), record)


def _from_file(path: Path, record: Path | None) -> Source:
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}). Name the file of the source.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: is not TOML: {error}. Mend the file.") from None
    for name in ("system", "url"):
        if not isinstance(found.get(name), str):
            raise SettingsError(f'{path}: does not say which {name} is meant. Write `{name} = "..."` in it.')
    options = {name: _as_text(value) for name, value in found.items() if name not in {"system", "url"}}
    return Source(str(found["system"]), str(found["url"]), options, record)


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def settings_of(source: Source, *kinds: type[object]) -> None:
    """Refuse a source that has a setting which none of these kinds knows.

    Raises:
        SettingsError: names the nearest known setting.
    """
    known = [f.name for kind in kinds for f in fields(kind) if f.name != "url"]  # type: ignore[arg-type]
    for name in source.options:
        if name not in known:
            advice = f"unknown setting '{name}'{nearest(name, known)}. Known are: {', '.join(sorted(known))}."
            raise SettingsError(f"{source.shown}: {advice}")


def chosen(kind: type[_Settings], source: Source) -> _Settings:
    """Return the settings of a kind, those that the source names in place of the defaults.

    Raises:
        SettingsError: a value is impossible, or a needed one is not given.
    """
    hints = get_type_hints(kind)
    values: dict[str, object] = {}
    for known in fields(kind):  # type: ignore[arg-type]
        if known.name == "url":
            values["url"] = source.url.rstrip("/")
        elif known.name in source.options:
            values[known.name] = _typed(source, known.name, hints[known.name])
        elif known.default is MISSING:
            raise SettingsError(f"{source.shown}: needs the setting '{known.name}'; see the connector's page.")
    made = kind(**values)
    if isinstance(made, Site):
        _check(made, source)
    return made


def _typed(source: Source, name: str, kind: type[object]) -> object:
    text = source.options[name].strip()
    try:
        if kind is bool:
            return _YES_NO[text.lower()]
        value = float(text.replace(",", ".")) if kind is float else int(text) if kind is int else text
    except (ValueError, KeyError):
        wanted = {int: "a whole number", float: "a number", bool: "ja or nej"}[kind]
        raise SettingsError(f"{source.shown}: '{name}' is '{text}', but must be {wanted}.") from None
    if not isinstance(value, str) and not 0 <= value < 1e9:
        raise SettingsError(f"{source.shown}: '{name}' is {text}, which cannot be. Write a number from 0.")
    return value


def _check(site: Site, source: Source) -> None:
    parts = urlsplit(site.url)
    if not parts.hostname or parts.scheme not in {"http", "https"}:
        raise SettingsError(f"{source.shown}: is not a web address. Write {source.system}+https://HOST/PATH.")
    if parts.scheme == "http" and not site.is_local:
        raise SettingsError(f"{source.shown}: is not encrypted. Use https; personnel files never travel in the open.")
    if site.ca_bundle and not Path(site.ca_bundle).is_file():
        raise SettingsError(f"{source.shown}: ca_bundle {site.ca_bundle} is not there. Name a PEM file.")
    for name in ("attempts", "parallel", "max_file_mb"):
        if getattr(site, name) < 1:
            raise SettingsError(f"{source.shown}: '{name}' must be at least 1.")
    if not site.timeout:
        raise SettingsError(f"{source.shown}: 'timeout' must be more than 0 seconds.")


def secret(source: Source, name: str) -> str:
    """Return a secret from the environment, where alone they live: `SAGSTJEK_SECRET_<SYSTEM>_<NAME>`.

    Raises:
        SettingsError: it is not set.
    """
    variable = f"SAGSTJEK_SECRET_{source.system.upper()}_{name}"
    value = os.environ.get(variable, "")
    if not value:
        raise SettingsError(f"{source.shown}: the environment variable {variable} is not set. Set it and start again.")
    return value
