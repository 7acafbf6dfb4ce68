"""The terminal says what the figures say."""

from jobs.evaluation.figures import measure_gaps, measure_parts
from jobs.evaluation.lines import gap_lines, part_lines
from jobs.evaluation.pairs import pair_up
from tests.jobs.evaluation.truth import LABELS, PARTS, SAID_GAPS, TRUE_GAPS


def test_lines():
    parts = list(part_lines(measure_parts(list(pair_up(LABELS, PARTS)), PARTS)))
    assert parts[0].endswith(" 8")
    assert "type right, of those accepted   100.0 % (56.6-100.0, n = 5)" in "\n".join(parts)
    assert parts[-1].endswith("pension as loenaftale (1)")
    gaps = list(gap_lines(measure_gaps(SAID_GAPS, TRUE_GAPS)))
    assert gaps[0].endswith("10, of them really missing 4")
    assert gaps[1].endswith("33.3 % (6.1-79.2, n = 3)")
