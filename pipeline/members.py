"""A document unpacked: the file itself and everything attached to it, at every depth."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from PIL import Image

from pipeline.identify import identify
from pipeline.read.content import Attachment, Content, Limits
from pipeline.read.opening import open_content
from pipeline.read.seam import sealed
from sagstjek.errors import DocumentError
from sagstjek.shapes import Reason

_SIGNED_DATA: Final = bytes.fromhex("06092a864886f70d010702")  # object identifier of PKCS #7 signed data (RFC 8551)
_PICTURES: Final = frozenset({"jpeg", "png", "gif", "bmp", "webp"})
_LOGO_PIXELS: Final = 200 * 200


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a document, opened, or the reason why not.

    Attributes:
        name: empty for the file itself; nested names joined by `/`.
        media: the real format.
    """

    name: str = field(repr=False)
    media: str
    content: Content | None = field(default=None, repr=False)
    reason: Reason | None = None


def walk(data: bytes, limits: Limits) -> Iterator[Member]:
    """Yield the file and all that is in it, depth first, each as it is opened.

    Limits on depth, number and total size end in a member with a reason, so that nothing is left out
    without a word.
    """
    budget = _Budget(limits)
    yield from _walk(Attachment("", data), "", 0, budget)


def _is_no_document(attachment: Attachment, media: str) -> bool:
    """Return whether this is only part of a mail's form: its digital signature, or a logo under it."""
    if media == "unknown":
        return _SIGNED_DATA in attachment.data[:32] or attachment.name.lower().endswith(".p7s")
    if media not in _PICTURES:
        return False
    try:
        with sealed(), Image.open(io.BytesIO(attachment.data)) as image:
            return image.width * image.height < _LOGO_PIXELS
    except DocumentError:
        return False


class _Budget:
    """What one document may still unpack to."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.members = 0
        self.bytes = 0

    def take(self, attachment: Attachment, depth: int) -> Reason | None:
        """Return why the attachment may not be opened; None when it may."""
        self.members += 1
        self.bytes += len(attachment.data)
        if depth > self.limits.max_depth:
            return Reason.TOO_DEEP
        if self.members > self.limits.max_members:
            return Reason.TOO_MANY
        if depth and (len(attachment.data) > self.limits.max_member_bytes or self.bytes > self.limits.max_total_bytes):
            return Reason.TOO_LARGE
        return attachment.reason


def _walk(attachment: Attachment, name: str, depth: int, budget: _Budget) -> Iterator[Member]:
    media = identify(attachment.data) if attachment.data else "empty"
    if depth and _is_no_document(attachment, media):
        return
    refused = budget.take(attachment, depth)
    if refused is not None:
        yield Member(name, media, reason=refused)
        return
    try:
        content = open_content(attachment.data, media, budget.limits)
    except DocumentError as error:
        yield Member(name, media, reason=error.reason)
        return
    if content.pages:
        yield Member(name, media, content)
    for inner in content.attachments:
        if budget.members > budget.limits.max_members:
            return
        yield from _walk(inner, f"{name}/{inner.name}" if name else inner.name, depth + 1, budget)
