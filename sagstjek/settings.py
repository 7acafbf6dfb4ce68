"""Settings: `sagstjek.toml`, then `SAGSTJEK_*` environment, then options; each knows its origin."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from math import inf
from pathlib import Path
from typing import Final, get_type_hints

from sagstjek.errors import SettingsError, nearest


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. Sizes in bytes, times in seconds, resolutions in dpi."""

    reading: str = "quick"
    """`quick` reads as little as settles type, person and page ranges; `full` reads every page."""
    ocr_engine: str = "auto"
    """`tesserocr`, `pytesseract`, or `auto`: the first of them that is installed."""
    languages: str = "dan"
    """Tesseract languages, joined by `+`."""
    ocr_dpi: int = 150
    """Resolution of the first OCR pass; the fine pass doubles it."""
    accept_at: float = 0.0
    """Calibrated probability from which a type is accepted; 0 takes the model's own threshold."""
    max_file_bytes: int = 512 * 1024 * 1024
    """A larger file is `too_large`."""
    max_member_bytes: int = 256 * 1024 * 1024
    """An unpacked attachment or zip member larger than this is `too_large`."""
    max_total_bytes: int = 1024 * 1024 * 1024
    """All that one document unpacks to."""
    max_depth: int = 8
    """Containers within containers."""
    max_members: int = 1000
    """Attachments and zip members of one document, at all depths."""
    max_pages: int = 3000
    """Pages of one member that are looked at."""
    max_pixels: int = 120_000_000
    """Pixels of one page image."""
    document_seconds: float = 300.0
    """Wall time of one document; then it is `timed_out`."""
    worker_memory: int = 4 * 1024 * 1024 * 1024
    """Address space of one reading process; beyond it the document is `out_of_memory`."""
    batch_documents: int = 16
    """Documents in one task."""
    language: str = "da"
    """Language of what people see: `da` or `en`."""


_RANGES: Final[Mapping[str, tuple[float, float]]] = {
    "ocr_dpi": (50, 600),
    "accept_at": (0, 1),
    "max_depth": (0, 100),
    "document_seconds": (1, inf),
    "worker_memory": (512 * 1024 * 1024, inf),
}
"""Least and greatest value, both allowed; every other number is at least 1."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A setting's value as text, and where it came from."""

    name: str
    value: str
    origin: str


def load_settings(
    toml: Path | None = None,
    environment: Mapping[str, str] | None = None,
    options: Mapping[str, object] | None = None,
) -> tuple[Settings, tuple[Origin, ...]]:
    """Return the effective settings, and for each of them where its value came from.

    Args:
        toml: the settings file; None looks for `sagstjek.toml` in the working folder.
        environment: None takes the process's own.
        options: by setting name; None values are left out.

    Raises:
        SettingsError: an unknown name (the nearest known one is named) or an impossible value.
    """
    settings = Settings()
    origins = {f.name: "default" for f in fields(Settings)}
    for origin, values in (
        _from_toml(toml),
        ("environment", _from_environment(os.environ if environment is None else environment)),
        ("option", {k: v for k, v in (options or {}).items() if v is not None}),
    ):
        for name, value in values.items():
            settings = replace(settings, **{name: _checked(name, value, origin)})  # type: ignore[arg-type]
            origins[name] = origin
    _check_choices(settings)
    _check_ranges(settings)
    return settings, tuple(Origin(n, str(getattr(settings, n)), o) for n, o in origins.items())


def _from_toml(path: Path | None) -> tuple[str, Mapping[str, object]]:
    found = path or Path("sagstjek.toml")
    if path is None and not found.exists():
        return "file", {}
    try:
        return str(found), tomllib.loads(found.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"{found}: cannot be read ({error.strerror}). Name a file with settings.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{found}: is not TOML: {error}. Mend or remove the file.") from None


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    """Secrets (`SAGSTJEK_SECRET_*`) are read where they are used, never as settings."""
    prefix = "SAGSTJEK_"
    return {
        name.removeprefix(prefix).lower(): value
        for name, value in environment.items()
        if name.startswith(prefix) and not name.startswith(prefix + "SECRET_")
    }


def _checked(name: str, value: object, origin: str) -> object:
    hints = get_type_hints(Settings)
    if name not in hints:
        raise SettingsError(f"{origin}: unknown setting '{name}'{nearest(name, hints)}. Remove or correct it.")
    kind = hints[name]
    try:
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise TypeError
        if kind is int and isinstance(value, float) and not value.is_integer():
            raise TypeError
        return kind(value)
    except (TypeError, ValueError, OverflowError):
        wanted = {int: "a whole number", float: "a number", str: "a single value"}[kind]
        raise SettingsError(f"{origin}: setting '{name}' is '{value}', but must be {wanted}.") from None


def _check_choices(settings: Settings) -> None:
    for name, allowed in (
        ("reading", ("quick", "full")),
        ("ocr_engine", ("auto", "tesserocr", "pytesseract")),
        ("language", ("da", "en")),
    ):
        value = getattr(settings, name)
        if value not in allowed:
            raise SettingsError(
                f"setting '{name}' is '{value}', but must be one of {', '.join(allowed)}{nearest(value, allowed)}."
            )


def _check_ranges(settings: Settings) -> None:
    for setting in fields(Settings):
        value = getattr(settings, setting.name)
        least, most = _RANGES.get(setting.name, (1, inf))
        if not isinstance(value, str) and not least <= value <= most:
            limit = f"at least {least:g}" if most == inf else f"{least:g} to {most:g}"
            raise SettingsError(f"setting '{setting.name}' is {value:g}, but must be {limit}.")
