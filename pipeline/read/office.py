"""doc, rtf, odt, ppt, pptx by kreuzberg; it reads the spreadsheets xls and ods too."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import kreuzberg

from pipeline.read.archive import check_package, open_zip
from pipeline.read.compound import is_whole
from pipeline.read.content import Content, Limits, flow
from pipeline.read.locked import unlock
from sagstjek.errors import DocumentError
from sagstjek.shapes import Reason

_MIME: Final[Mapping[str, str]] = {
    "doc": "application/msword",
    "rtf": "application/rtf",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_PACKAGES: Final = ("odt", "ods", "pptx")
# No cache: it would keep personal words on the disk.
_CONFIG: Final = kreuzberg.ExtractionConfig(use_cache=False, enable_quality_processing=False)


def read(data: bytes, media: str, limits: Limits) -> Content:
    """Return the text; a file that does not end where it should is damaged."""
    ends = data.rstrip(b"\0 \t\r\n\x1a").endswith(b"}")
    whole = media in _PACKAGES or (ends if media == "rtf" else is_whole(data))
    return flow(media, office_text(data, media, limits), damaged=not whole)


def office_text(data: bytes, media: str, limits: Limits) -> str:
    """Return the text of an office file.

    Raises:
        DocumentError: encrypted, too large when unpacked, or broken.
    """
    if media in _PACKAGES:
        check_package(data, limits)
        _check_open_document(data, media)
    else:
        data = unlock(data)
    text = _extract(data, _MIME[media])
    return re.sub(r"[\x00-\x08\x0b\x0e-\x1f]", "", text.replace("\r\n", "\n").replace("\r", "\n"))


def _extract(data: bytes, mime: str) -> str:
    """A panic of kreuzberg's Rust is no `Exception`, and prints what it stumbled over, perhaps words, to stderr."""
    kept = os.dup(2)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        text: str = kreuzberg.extract_bytes_sync(data, mime, _CONFIG).content
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise DocumentError(Reason.DAMAGED) from None
    finally:
        os.dup2(kept, 2)
        os.close(kept)
    return text


def _check_open_document(data: bytes, media: str) -> None:
    """An encrypted OpenDocument names the method in its manifest (OpenDocument 1.2, part 3, 4.8)."""
    if media == "pptx":
        return
    with open_zip(data) as archive:
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise DocumentError(Reason.ENCRYPTED)
