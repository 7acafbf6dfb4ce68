"""The words of the report and the workbook, from `texts.yaml`; numbers and days as the language writes them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

Entry = str | Mapping[str, str]

_MONTHS: Final = {
    "da": "januar februar marts april maj juni juli august september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_SIZES: Final = ("B", "kB", "MB", "GB", "TB")
_SPACE: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Texts:
    r"""Texts by key in one language.

    >>> texts = load_texts("da")
    >>> texts.number(1234567), texts.percent(0.0617), texts.day(dt.date(2026, 11, 3))
    ('1.234.567', '6,2\xa0%', '3. november 2026')
    """

    language: str
    entries: Mapping[str, Entry]

    def __call__(self, key: str, **values: str | float) -> str:
        """Return a text with its values; `n` chooses between its singular and plural."""
        entry = self.entries[key]
        if not isinstance(entry, str):
            entry = entry["one" if values.get("n") == 1 else "other"]
        return entry.format(**{name: self.word(value) for name, value in values.items()})

    def word(self, value: str | float) -> str:
        """Return a value as it stands in a sentence."""
        return value if isinstance(value, str) else self.number(value)

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number with separators: 1.234,5 in Danish, 1,234.5 in English."""
        text = f"{value:,.{decimals}f}"
        return text.translate(str.maketrans(",.", ".,")) if self.language == "da" else text

    def percent(self, share: float) -> str:
        """Return a share, 0-1, in percent with one decimal; never 100 or 0 when it is not."""
        shown = min(max(share, 0.001), 0.999) if 0 < share < 1 else share
        return f"{self.number(100 * shown, 1)}{_SPACE if self.language == 'da' else ''}%"

    def interval(self, ends: tuple[float, float]) -> str:
        """Return an interval of shares in percent, both ends."""
        return f"{self.number(100 * ends[0], 1)}–\u2060{self.percent(ends[1])}"

    def day(self, day: dt.date) -> str:
        """Return a day in words."""
        dot = "." if self.language == "da" else ""
        return f"{day.day}{dot} {_MONTHS[self.language][day.month - 1]} {day.year}"

    def size(self, size: float) -> str:
        """Return a number of bytes in a unit that fits."""
        steps = min(max(len(str(int(size))) - 1, 0) // 3, len(_SIZES) - 1)
        shown = size / 1000**steps
        return f"{self.number(shown, 1 if steps and shown < 10 else 0)}{_SPACE}{_SIZES[steps]}"


@cache
def load_texts(language: str) -> Texts:
    """Return the texts in a language, `da` or `en`."""
    raw = yaml.safe_load(files("jobs.report").joinpath("texts.yaml").read_text("utf-8"))
    return Texts(language, {key: entry[language] for key, entry in raw.items()})
