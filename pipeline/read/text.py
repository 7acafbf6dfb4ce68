"""Plain text, HTML and XML."""

import re
from typing import Final

from lxml import etree, html

from pipeline.read.content import Content, Limits, flow

_BLOCKS: Final = re.compile(
    r"address|article|aside|blockquote|br|d[dlt]|div|fieldset|footer|form|h[1-6]|header|hr|li|main|nav|[ou]l|p|"
    r"pre|section|table|title|tr"
)
_CELLS: Final = frozenset(("td", "th"))
_SILENT: Final = frozenset(("script", "style", "template", "noscript"))


def read(data: bytes, media: str, limits: Limits) -> Content:  # noqa: ARG001 - the readers' signature
    """Return the text."""
    text = decode(data)
    if media == "html":
        text = html_text(text)
    elif media == "xml":
        text = _xml_text(text)
    return flow(media, text)


def decode(data: bytes) -> str:
    """Return bytes as text: UTF-8 or UTF-16 with a mark, UTF-8, else CP1252; lines end in a newline."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def html_text(source: str) -> str:
    """Return what a browser would show of an HTML page, a line for each block."""
    if not source.strip():
        return ""
    # the text is decoded already, whatever encoding the page names
    root = html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8"))
    lines = "".join(_shown(root)).split("\n")
    return "\n".join(line for line in (re.sub(" +", " ", raw).strip() for raw in lines) if line)


def _shown(root: etree._Element) -> list[str]:
    """Return the pieces of text in reading order; written without recursion, as mails nest tables deeply."""
    pieces: list[str] = []
    hidden = 0
    for happening, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        silent = name in _SILENT or not name
        if happening == "start":
            hidden += silent
            if _BLOCKS.fullmatch(name):
                pieces.append("\n")
            if not hidden:
                pieces.append(_flat(element.text))
            continue
        if happening == "end":
            hidden -= silent
            if _BLOCKS.fullmatch(name):
                pieces.append("\n")
            elif name in _CELLS:
                pieces.append("\t")
        if not hidden:
            pieces.append(_flat(element.tail))
    return pieces


def _flat(text: str | None) -> str:
    return " ".join(f".{text}.".split())[1:-1].replace("\xa0", " ") if text else ""


def _xml_text(source: str) -> str:
    """Return the text of all elements, one a line; entities are not followed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, encoding="utf-8")
    root = etree.fromstring(source.encode(), parser=parser)
    if root is None:
        return ""
    return "\n".join(piece.strip() for piece in root.itertext() if piece.strip())
