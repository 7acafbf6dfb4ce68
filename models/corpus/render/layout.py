"""Blocks laid out on pages, for print, scan and screen alike.

Lengths are points, from the top left of the page; `y` of a text is its baseline.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from models.corpus.blocks import Block, Kind

A4 = (595.0, 842.0)


class Face(Protocol):
    """A typeface that knows how wide its text is."""

    def width(self, text: str, size: float, *, bold: bool) -> float:
        """Return the width of the text in points."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text. `signature` runs are ink: drawn as a scribble, absent from a text layer."""

    x: float
    y: float
    size: float
    text: str
    bold: bool = False
    signature: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Box:
    """A tick box with its upper left corner."""

    x: float
    y: float
    size: float
    checked: bool


@dataclass(frozen=True, slots=True)
class Stamp:
    """A rubber stamp with its upper left corner."""

    x: float
    y: float
    text: str


Mark = Text | Line | Box | Stamp


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its size and the marks on it."""

    width: float
    height: float
    marks: tuple[Mark, ...]

    @property
    def text(self) -> str:
        """The printed words in reading order, as a good OCR would read them."""
        return "\n".join(mark.text for mark in self.marks if isinstance(mark, Text) and not mark.signature)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a page is set: page size, margin, type size, line spacing, ruled tables, space after a paragraph."""

    page: tuple[float, float] = A4
    margin: float = 64.0
    size: float = 10.5
    leading: float = 1.3
    ruled: bool = True
    after: float = 0.0


class _Setter:
    """Puts blocks on sheets, one after the other."""

    def __init__(self, face: Face, manner: Manner) -> None:
        self.face = face
        self.manner = manner
        self.sheets: list[Sheet] = []
        self.marks: list[Mark] = []
        self.y = manner.margin
        self.left = manner.margin
        self.room = manner.page[0] - 2 * manner.margin

    def turn(self) -> None:
        """Begin a new page."""
        self.sheets.append(Sheet(*self.manner.page, tuple(self.marks)))
        self.marks = []
        self.y = self.manner.margin

    def down(self, height: float) -> None:
        """Go down, on to the next page when the page is full."""
        if self.y + height > self.manner.page[1] - self.manner.margin:
            self.turn()
        self.y += height

    def paragraph(self, text: str, size: float, *, bold: bool = False, align: str = "left", indent: float = 0) -> None:
        """Set a paragraph that wraps."""
        for line in wrap(self.face, text, size, self.room - indent, bold=bold):
            self.down(size * self.manner.leading)
            width = self.face.width(line, size, bold=bold)
            shift = {"left": indent, "right": self.room - width, "centre": (self.room - width) / 2}[align]
            self.marks.append(Text(self.left + shift, self.y, size, line, bold))

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Set rows in columns, each cell wrapped."""
        count = max(len(row) for row in rows)
        weights = [max(min(max(len(r[i]) if i < len(r) else 0 for r in rows), 40), 5) for i in range(count)]
        widths = [self.room * w / sum(weights) for w in weights]
        size = self.manner.size * 0.94
        for row in rows:
            cells = [wrap(self.face, cell, size, width - 6) for cell, width in zip(row, widths, strict=False)]
            height = max(len(cell) for cell in cells) * size * self.manner.leading + 5
            self.down(height)
            x = self.left
            for cell, width in zip(cells, widths, strict=False):
                for n, line in enumerate(cell):
                    base = self.y - height + (n + 1) * size * self.manner.leading
                    self.marks.append(Text(x + 3, base, size, line))
                x += width
            if self.manner.ruled:
                self.marks.append(Line(self.left, self.y, self.left + self.room, self.y))

    def block(self, block: Block) -> None:
        """Set one block."""
        size = self.manner.size
        match block.kind:
            case Kind.HEADING:
                self.down(size * 0.6)
                self.paragraph(block.text, size * 1.45, bold=True)
                self.y += size * 0.3
            case Kind.SUBHEADING:
                self.down(size * 0.4)
                self.paragraph(block.text, size * 1.1, bold=True)
            case Kind.RIGHT | Kind.CENTRE:
                self.paragraph(block.text, size, align=block.kind.value)
            case Kind.TABLE:
                self.table(block.rows)
            case Kind.BOX | Kind.CHECKED:
                self.paragraph(block.text or " ", size, indent=size * 1.6)
                self.marks.append(Box(self.left, self.y - size * 0.85, size * 0.9, block.kind is Kind.CHECKED))
            case Kind.RULE:
                self.down(size)
                self.marks.append(Line(self.left, self.y, self.left + self.room, self.y))
            case Kind.PAGE:
                self.turn()
            case Kind.SIGNATURE:
                self.down(size * 2.6)
                self.marks.append(Text(self.left + 6, self.y, size * 1.9, block.text, signature=True))
            case Kind.STAMP:
                self.marks.append(
                    Stamp(self.left + self.room * 0.55, max(self.y - size, self.manner.margin / 2), block.text)
                )
            case Kind.GAP:
                self.down(size * 0.8)
            case Kind.PARAGRAPH:
                self.paragraph(block.text, size)
                self.y += self.manner.after


def lay_out(blocks: Sequence[Block], face: Face, manner: Manner) -> list[Sheet]:
    """Return the pages that these blocks fill; at least one."""
    setter = _Setter(face, manner)
    for block in blocks:
        setter.block(block)
    setter.turn()
    kept = [sheet for sheet in setter.sheets if sheet.marks]
    return kept or setter.sheets[:1]


def wrap(face: Face, text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Return the text in lines that fit the room; a word that is too long stays whole."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and face.width(longer, size, bold=bold) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]
