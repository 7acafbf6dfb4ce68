"""The columns of the gap list, and how its cells look."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format

from sagstjek.findings import Outcome
from sagstjek.requirements import Severity


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, width in characters, and whether the archivist answers in it."""

    name: str
    width: float
    answer: bool = False


COLUMNS: Final = (
    Column("case_id", 14),
    Column("name", 24),
    Column("cpr", 13),
    Column("employment_id", 15),
    Column("unit", 24),
    Column("manager", 20),
    Column("severity", 18),
    Column("title", 34),
    Column("documents", 26),
    Column("status", 20),
    Column("best_candidate", 16),
    Column("why", 46),
    Column("action", 24),
    Column("due", 12),
    Column("requirement", 27),
    Column("answer", 20, answer=True),
    Column("reason", 30, answer=True),
    Column("by", 16, answer=True),
    Column("date", 12, answer=True),
)

_LINE_POINTS: Final = 13.5
_LINES: Final = 8


def row_height(texts: Mapping[str, str]) -> float:
    """Return the height in points that shows a row's texts, by column name, wrapped; at most eight lines."""
    lines = max(ceil(len(texts.get(column.name, "")) * 1.05 / column.width) for column in COLUMNS)
    return _LINE_POINTS * min(max(lines, 1), _LINES) + 1.5


# Pale fills that stay apart for the colour-blind (blue, orange, violet, grey); the word is always there too.
_STATUS_FILL: Final = {
    Outcome.MISSING: "#F6C9B7",
    Outcome.MISFILED: "#D9CCEC",
    Outcome.LATE: "#FBE7B8",
    Outcome.EXPIRED: "#FBE7B8",
    Outcome.UNCERTAIN: "#D6E6F2",
    Outcome.UNASSESSABLE: "#E5E7EB",
    Outcome.FORBIDDEN: "#CFE3DF",
}
_SEVERITY_INK: Final = {Severity.CRITICAL: "#8A1420", Severity.MAJOR: "#6B4700", Severity.MINOR: "#22583A"}


@dataclass(frozen=True, slots=True)
class Style:
    """The formats of a workbook."""

    title: Format
    note: Format
    head: Format
    count_head: Format
    answer_head: Format
    text: Format
    number: Format
    share: Format
    total_text: Format
    total: Format
    total_share: Format
    day: Format
    answer: Format
    status: Mapping[Outcome, Format]
    severity: Mapping[Severity, Format]

    def of_column(self, name: str, outcome: Outcome, severity: Severity) -> Format:
        """Return the format of a cell of the gap list."""
        by_name = {
            "status": self.status.get(outcome, self.text),
            "severity": self.severity[severity],
            "due": self.day,
            "date": self.day,
            "answer": self.answer,
            "reason": self.answer,
            "by": self.answer,
        }
        return by_name.get(name, self.text)


def make_style(file: xlsxwriter.Workbook) -> Style:
    """Return the formats, made in a workbook."""
    base = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
    rule = {"bottom": 1, "bottom_color": "#D1D5DB"}
    head = {**base, "bold": True, "valign": "vcenter", "font_color": "#FFFFFF", "bg_color": "#1F4E5F"}
    total = {**base, "bold": True, "top": 1}

    def form(**more: str | float) -> Format:
        return file.add_format({**base, **rule, "num_format": "@", **more})

    return Style(
        title=file.add_format({"font_name": "Calibri", "font_size": 16, "bold": True, "font_color": "#1F4E5F"}),
        note=file.add_format({**base, "font_color": "#4B5563"}),
        head=file.add_format(head),
        count_head=file.add_format({**head, "align": "center"}),
        answer_head=file.add_format({**head, "bg_color": "#6B4700"}),
        text=form(),
        number=form(num_format="#,##0", align="center"),
        share=form(num_format="0.0%", align="center"),
        total_text=file.add_format(total),
        total=file.add_format({**total, "num_format": "#,##0", "align": "center"}),
        total_share=file.add_format({**total, "num_format": "0.0%", "align": "center"}),
        day=form(num_format="yyyy-mm-dd", align="left"),
        answer=form(bg_color="#FFFBEB"),
        status={outcome: form(bg_color=fill) for outcome, fill in _STATUS_FILL.items()},
        severity={severity: form(font_color=ink, bold=True) for severity, ink in _SEVERITY_INK.items()},
    )
