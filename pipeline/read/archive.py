"""ZIP archives: the members as attachments."""

import io
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from pipeline.read.content import Content, Limits
from pipeline.read.seam import take_out
from sagstjek.errors import DocumentError
from sagstjek.shapes import Reason

_ENCRYPTED: Final = 0x1
_NO_DOCUMENTS: Final = ("Thumbs.db", "desktop.ini", ".DS_Store")


def read(data: bytes, media: str, limits: Limits) -> Content:
    """Return the members; one that is encrypted or broken has a reason, the others are not lost."""
    with open_zip(data) as archive:
        attachments, more = take_out(_members(archive), limits)
    if not attachments:
        raise DocumentError(Reason.EMPTY)
    return Content(media, attachments=attachments, truncated=more)


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Return the archive; names without a UTF-8 mark are read as a Danish Windows writes them."""
    return zipfile.ZipFile(io.BytesIO(data), metadata_encoding="cp850")


def check_package(data: bytes, limits: Limits) -> None:
    """Check that an office file, which is a ZIP, unpacks to a sensible size.

    Raises:
        DocumentError: too large.
    """
    with open_zip(data) as archive:
        sizes = [info.file_size for info in archive.infolist()]
    if sum(sizes) > limits.max_total_bytes or max(sizes, default=0) > limits.max_member_bytes:
        raise DocumentError(Reason.TOO_LARGE)


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, Callable[[int], bytes]]]:
    for info in archive.infolist():
        hidden = info.filename.startswith("__MACOSX/") or info.filename.endswith(_NO_DOCUMENTS)
        if not info.is_dir() and not hidden:
            yield info.filename, partial(_unpack, archive, info)


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> bytes:
    """Return the member's bytes; the size it claims and the size it has are both held to the limit."""
    if info.flag_bits & _ENCRYPTED:
        raise DocumentError(Reason.ENCRYPTED)
    if info.file_size > room:
        raise DocumentError(Reason.TOO_LARGE)
    with archive.open(info) as member:
        return member.read(room + 1)
