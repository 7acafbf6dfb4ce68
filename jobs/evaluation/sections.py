"""What the page of an evaluation says: each figure with what it means. English, for engineers and auditors."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from jobs.checking.expected import Expected
from jobs.evaluation.figures import GapFigures, PartFigures, Shares
from jobs.sampling import Estimate
from models.evaluate import Share, calibration_error

_CONFUSIONS: Final = 25
INTERVAL: Final = "95 % interval"
_RIGHT: Final = ("type right", INTERVAL, "parts")
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A table with its explanation.

    Attributes:
        about: what the figures mean, in paragraphs.
        drawing: name of the picture that shows them: `risk`, `reliability`, or none.
    """

    title: str
    about: tuple[str, ...]
    heads: tuple[str, ...]
    rows: Rows
    drawing: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An audit held against the truth.

    Attributes:
        audited: facts on what was audited, label and value.
    """

    audited: tuple[tuple[str, str], ...]
    parts: PartFigures
    gaps: GapFigures
    expected: Expected


def sections(evaluation: Evaluation) -> list[Section]:
    """Return the sections of the page, most asked for first."""
    about, parts, gaps = _about(), evaluation.parts, evaluation.gaps
    error = f"Expected calibration error: {100 * calibration_error(parts.reliability):.1f} points."
    figures = ("figure", "share", INTERVAL, "of")
    return [
        Section("What was audited", about["audited"], ("what", ""), evaluation.audited),
        Section("Gaps", about["gaps"], figures, _gaps(evaluation)),
        Section("Parts", about["parts"], figures, tuple(_parts(parts))),
        Section("Accuracy against coverage", about["risk"], ("surest", *_RIGHT), _points(parts.risk), "risk"),
        Section(
            "Stated and true",
            (*about["reliability"], error),
            ("stated", *_RIGHT),
            _points((one.stated, one.right) for one in parts.reliability),
            "reliability",
        ),
        Section("By type", about["types"], ("type", "recognised", INTERVAL, "of", "right when said"), _types(parts)),
        Section("By format", about["formats"], ("format", *_RIGHT), _worst_first(parts.by_format)),
        Section("By trap", about["traps"], ("trap", *_RIGHT), _worst_first(parts.by_trap)),
        Section("By author of the templates", about["sources"], ("author", *_RIGHT), _worst_first(parts.by_source)),
        Section(
            "False gaps by requirement",
            about["requirements"],
            ("requirement", "there after all", INTERVAL, "of"),
            _worst_first(gaps.by_requirement)[::-1],
        ),
        Section("Confused most often", about["confusions"], ("is", "taken for", "times"), _confused(parts)),
    ]


def _gaps(evaluation: Evaluation) -> Rows:
    gaps, expected = evaluation.gaps, evaluation.expected
    return (
        ("false gaps: reported missing, there after all", *_cells(gaps.false)),
        ("missed gaps: really missing, and nothing warned of it", *_cells(gaps.missed)),
        ("really missing, reported so", *_cells(gaps.found)),
        ("uncertain, of all requirements held", *_cells(gaps.uncertain)),
        ("outcome exactly right", *_cells(gaps.same)),
        ("false gaps, as the audit itself expected", *_met(expected.false, gaps.false)),
        ("missed gaps, as the audit itself expected", *_met(expected.missed, gaps.missed)),
    )


def _met(expected: Estimate, met: Share) -> tuple[str, str, str]:
    return (f"{expected.value:.1f}", f"{expected.low:.0f}–{expected.high:.0f}", f"met {met.right}")


def _parts(parts: PartFigures) -> Iterator[tuple[str, ...]]:
    low, high = parts.by_template
    by_template = f"{100 * low:.1f}–{100 * high:.1f} %"
    yield ("could not be read", *_cells(parts.unread))
    yield ("type right", *_cells(parts.right))
    yield ("the same, templates drawn again", _percent(parts.right.value), by_template, str(parts.right.total))
    yield ("accepted without a look", *_cells(parts.accepted))
    yield ("type right, of those accepted", *_cells(parts.accepted_right))
    yield ("truth in the prediction set", *_cells(parts.covered))
    yield ("page range exact, of the true ones", *_cells(parts.exact))
    yield ("page range exact, of those said", *_cells(parts.exact_precision))
    yield ("page range exact, in bundles", *_cells(parts.bundles))
    yield ("person right", *_cells(parts.person))
    yield ("misfiled ones found", *_cells(parts.misfiled))
    yield ("said to be misfiled, really so", *_cells(parts.misfiled_precision))


def _points(points: Iterable[tuple[float, Share]]) -> Rows:
    return tuple((_percent(at), *_cells(share)) for at, share in points)


def _worst_first(shares: Shares) -> Rows:
    return tuple((name, *_cells(share)) for name, share in sorted(shares, key=lambda item: (item[1].value, item[0])))


def _confused(parts: PartFigures) -> Rows:
    return tuple((a, b, str(n)) for a, b, n in parts.confusions[:_CONFUSIONS])


def _types(parts: PartFigures) -> Rows:
    precision = dict(parts.precision)
    worst = sorted(parts.by_type, key=lambda item: (item[1].value, item[0]))
    return tuple((code, *_cells(share), _said(precision.get(code))) for code, share in worst)


def _said(share: Share | None) -> str:
    return f"{_percent(share.value)} of {share.total}" if share else "never said"


def _cells(share: Share) -> tuple[str, str, str]:
    """Return value, interval and number; a share of nothing has neither."""
    if not share.total:
        return ("–", "–", "0")
    low, high = share.interval
    return (_percent(share.value), f"{100 * low:.1f}–{100 * high:.1f} %", str(share.total))


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


@cache
def _about() -> Mapping[str, tuple[str, ...]]:
    """Return what the figures mean, paragraphs by section."""
    raw = yaml.safe_load(files("jobs.evaluation").joinpath("about.yaml").read_text("utf-8"))
    return {section: tuple(paragraphs) for section, paragraphs in raw.items()}
