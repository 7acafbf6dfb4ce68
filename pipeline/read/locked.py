"""Office files with a password."""

import io
from typing import Final

import msoffcrypto

from pipeline.identify import identify
from pipeline.read.content import Content, Limits
from pipeline.read.opening import open_content
from sagstjek.errors import DocumentError
from sagstjek.shapes import Reason

_EXCEL: Final = "VelvetSweatshop"
"""Excel's own password for workbooks with protected structure; Excel asks for none (MS-OFFCRYPTO 2.4.2.3)."""


def read(data: bytes, media: str, limits: Limits) -> Content:  # noqa: ARG001 - the readers' signature
    """Return the content of an encrypted docx, xlsx or pptx that opens without asking for a password.

    Raises:
        DocumentError: it asks for one.
    """
    plain = unlock(data)
    return open_content(plain, identify(plain), limits)


def unlock(data: bytes) -> bytes:
    """Return the file without its encryption, or as it is when it has none.

    Raises:
        DocumentError: it needs a password.
    """
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        if not file.is_encrypted():
            return data
    except Exception:  # noqa: BLE001 - what this library cannot judge is for the reader
        return data
    try:
        out = io.BytesIO()
        file.load_key(password=_EXCEL)
        file.decrypt(out)
    except Exception:  # noqa: BLE001 - raises many kinds for a wrong password
        raise DocumentError(Reason.ENCRYPTED) from None
    return out.getvalue()
