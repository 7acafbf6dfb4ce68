"""How right an audit was, as figures with intervals."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from jobs.evaluation.pairs import Pair
from models.evaluate import Bin, Share, bootstrap, reliability, source_of
from sagstjek.findings import Finding, Outcome
from sagstjek.shapes import Part, Status

Shares = tuple[tuple[str, Share], ...]
_Item = TypeVar("_Item")
_POINTS: Final = 20
"""Points of the curve of accuracy against coverage."""
_SETTLED: Final = frozenset({Status.ACCEPTED, Status.DUPLICATE})
_WARNED: Final = frozenset({Outcome.MISSING, Outcome.UNCERTAIN, Outcome.MISFILED, Outcome.UNASSESSABLE})


@dataclass(frozen=True, slots=True)
class PartFigures:
    """What became of the true parts. Shares of those that were read, unless they say otherwise.

    Attributes:
        unread: of all parts of the truth.
        by_template: 95 % interval of `right`, templates drawn again (bootstrap): documents of one template are alike.
        covered: whose prediction set holds the truth.
        exact, exact_precision: page ranges, of the true ones and of those said. bundles: of documents of several parts.
        by_type, precision: recognised, of those that are; right, of those said to be.
        confusions: (truth, taken for, how often), most frequent first.
        risk: share of the parts, surest first, and accuracy among them.
    """

    total: int
    unread: Share
    right: Share
    by_template: tuple[float, float]
    accepted: Share
    accepted_right: Share
    covered: Share
    exact: Share
    exact_precision: Share
    bundles: Share
    person: Share
    misfiled: Share
    misfiled_precision: Share
    by_type: Shares
    precision: Shares
    by_format: Shares
    by_trap: Shares
    by_source: Shares
    confusions: tuple[tuple[str, str, int], ...]
    risk: tuple[tuple[float, Share], ...]
    reliability: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class GapFigures:
    """What became of the true gaps.

    Attributes:
        held: requirements held against employments. gone: of them, really missing.
        false: of those reported missing, there after all. found: of those really missing, reported so.
        missed: of those really missing, neither missing nor uncertain nor misfiled nor unassessable.
        uncertain: of those reported. same: outcome exactly right.
        by_requirement: of those reported missing, there after all; requirements with any reported.
    """

    held: int
    gone: int
    false: Share
    found: Share
    missed: Share
    uncertain: Share
    same: Share
    by_requirement: Shares


def measure_parts(pairs: Sequence[Pair], parts: Mapping[str, Sequence[Part]]) -> PartFigures:
    """Return the figures on parts.

    Args:
        parts: all that the audit found, by document.
    """
    read = [pair for pair in pairs if pair.read]
    seen = [(pair, pair.part) for pair in read if pair.part is not None]
    accepted = [pair for pair, part in seen if part.status in _SETTLED]
    paged = [pair for pair in read if pair.label.first_page is not None]
    several = Counter((pair.document_id, pair.label.member) for pair in paged)
    found = sum(part.pages > 0 and part.status is not Status.UNREADABLE for some in parts.values() for part in some)
    persons = [(pair, part) for pair, part in seen if pair.label.cpr is not None]
    said = [pair for pair, part in seen if part.misfiled]
    true = [pair for pair in read if _strays(pair)]
    hits = sum(map(_strays, said))
    top = np.array([part.confidence for _, part in seen])
    right = np.array([pair.right for pair in read], dtype=bool)
    exact = sum(pair.same_place for pair in paged)
    return PartFigures(
        len(pairs),
        Share(len(pairs) - len(read), len(pairs)),
        share_of(read, _is_right),
        bootstrap(right, [pair.extra.get("template") or pair.document_id for pair in read]) if read else (0.0, 1.0),
        Share(len(accepted), len(read)),
        share_of(accepted, _is_right),
        Share(sum(pair.label.type in part.candidates for pair, part in seen), len(seen)),
        Share(exact, len(paged)),
        Share(exact, found),
        share_of((p for p in paged if several[p.document_id, p.label.member] > 1), lambda pair: pair.same_place),
        Share(sum(part.cpr == pair.label.cpr for pair, part in persons), len(persons)),
        Share(hits, len(true)),
        Share(hits, len(said)),
        grouped(read, lambda pair: (pair.label.type,)),
        grouped(read, lambda pair: (pair.part.type if pair.part else "",)),
        grouped(read, lambda pair: (pair.extra.get("format") or "unknown",)),
        grouped(read, lambda pair: pair.traps or ("none",)),
        grouped(read, lambda pair: (source_of(pair.extra.get("template", "")),)),
        tuple((a, b, n) for (a, b), n in Counter((p.label.type, q.type) for p, q in seen if not p.right).most_common()),
        _risk(top, right),
        reliability(top, right),
    )


def measure_gaps(said: Iterable[Finding], truth: Iterable[Finding]) -> GapFigures:
    """Return the figures on gaps: false ones among the reported, missed ones among the true."""
    told, real = _outcomes(said), _outcomes(truth)
    missing = [key for key, outcome in told.items() if outcome is Outcome.MISSING]
    gone = [key for key, outcome in real.items() if outcome is Outcome.MISSING]
    rules = sorted({requirement for _, requirement in missing})
    return GapFigures(
        len(real),
        len(gone),
        share_of(missing, lambda key: real.get(key) is not Outcome.MISSING),
        share_of(gone, lambda key: told.get(key) is Outcome.MISSING),
        share_of(gone, lambda key: told.get(key) not in _WARNED),
        share_of(told, lambda key: told[key] is Outcome.UNCERTAIN),
        share_of(real, lambda key: told.get(key) is real[key]),
        tuple(
            (rule, share_of((k for k in missing if k[1] == rule), lambda key: real.get(key) is not Outcome.MISSING))
            for rule in rules
        ),
    )


def share_of(items: Iterable[_Item], good: Callable[[_Item], bool]) -> Share:
    """Return the share of the items that are good."""
    marks = [bool(good(item)) for item in items]
    return Share(sum(marks), len(marks))


def grouped(pairs: Iterable[Pair], keys: Callable[[Pair], tuple[str, ...]]) -> Shares:
    """Return the share with the right type in each group, groups in their order."""
    marks: dict[str, list[bool]] = {}
    for pair in pairs:
        for key in keys(pair):
            marks.setdefault(key, []).append(pair.right)
    return tuple((key, Share(sum(some), len(some))) for key, some in sorted(marks.items()))


def _outcomes(findings: Iterable[Finding]) -> dict[tuple[str, str], Outcome]:
    """Return every outcome by employment and requirement; what is forbidden is no requirement."""
    return {
        (finding.employment.employment_id, finding.requirement): finding.outcome
        for finding in findings
        if finding.outcome is not Outcome.FORBIDDEN
    }


def _risk(top: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> tuple[tuple[float, Share], ...]:
    """Return the accuracy of the surest twentieth of the parts, of two of them, up to all."""
    if not len(top):
        return ()
    good = np.cumsum(right[np.argsort(-top, kind="stable")])
    ends = sorted({max(1, len(top) * point // _POINTS) for point in range(1, _POINTS + 1)})
    return tuple((end / len(top), Share(int(good[end - 1]), end)) for end in ends)


def _is_right(pair: Pair) -> bool:
    return pair.right


def _strays(pair: Pair) -> bool:
    """Return whether the truth says that it lies on somebody else's case."""
    return pair.extra.get("misfiled") == "yes"
