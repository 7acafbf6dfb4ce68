"""How many of each type's own words stand in title, head and body."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt
import yaml

from models.text_features import body, head, title
from sagstjek.shapes import PartText

Matrix = npt.NDArray[np.float32]
_PLACES: Final = (title, head, body)


@cache
def cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return every cue with its type, in the order of `cues.yaml`."""
    raw = yaml.safe_load(files("models").joinpath("cues.yaml").read_text("utf-8"))
    return tuple((code, re.compile(pattern)) for code, patterns in raw.items() for pattern in patterns)


def cue_features(parts: Sequence[PartText]) -> Matrix:
    """Return for each part and place which cues it has, and how many of each type's, (n_parts, n_features) float32.

    Counts are weighted like `log1p`; a cue counts more in the head than in a long body.
    """
    return np.array([_row(part) for part in parts], dtype=np.float32).reshape(len(parts), feature_count())


def feature_count() -> int:
    """Return the number of columns of `cue_features`."""
    types = len({code for code, _ in cues()})
    return len(_PLACES) * (len(cues()) + types)


def _row(part: PartText) -> list[float]:
    row: list[float] = []
    for place in _PLACES:
        text = place(part)
        hits = [min(len(pattern.findall(text)), 4) for _, pattern in cues()]
        by_type: dict[str, float] = {}
        for (code, _), count in zip(cues(), hits, strict=True):
            by_type[code] = by_type.get(code, 0.0) + float(count > 0)
        row += [float(np.log1p(count)) for count in hits]
        row += [total / 3 for total in by_type.values()]
    return row
