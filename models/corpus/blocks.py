"""The lines of an expanded template as blocks, and blocks as plain text."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    SUBHEADING = "subheading"
    RIGHT = "right"
    CENTRE = "centre"
    TABLE = "table"
    BOX = "box"
    CHECKED = "checked"
    RULE = "rule"
    PAGE = "page"
    SIGNATURE = "signature"
    STAMP = "stamp"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Block:
    """One line, paragraph or table. `rows` only for tables."""

    kind: Kind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


_PREFIXES = (
    ("## ", Kind.SUBHEADING),
    ("# ", Kind.HEADING),
    ("-> ", Kind.RIGHT),
    ("^ ", Kind.CENTRE),
    ("[ ]", Kind.BOX),
    ("[x]", Kind.CHECKED),
    ("[X]", Kind.CHECKED),
    ("~ ", Kind.SIGNATURE),
    ("!stamp ", Kind.STAMP),
    ("!", Kind.STAMP),
)
_WHOLE = {"***": Kind.RULE, "===": Kind.PAGE, "": Kind.GAP}


def parse_blocks(text: str) -> tuple[Block, ...]:
    r"""Return the blocks of an expanded text; two gaps in a row become one.

    >>> [b.kind.value for b in parse_blocks("# Advarsel\n| a | b |\n| c | d |\n~ Bo")]
    ['heading', 'table', 'signature']
    """
    blocks: list[Block] = []
    for raw in text.strip("\n").split("\n"):
        line = raw.strip()
        if line.startswith("|") and line.endswith("|") and len(line) > 1:
            row = tuple(cell.strip() for cell in line[1:-1].split("|"))
            if blocks and blocks[-1].kind is Kind.TABLE:
                blocks[-1] = Block(Kind.TABLE, rows=(*blocks[-1].rows, row))
            else:
                blocks.append(Block(Kind.TABLE, rows=(row,)))
        else:
            block = _line(line)
            if block.kind is not Kind.GAP or (blocks and blocks[-1].kind is not Kind.GAP):
                blocks.append(block)
    return tuple(blocks)


def _line(line: str) -> Block:
    if line in _WHOLE:
        return Block(_WHOLE[line])
    for prefix, kind in _PREFIXES:
        if line.startswith(prefix):
            return Block(kind, line[len(prefix) :].strip())
    return Block(Kind.PARAGRAPH, line)


def plain_text(blocks: Sequence[Block], *, width: int = 0, signed: bool = True) -> str:
    """Return the text of the blocks.

    Args:
        blocks: in reading order.
        width: characters at which paragraphs wrap; 0 leaves them whole.
        signed: whether signatures are text (a Word file) or ink (a scan).
    """
    lines: list[str] = []
    for block in blocks:
        match block.kind:
            case Kind.TABLE:
                lines += [("   " if width else "\t").join(row) for row in block.rows]
            case Kind.PAGE:
                lines.append("\f")
            case Kind.RULE | Kind.GAP:
                lines.append("")
            case Kind.BOX | Kind.CHECKED:
                lines.append(f"{'☐' if block.kind is Kind.BOX else '☒'} {block.text}")
            case Kind.SIGNATURE:
                lines.append(block.text if signed else "")
            case _:
                lines += textwrap.wrap(block.text, width) if width else [block.text]
    return "\n".join(lines).replace("\n\f\n", "\f")
