"""Word 97 (.doc), written from the ground: a FIB, the text, one piece, one style, one section.

Source: [MS-DOC] Word (.doc) Binary File Format. Only what a reader needs is there: Fib, Clx with one
PlcPcd, STSH with the style Normal, PlcfBteChpx/Papx with formatted disk pages, PlcfSed, Dop, SttbfFfn.
"""

import struct
from collections.abc import Sequence

from models.corpus.blocks import Block, Kind
from models.corpus.render.ole import write_ole

_CLSID = bytes.fromhex("0609020000000000c000000000000046")
_SECTOR = 512
_TEXT_AT = 2048
_PAIRS = {
    "stsh": 1,
    "sed": 6,
    "chpx": 12,
    "papx": 13,
    "fonts": 15,
    "dop": 31,
    "clx": 33,
}  # index in FibRgFcLcb97


def write_doc(blocks: Sequence[Block]) -> bytes:
    """Return a Word 97 document with the text of the blocks."""
    text = _text(blocks)
    encoded = text.encode("utf-16-le")
    end = _TEXT_AT + len(encoded)
    page = -(-end // _SECTOR)  # the formatted disk pages follow the text
    chpx = _chpx_page(_TEXT_AT, end)
    papx_pages, papx_firsts = _papx_pages(text)
    sepx_at = (page + 1 + len(papx_pages)) * _SECTOR
    table, places = _table(text, end, page, papx_firsts, sepx_at)
    word = bytearray(max(sepx_at + _SECTOR, 8192))
    fib = _fib(len(text), end, len(word), places)
    word[: len(fib)] = fib
    word[_TEXT_AT:end] = encoded
    word[page * _SECTOR : (page + 1) * _SECTOR] = chpx
    for number, data in enumerate(papx_pages, page + 1):
        word[number * _SECTOR : (number + 1) * _SECTOR] = data
    return write_ole({"WordDocument": bytes(word), "1Table": table.ljust(4096, b"\0")}, _CLSID)


def _text(blocks: Sequence[Block]) -> str:
    lines: list[str] = []
    for block in blocks:
        match block.kind:
            case Kind.TABLE:
                lines += ["\t".join(row) for row in block.rows]
            case Kind.PAGE:
                lines.append("\x0c")
            case Kind.BOX | Kind.CHECKED:
                lines.append(f"[{'x' if block.kind is Kind.CHECKED else ' '}] {block.text}")
            case Kind.RULE:
                lines.append("_" * 40)
            case _:
                lines.append(block.text)
    return "".join(f"{line}\r" for line in (*lines, "")).replace("\x0c\r", "\x0c")


def _fib(characters: int, end: int, size: int, places: dict[str, tuple[int, int]]) -> bytes:
    flags = 0x0200 | 0x1000  # the table stream is 1Table; extended characters
    head = struct.pack("<HHHHHHHLBBHHLL", 0xA5EC, 0xC1, 0, 0x0406, 0, flags, 0xBF, 0, 0, 0, 0, 0, _TEXT_AT, end)
    words = struct.pack("<H", 14) + struct.pack("<14H", *([0] * 13), 0x0406)
    longs = struct.pack("<H", 22) + struct.pack("<22L", size, 0, 0, characters, *([0] * 18))
    pairs = bytearray(93 * 8)
    for name, (at, length) in places.items():
        struct.pack_into("<LL", pairs, _PAIRS[name] * 8, at, length)
    return head + words + longs + struct.pack("<H", 93) + bytes(pairs) + struct.pack("<H", 0)


def _table(
    text: str, end: int, page: int, papx_firsts: Sequence[int], sepx_at: int
) -> tuple[bytes, dict[str, tuple[int, int]]]:
    count = len(text)
    piece = struct.pack("<LL", 0, count) + struct.pack("<HLH", 0, _TEXT_AT, 0)
    papx = struct.pack(f"<{len(papx_firsts) + 1}L", *papx_firsts, end)
    papx += struct.pack(f"<{len(papx_firsts)}L", *range(page + 1, page + 1 + len(papx_firsts)))
    parts = {
        "stsh": _stsh(),
        "sed": struct.pack("<LL", 0, count) + struct.pack("<HLHL", 0, sepx_at, 0, 0xFFFFFFFF),
        "chpx": struct.pack("<LLL", _TEXT_AT, end, page),
        "papx": papx,
        "fonts": _fonts(),
        "dop": bytes(500),
        "clx": b"\x02" + struct.pack("<L", len(piece)) + piece,
    }
    table = bytearray()
    places: dict[str, tuple[int, int]] = {}
    for name, data in parts.items():
        places[name] = (len(table), len(data))
        table += data + bytes(-len(data) % 4)
    return bytes(table), places


def _stsh() -> bytes:
    """Return a style sheet with one style, Normal."""
    info = struct.pack("<9H", 1, 10, 1, 0, 15, 0, 0, 0, 0)
    name = struct.pack("<H", 6) + "Normal".encode("utf-16-le") + b"\0\0"
    papx = struct.pack("<HH", 2, 0)
    chpx = struct.pack("<H", 0)
    style = struct.pack("<5H", 0x0000, 0x0001 | (0xFFF << 4), 0x0002 | (0 << 4), 0, 0) + name + papx + chpx
    style = style[:6] + struct.pack("<H", len(style)) + style[8:]
    return struct.pack("<H", len(info)) + info + struct.pack("<H", len(style)) + style


def _fonts() -> bytes:
    name = "Times New Roman".encode("utf-16-le") + b"\0\0"
    body = struct.pack("<BHBB", 0x16, 400, 0, 0) + bytes(10) + bytes(24) + name
    return struct.pack("<HH", 1, 0) + struct.pack("<B", len(body)) + body


def _chpx_page(start: int, end: int) -> bytes:
    """Return the disk page of one run without character formatting."""
    page = bytearray(_SECTOR)
    struct.pack_into("<LL", page, 0, start, end)
    page[_SECTOR - 1] = 1
    return bytes(page)


def _papx_pages(text: str) -> tuple[list[bytes], list[int]]:
    """Return disk pages with one paragraph an entry, and where the text of each page starts."""
    ends: list[int] = [_TEXT_AT + 2 * (n + 1) for n, char in enumerate(text) if char in "\r\x0c"]
    starts = [_TEXT_AT, *ends[:-1]]
    room = 26  # entries a page: 4 + 13 bytes each, and the one shared PAPX at the end
    pages: list[bytes] = []
    firsts: list[int] = []
    papx_at = _SECTOR - 6
    for first in range(0, len(starts), room):
        some = ends[first : first + room]
        page = bytearray(_SECTOR)
        struct.pack_into(f"<{len(some) + 1}L", page, 0, starts[first], *some)
        for n in range(len(some)):
            page[4 * (len(some) + 1) + 13 * n] = papx_at // 2
        page[papx_at : papx_at + 4] = b"\x00\x01\x00\x00"  # style Normal, no properties
        page[_SECTOR - 1] = len(some)
        pages.append(bytes(page))
        firsts.append(starts[first])
    return pages, firsts
