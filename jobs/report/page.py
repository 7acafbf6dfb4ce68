"""The director's report: one HTML page that needs nothing else, with figures and no names."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from jobs.report import charts, sentences
from jobs.report.figures import Figures, Line, worst_first
from jobs.report.tally import Tally
from jobs.report.texts import Texts, load_texts
from jobs.report.words import MARKS, OUTCOMES
from sagstjek.requirements import Requirement, Severity
from sagstjek.rules import Rules

UNITS_SHOWN: Final = 30
_GRAVITY: Final = tuple(Severity)
_RUN_FACTS: Final = ("started", "finished", "sagstjek", "version", "model", "engine", "reading", "rules")


@dataclass(frozen=True, slots=True)
class Held:
    """A requirement with its figures."""

    rule: Requirement
    line: Line

    @property
    def observed(self) -> bool:
        """Whether there is anything to say: a gap, or something open."""
        return bool(self.line.tally.gaps or self.line.tally.open)


def render_report(figures: Figures, rules: Rules, run: Mapping[str, str | int], language: str) -> str:
    """Return the report as HTML.

    Args:
        run: plain facts of the run; only those known to say nothing personal are shown.
        language: `da` or `en`.
    """
    texts = load_texts(language)
    held = held_requirements(figures, rules)
    shown = [one for one in held if one.line.tally.total]
    critical = [(one.rule.title, one.line) for one in held if one.rule.severity is Severity.CRITICAL]
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            figures=figures,
            rules=rules,
            t=texts,
            held=shown,
            graded=[(code, some) for code in Severity if (some := [one for one in shown if one.rule.severity == code])],
            idle=[one.rule.title for one in held if not one.line.tally.total],
            units=figures.units[:UNITS_SHOWN],
            other_units=figures.units[UNITS_SHOWN:],
            other_tally=sum_of(figures.units[UNITS_SHOWN:]),
            summary=sentences.summary(figures, critical, texts),
            wrongly_titled=run.get("wrongly_titled", 0),
            run=run_facts({**run, "rules": rules.digest}, texts),
            outcomes=[(outcome, OUTCOMES[language][outcome]) for outcome in charts.ORDER],
            marks=MARKS,
            severities=list(Severity),
            charts=charts,
            sentences=sentences,
        )
    )


def held_requirements(figures: Figures, rules: Rules) -> list[Held]:
    """Return every requirement with its figures: gravest first, least fulfilled first within a severity."""
    lines = {line.key: line for line in figures.requirements}
    held = [Held(rule, lines[rule.id]) for rule in rules.requirements]
    return sorted(held, key=lambda one: (_GRAVITY.index(one.rule.severity), worst_first(one.line)))


def sum_of(lines: tuple[Line, ...]) -> Tally:
    """Return the counts of several groups together."""
    return Tally(**{name: sum(getattr(line.tally, name) for line in lines) for name in Tally.__slots__})


def run_facts(run: Mapping[str, str | int], texts: Texts) -> list[tuple[str, str]]:
    """Return label and value of the facts of a run that the report shows."""
    return [(texts(f"run_{name}"), _fact(run[name], texts)) for name in _RUN_FACTS if run.get(name)]


def _fact(value: str | int, texts: Texts) -> str:
    try:
        when = dt.datetime.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return f"{texts.day(when.date())} {when:%H:%M} {when:%Z}".rstrip()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("jobs.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
