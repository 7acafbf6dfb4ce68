"""Numbers about a part beside its words: length, format, tables, who speaks."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from sagstjek.shapes import PartText, TextSource

Matrix = npt.NDArray[np.float32]

_MEDIA: Final = ("pdf", "tiff", "jpeg", "docx", "doc", "msg", "eml", "xlsx", "xls", "txt")
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"\bjeg\b|\bmin\b|\bmig\b|\bmit\b",
        r"\bdu\b|\bdin\b|\bdig\b|\bdit\b",
        r"\bDe\b|\bDeres\b|\bDem\b",
        r"^[ \t]*(kære|hej|dear|til)\b",
        r"(med venlig hilsen|venlig hilsen|mvh|vh)\b",
        r"(underskrift|underskrevet|signature)",
        r"[☐☒☑]|\[ ?[xX]?\]",
        r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\. ?[a-z]+ \d{4}",
        r"\d{6} ?-? ?\d{4}",
        r"\d[\d.]*,\d\d\b",
        r"\bkr\b|\bkroner\b",
        r"\d ?%|\bpct\b",
        r"§",
        r"^[ \t]*(fra|til|emne|sendt|from|to|subject)[ \t]*:",
        r":[ \t]*$|:[ \t]{2,}|:\t",
        r"(?:19|20)\d\d\s*[-–]\s*(?:(?:19|20)\d\d|nu|d\.d\.)",
        r"\?",
        r"hermed|herved",
        r"undertegnede",
        r"side \d+ af \d+",
    )
)
NAMES: Final = (
    "characters",
    "lines",
    "line_length",
    "digits",
    "capitals",
    "odd_signs",
    "tabs",
    "pages",
    "landscape",
    "is_ocr",
    "is_member",
    "no_title",
    *(f"media_{code}" for code in _MEDIA),
    *(f"pattern_{n}" for n in range(len(_PATTERNS))),
)


def layout_features(parts: Sequence[PartText]) -> Matrix:
    """Return one row of numbers a part, (n_parts, n_features) float32, each about 0-1."""
    return np.array([_row(part) for part in parts], dtype=np.float32).reshape(len(parts), len(NAMES))


def _row(part: PartText) -> list[float]:
    text = part.text[:8000]
    size = max(len(text), 1)
    lines = [line for line in text.splitlines() if line.strip()]
    return [
        min(np.log1p(len(part.text)) / 10, 1.5),
        min(np.log1p(len(lines)) / 5, 1.5),
        min(float(np.mean([len(line) for line in lines])) / 100, 2.0) if lines else 0.0,
        sum(c.isdigit() for c in text) / size * 3,
        sum(c.isupper() for c in text) / size * 3,
        sum(not (c.isalnum() or c.isspace() or c in ".,:;-()/") for c in text) / size * 5,
        min(text.count("\t") / max(len(lines), 1), 2.0) / 2,
        min(part.pages, 8) / 8,
        float(part.aspect > 1.1),
        float(part.source is TextSource.OCR),
        float(bool(part.member)),
        float(not part.title.strip()),
        *(float(part.media == code) for code in _MEDIA),
        *(min(np.log1p(len(pattern.findall(text))) / 3, 1.5) for pattern in _PATTERNS),
    ]
