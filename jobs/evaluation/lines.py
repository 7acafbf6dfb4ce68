"""The figures of an evaluation for the terminal."""

from collections.abc import Iterator

from jobs.evaluation.figures import GapFigures, PartFigures


def part_lines(found: PartFigures) -> Iterator[str]:
    """Yield the figures on parts: type, boundaries, persons, misfiled."""
    low, high = found.by_template
    yield f"parts in truth                    {found.total}"
    yield f"  could not be read               {found.unread}"
    yield f"  type right, of those read       {found.right}; templates drawn again {100 * low:.1f}-{100 * high:.1f} %"
    yield f"  accepted without a look         {found.accepted}"
    yield f"  type right, of those accepted   {found.accepted_right}"
    yield f"  truth in the prediction set     {found.covered}"
    yield f"  page ranges exact               recall {found.exact}, precision {found.exact_precision}"
    yield f"  the same, in bundles            recall {found.bundles}"
    yield f"  person right                    {found.person}"
    yield f"  misfiled                        recall {found.misfiled}, precision {found.misfiled_precision}"
    worst = ", ".join(f"{a} as {b} ({n})" for a, b, n in found.confusions[:6])
    yield f"  confused most                   {worst or 'nothing'}"


def gap_lines(found: GapFigures) -> Iterator[str]:
    """Yield the figures on gaps: false ones among the reported, missed ones among the true."""
    yield f"requirements held against people  {found.held}, of them really missing {found.gone}"
    yield f"  reported missing, there all the same  {found.false}"
    yield f"  really missing, reported so     {found.found}"
    yield f"  really missing, not warned of   {found.missed}"
    yield f"  uncertain                       {found.uncertain}"
    yield f"  outcome exactly right           {found.same}"
