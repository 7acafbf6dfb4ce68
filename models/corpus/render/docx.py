"""Word (.docx), as a caseworker's template gives it."""

import datetime as dt
import io
from collections.abc import Sequence
from random import Random

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Pt

from models.corpus.blocks import Block, Kind
from models.corpus.render.packing import settle

_FONTS = ("Calibri", "Arial", "Times New Roman", "Verdana", "KBH Tekst")


def write_docx(blocks: Sequence[Block], title: str, day: dt.date, rng: Random) -> bytes:
    """Return the blocks as a Word document written on that day."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name = rng.choice(_FONTS)
    normal.font.size = Pt(rng.choice((10, 11, 12)))
    for block in blocks:
        _add(document, block)
    written = dt.datetime(day.year, day.month, day.day, rng.randrange(8, 17), rng.randrange(60))  # noqa: DTZ001 (OOXML stores UTC without a zone)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.created = properties.modified = written
    stream = io.BytesIO()
    document.save(stream)
    return settle(stream.getvalue())


def _add(document: Document, block: Block) -> None:
    match block.kind:
        case Kind.HEADING:
            document.add_heading(block.text, 1)
        case Kind.SUBHEADING:
            document.add_heading(block.text, 2)
        case Kind.RIGHT | Kind.CENTRE:
            right = block.kind is Kind.RIGHT
            document.add_paragraph(block.text).alignment = (
                WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.CENTER
            )
        case Kind.TABLE:
            _add_table(document, block.rows)
        case Kind.BOX | Kind.CHECKED:
            document.add_paragraph(f"{'☐' if block.kind is Kind.BOX else '☒'} {block.text}")
        case Kind.RULE:
            document.add_paragraph("_" * 60)
        case Kind.PAGE:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        case Kind.SIGNATURE:
            document.add_paragraph().add_run(block.text).italic = True
        case Kind.STAMP:
            document.add_paragraph().add_run(block.text).bold = True
        case Kind.GAP:
            document.add_paragraph()
        case Kind.PARAGRAPH:
            document.add_paragraph(block.text)


def _add_table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(len(rows), max(len(row) for row in rows))
    table.style = "Table Grid"
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=False):
            cell.text = text
