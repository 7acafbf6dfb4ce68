"""The evaluation as a page for the browser and as Markdown for the docs: the same sections, drawn or not."""

from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from jobs.evaluation.drawings import draw_reliability, draw_risk
from jobs.evaluation.sections import Evaluation, Section, sections

TITLE: Final = "How right is an audit?"


def html_page(evaluation: Evaluation) -> str:
    """Return a page that needs nothing else."""
    parts = evaluation.parts
    drawings = {"risk": draw_risk(parts.risk), "reliability": draw_reliability(parts.reliability)}
    return (
        _environment()
        .get_template("evaluation.html.j2")
        .render(
            title=TITLE,
            sections=sections(evaluation),
            drawings={name: Markup(drawing) for name, drawing in drawings.items()},  # noqa: S704 - drawn by us
        )
    )


def markdown_page(evaluation: Evaluation) -> str:
    """Return the page of the docs."""
    blocks = [f"# {TITLE}", *(block for section in sections(evaluation) for block in _blocks(section))]
    return "\n\n".join(blocks) + "\n"


def _blocks(section: Section) -> list[str]:
    rows = [section.heads, tuple("---" for _ in section.heads), *section.rows]
    table = "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)
    return [f"## {section.title}", *section.about, *([table] if section.rows else ["Nothing to show."])]


def with_code(text: str) -> Markup:
    """Return a paragraph as HTML: what stands between backquotes as code, between stars as emphasis."""
    marked = str(escape(text))
    for sign, tag in (("`", "code"), ("*", "em")):
        bits = marked.split(sign)
        marked = "".join(f"<{tag}>{bit}</{tag}>" if n % 2 else bit for n, bit in enumerate(bits))
    return Markup(marked)  # noqa: S704 - escaped above


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("jobs.evaluation"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["with_code"] = with_code
    return environment
