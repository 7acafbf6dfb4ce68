"""Tesseract's language files: where they lie, and which they are."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from sagstjek.errors import ProgramError

ORIENTATION: Final = "osd"
"""The language file with which orientation is found."""
_PLACES: Final = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


def find_language_data(languages: str) -> Path:
    """Return the folder that holds the files of these languages (`dan+eng`) and of orientation.

    Raises:
        ProgramError: none does; says which are missing and how to install them.
    """
    wanted = (*languages.split("+"), ORIENTATION)
    best: Sequence[str] = wanted
    for folder in _folders():
        missing = [name for name in wanted if not (folder / f"{name}.traineddata").is_file()]
        if not missing:
            return folder
        best = min(best, missing, key=len)
    packages = " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in best)
    raise ProgramError(
        f"Tesseract's language files for {', '.join(best)} were not found; without them scanned pages cannot "
        f"be read. Install them: sudo apt-get install tesseract-ocr {packages} (or set TESSDATA_PREFIX to "
        f"the folder that holds them)."
    )


def identity(folder: Path, languages: str) -> str:
    """Return the languages with the start of their files' SHA-256, `dan:1a2b3c4d osd:...`."""
    names = (*languages.split("+"), ORIENTATION)
    return " ".join(f"{name}:{_digest(folder / f'{name}.traineddata')}" for name in names)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:8]


def _folders() -> Iterator[Path]:
    prefix = os.environ.get("TESSDATA_PREFIX")
    if prefix:
        yield from (Path(prefix), Path(prefix) / "tessdata")
    yield from map(Path, _PLACES)
    program = shutil.which("tesseract")
    if program:
        # The first line names the folder: List of available languages in "/usr/share/.../tessdata/" (3):
        told = subprocess.run(  # noqa: S603 - a program of the system, without anything from outside
            [program, "--list-langs"], capture_output=True, text=True, check=False, timeout=30
        )
        quoted = (told.stdout + told.stderr).split('"')
        if len(quoted) > 1:
            yield Path(quoted[1])
