"""From bytes and a media code to `Content`."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final

from pipeline.read.content import Content, Limits
from pipeline.read.seam import sealed
from sagstjek.errors import DocumentError
from sagstjek.shapes import Reason

# Readers are imported when first needed: their libraries take up to 0.3 seconds each.
_READERS: Final[Mapping[str, str]] = {
    "pdf": "pdf",
    "tiff": "tiff",
    "jpeg": "image",
    "png": "image",
    "gif": "image",
    "bmp": "image",
    "webp": "image",
    "docx": "word",
    "doc": "office",
    "rtf": "office",
    "odt": "office",
    "ppt": "office",
    "pptx": "office",
    "xlsx": "excel",
    "xls": "excel",
    "ods": "excel",
    "encrypted_office": "locked",
    "msg": "msg",
    "eml": "eml",
    "zip": "archive",
    "txt": "text",
    "html": "text",
    "xml": "text",
}


def open_content(data: bytes, media: str, limits: Limits) -> Content:
    """Return the pages and attachments of a file.

    Args:
        data: the whole file.
        media: what `pipeline.identify.identify` says it is.
        limits: of pages, pixels, members and sizes.

    Raises:
        DocumentError: with the reason why nothing of it can be read.
    """
    if media == "empty":
        raise DocumentError(Reason.EMPTY)
    if media == "ole":
        raise DocumentError(Reason.DAMAGED)
    if media not in _READERS:
        raise DocumentError(Reason.UNSUPPORTED)
    with sealed():
        read: Callable[[bytes, str, Limits], Content] = import_module(f"pipeline.read.{_READERS[media]}").read
        content = read(data, media, limits)
    if not content.pages and not content.attachments:
        raise DocumentError(Reason.DAMAGED if content.damaged else Reason.NO_TEXT)
    return content
