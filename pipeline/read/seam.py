"""The seam between us and the libraries: whatever they raise becomes a reason, without its text."""

import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from PIL import Image

from pipeline.read.content import Attachment, Limits, PageSource, RawPage
from sagstjek.errors import DocumentError
from sagstjek.shapes import Reason

_NAME_LENGTH: Final = 200


@contextmanager
def sealed() -> Iterator[None]:
    """Turn any exception into a `DocumentError` and silence warnings: their texts may hold personal words."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except DocumentError:
            raise
        except MemoryError:
            raise DocumentError(Reason.OUT_OF_MEMORY) from None
        except NotImplementedError:
            raise DocumentError(Reason.UNSUPPORTED) from None
        except Exception:  # noqa: BLE001 - any library may raise anything for a bad file
            raise DocumentError(Reason.DAMAGED) from None


@dataclass(slots=True)
class _SealedPage:
    source: RawPage = field(repr=False)
    reason: Reason | None = None

    @property
    def aspect(self) -> float:
        try:
            with sealed():
                return self.source.aspect
        except DocumentError:
            return 0.0

    def layer(self) -> str:
        try:
            with sealed():
                return self.source.layer()
        except DocumentError as error:
            self.reason = error.reason
            return ""

    def image(self, dpi: int) -> Image.Image | None:
        """Take the picture; a good one shows what a broken text layer did not."""
        try:
            with sealed():
                image = self.source.image(dpi)
        except DocumentError as error:
            self.reason = error.reason
            return None
        if image is not None:
            self.reason = None
        return image


def seal(pages: Iterable[RawPage]) -> tuple[PageSource, ...]:
    """Return the pages as ones that never raise."""
    return tuple(_SealedPage(page) for page in pages)


def take_out(
    members: Iterable[tuple[str, Callable[[int], bytes]]], limits: Limits
) -> tuple[tuple[Attachment, ...], bool]:
    """Return the files within a file, and whether there were more than the limits allow.

    A member that cannot be taken out is there with a reason; the rest is not lost.

    Args:
        members: name, and a function that gives the bytes, told how many there may be.
        limits: number and sizes.
    """
    found: list[Attachment] = []
    total = 0
    for name, read in members:
        if len(found) >= limits.max_members:
            return (*found, Attachment("", b"", Reason.TOO_MANY)), True
        room = min(limits.max_member_bytes, limits.max_total_bytes - total)
        member = _take(plain_name(name), read, room)
        total += len(member.data)
        found.append(member)
    return tuple(found), False


def _take(name: str, read: Callable[[int], bytes], room: int) -> Attachment:
    try:
        with sealed():
            data = read(room)
            if len(data) > room:
                raise DocumentError(Reason.TOO_LARGE)
            return Attachment(name, data)
    except DocumentError as error:
        return Attachment(name, b"", error.reason)


def plain_name(name: str) -> str:
    r"""Return a name without folders and control characters; only ever a label.

    >>> plain_name("..\\..\\windows/evil\n.pdf")
    'evil.pdf'
    """
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    return "".join(char for char in last if char.isprintable()).strip()[:_NAME_LENGTH]
