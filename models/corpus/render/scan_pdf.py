"""PDF of page pictures, as office scanners write it: without text layer, with a good one, or with junk.

Written by hand: the libraries would blow one-bit pages up to colour.
"""

import zlib
from collections.abc import Sequence
from random import Random

from PIL import Image

from models.corpus.render.jpeg import write_jpeg
from models.corpus.render.page_image import DPI
from models.corpus.render.tiff import group4

_JUNK = "ﬁ~^¨·•|!¡;:,'`´°*_-<>()[]{}\\/«»¬§¤%&=+ilI1tfjrcvoOaeuns"


def write_scan_pdf(pages: Sequence[Image.Image], layers: Sequence[str] = (), dpi: int = DPI) -> bytes:
    """Return the pages as a PDF with one picture a page.

    Args:
        pages: one bit (CCITT G4) or greyscale and colour (JPEG).
        layers: invisible text of each page; empty for no text layer.
        dpi: resolution of the pages.
    """
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects.append(font)
    kids = []
    for number, page in enumerate(pages):
        width, height = page.width * 72 / dpi, page.height * 72 / dpi
        layer = layers[number] if number < len(layers) else ""
        objects.append(_picture(page))
        picture = len(objects)
        objects.append(_content(width, height, layer))
        box = f"/MediaBox [0 0 {width:.2f} {height:.2f}]"
        resources = f"/Resources << /Font << /F1 3 0 R >> /XObject << /Im0 {picture} 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} /Contents {picture + 1} 0 R {resources} >>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    return _file(objects)


def _picture(page: Image.Image) -> bytes:
    if page.mode == "1":
        data = group4(page)
        how = (
            "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms "
            f"<< /K -1 /Columns {page.width} /Rows {page.height} /BlackIs1 false >>"
        )
    else:
        data = write_jpeg(page)
        space = "DeviceGray" if page.mode == "L" else "DeviceRGB"
        how = f"/ColorSpace /{space} /BitsPerComponent 8 /Filter /DCTDecode"
    size = f"/Width {page.width} /Height {page.height} /Length {len(data)}"
    return f"<< /Type /XObject /Subtype /Image {size} {how} >>".encode() + b"\nstream\n" + data + b"\nendstream"


def _content(width: float, height: float, layer: str) -> bytes:
    parts = [f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Im0 Do Q".encode()]
    lines = layer.split("\n") if layer else []
    step = min(14.0, (height - 80) / max(len(lines), 1))
    for number, line in enumerate(lines):
        text = line.encode("cp1252", "replace")
        for special in (b"\\", b"(", b")"):
            text = text.replace(special, b"\\" + special)
        y = height - 50 - number * step
        parts.append(b"BT 3 Tr /F1 9 Tf 50 " + f"{y:.1f}".encode() + b" Td (" + text + b") Tj ET")
    data = zlib.compress(b"\n".join(parts))
    return f"<< /Length {len(data)} /Filter /FlateDecode >>".encode() + b"\nstream\n" + data + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        out += f"{place:010} 00000 n \n".encode()
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def junk_layer(text: str, rng: Random) -> str:
    """Return what an old OCR made of a page: about as long, and hardly a word right."""
    return "".join(c if c in " \n" or rng.random() < 0.25 else rng.choice(_JUNK) for c in text)
