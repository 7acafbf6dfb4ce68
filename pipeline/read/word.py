"""docx: python-docx opens the package; the text is taken in the order in which it is read.

The elements are walked here, because python-docx's paragraphs leave out content controls and text
boxes, of which the templates of public employers are full.
"""

import io
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.package import Package
from lxml import etree
from PIL import Image

from pipeline.read.archive import check_package
from pipeline.read.content import Content, Limits, flow
from pipeline.read.seam import sealed, take_out
from sagstjek.errors import DocumentError

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LITTLE_TEXT: Final = 200
"""Characters; with fewer, large pictures are what the document is: scans pasted into Word."""
_LARGE: Final = 500
"""Pixels of the short side of a picture that may be a scanned page; logos are smaller."""
_MARKS: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_ENDS: Final = {f"{_W}p": "\n", f"{_W}tr": "\n"}


def read(data: bytes, media: str, limits: Limits) -> Content:
    """Return headers, body and footers as one text, and pasted pictures when there is little text."""
    check_package(data, limits)
    package = Package.open(io.BytesIO(data))
    main = package.main_document_part
    headers, body, footers = (
        "\n".join(dict.fromkeys(_text(part) for part in parts))
        for parts in (
            _related(main, RELATIONSHIP_TYPE.HEADER),
            (main,),
            _related(main, RELATIONSHIP_TYPE.FOOTER),
        )
    )
    little = len(body.strip()) < _LITTLE_TEXT
    attachments, more = take_out(_pictures(main) if little else (), limits)
    text = "\n".join(piece for piece in (headers, body, footers) if piece.strip())
    return flow(media, text, attachments, properties=_properties(package), truncated=more)


def _related(main: Part, kind: str) -> list[Part]:
    """Return the parts of this kind in the order of their names."""
    parts = [rel.target_part for rel in main.rels.values() if rel.reltype == kind and not rel.is_external]
    return sorted(parts, key=lambda part: str(part.partname))


def _text(part: Part) -> str:
    """Return the text of a part: a line a paragraph, and a line a table row with tabs between cells."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    pieces: list[str] = []
    cells = skipped = 0
    for happening, element in etree.iterwalk(etree.fromstring(part.blob, parser), events=("start", "end")):
        start = happening == "start"
        if element.tag == _FALLBACK:  # a text box a second time, for old programs
            skipped += 1 if start else -1
        elif skipped:
            continue
        elif element.tag == f"{_W}tc":
            cells += 1 if start else -1
            pieces.append("" if start else "\t")
        elif start:
            pieces.append((element.text or "") if element.tag == f"{_W}t" else _MARKS.get(element.tag, ""))
        else:
            pieces.append(" " if cells and element.tag == f"{_W}p" else _ENDS.get(element.tag, ""))
    return "\n".join(line.strip() for line in "".join(pieces).replace(" \t", "\t").split("\n") if line.strip())


def _pictures(main: Part) -> Iterator[tuple[str, Callable[[int], bytes]]]:
    for rel in main.rels.values():
        if rel.reltype != RELATIONSHIP_TYPE.IMAGE or rel.is_external:
            continue
        data: bytes = rel.target_part.blob
        if _is_large(data):
            yield str(rel.target_part.partname), partial(_whole, data)


def _whole(data: bytes, room: int) -> bytes:  # noqa: ARG001 - the signature of `take_out`
    return data


def _is_large(data: bytes) -> bool:
    """Return whether this may be a scanned page; what Pillow cannot open is a drawing."""
    try:
        with sealed(), Image.open(io.BytesIO(data)) as image:
            return min(image.size) >= _LARGE
    except DocumentError:
        return False


def _properties(package: Package) -> dict[str, str]:
    try:
        with sealed():
            core = package.core_properties
            found = {"title": core.title, "author": core.author, "subject": core.subject}
            if core.created:
                found["created"] = core.created.isoformat()
            return {name: str(value) for name, value in found.items() if value}
    except DocumentError:
        return {}
