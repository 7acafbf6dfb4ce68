"""The page and the Markdown: the same sections, needing nothing else."""

import dataclasses

from lxml import html

from jobs.checking.expected import expected
from jobs.evaluation.figures import measure_gaps, measure_parts
from jobs.evaluation.pages import html_page, markdown_page, with_code
from jobs.evaluation.pairs import pair_up
from jobs.evaluation.sections import Evaluation, sections
from tests.jobs.evaluation.truth import LABELS, PARTS, SAID_GAPS, TRUE_GAPS


def evaluation(labels=LABELS, parts=PARTS):
    figures = measure_parts(list(pair_up(labels, parts)), parts)
    return Evaluation((("model", "m"),), figures, measure_gaps(SAID_GAPS, TRUE_GAPS), expected(SAID_GAPS))


def test_every_section_stands_in_both_in_the_same_order():
    titles = [section.title for section in sections(evaluation())]
    page = html.document_fromstring(html_page(evaluation()))
    assert [h.text for h in page.iter("h2")] == titles
    assert [line[3:] for line in markdown_page(evaluation()).splitlines() if line.startswith("## ")] == titles


def test_rows_are_as_wide_as_their_heads():
    for section in sections(evaluation()):
        assert {len(row) for row in section.rows} <= {len(section.heads)}
        assert all(section.about)


def test_the_page_needs_nothing_else_and_shows_two_drawings():
    written = html_page(evaluation())
    page = html.document_fromstring(written)
    assert not list(page.iter("script", "link", "img", "iframe"))
    assert len(list(page.iter("svg"))) == 2
    assert "url(http" not in written
    assert written == html_page(evaluation())


def test_names_stay_text():
    wicked = '"><script>alert(1)</script>|'
    labels = [dataclasses.replace(LABELS[0], extra=(("format", wicked),)), *LABELS[1:]]
    page = html.document_fromstring(html_page(evaluation(labels)))
    assert not list(page.iter("script"))
    assert "</script>\\|" in markdown_page(evaluation(labels))
    assert str(with_code("`a<b` *c*")) == "<code>a&lt;b</code> <em>c</em>"


def test_an_audit_that_read_nothing_has_a_page_all_the_same():
    assert "Nothing to show." in html_page(evaluation(LABELS, {}))
    assert "Nothing to show." in markdown_page(evaluation(LABELS, {}))
