"""From a setting to an engine."""

from importlib import import_module
from typing import Final

from pipeline.ocr.engine import OcrEngine
from sagstjek.errors import ProgramError

_ENGINES: Final = {
    "tesserocr": ("pipeline.ocr.tesserocr_engine", "TesserocrEngine"),
    "pytesseract": ("pipeline.ocr.pytesseract_engine", "PytesseractEngine"),
}


def open_engine(kind: str, languages: str) -> OcrEngine:
    """Return an OCR engine, ready to read.

    Args:
        kind: `tesserocr`, `pytesseract`, or `auto`: the first of them that can be imported.
        languages: Tesseract's names, joined by `+`.

    Raises:
        ProgramError: a package, the program or a language file is missing; says how to install it.
    """
    for name in _ENGINES if kind == "auto" else (kind,):
        module, engine = _ENGINES[name]
        try:
            found = import_module(module)
        except ImportError:
            continue
        made: OcrEngine = getattr(found, engine)(languages)
        return made
    packages = " or ".join(_ENGINES) if kind == "auto" else kind
    raise ProgramError(
        f"The Python package {packages} is not installed in this environment or cannot be loaded; without it "
        f"scanned pages cannot be read. Install it: pip install {packages.split()[0]}"
    )
