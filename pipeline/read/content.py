"""What a reader gives: lazy pages, attachments, properties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PIL import Image

from sagstjek.settings import Settings
from sagstjek.shapes import Reason


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one file is unpacked and looked at; see `sagstjek.settings.Settings`."""

    max_pixels: int
    max_pages: int
    max_member_bytes: int
    max_total_bytes: int
    max_members: int
    max_depth: int

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """Return the limits that the settings name."""
        return cls(
            max_pixels=settings.max_pixels,
            max_pages=settings.max_pages,
            max_member_bytes=settings.max_member_bytes,
            max_total_bytes=settings.max_total_bytes,
            max_members=settings.max_members,
            max_depth=settings.max_depth,
        )


class RawPage(Protocol):
    """A page as a reader makes it; its methods may raise anything."""

    @property
    def aspect(self) -> float:
        """Width divided by height, as the page is shown; 0 where there are no pages."""
        ...

    def layer(self) -> str:
        """Return the text layer with line breaks, or an empty string; of a flow format the whole text."""
        ...

    def image(self, dpi: int) -> Image.Image | None:
        """Return the page in greyscale (mode `L`), upright as stored, at about this resolution, or None."""
        ...


class PageSource(RawPage, Protocol):
    """A page that never raises: what fails gives an empty string or None, and a reason."""

    @property
    def reason(self) -> Reason | None:
        """Why this page could not be read; None as long as nothing failed."""
        ...


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file within a file. With a `reason` it could not be taken out, and `data` is empty.

    Attributes:
        name: a label without folders, never a path.
    """

    name: str = field(repr=False)
    data: bytes = field(repr=False)
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """An opened file.

    Attributes:
        media: code of `pipeline.identify`.
        pages: empty for a container without words of its own.
        paged: real pages (pdf, tiff, pictures), or one flow of text (docx, msg).
        properties: `title`, `author`, `subject`, `created`, ... as the file says them; may lie.
        damaged: some of the file is lost; single pages tell it by their `reason`.
        truncated: a limit was met; there is more than `pages` and `attachments` show.
    """

    media: str
    pages: Sequence[PageSource] = field(default=(), repr=False)
    attachments: tuple[Attachment, ...] = ()
    paged: bool = False
    properties: Mapping[str, str] = field(default_factory=dict, repr=False)
    damaged: bool = False
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class FlowPage:
    """The whole text of a format without pages."""

    text: str = field(repr=False)
    aspect: float = 0.0
    reason: Reason | None = None

    def layer(self) -> str:
        """Return the text."""
        return self.text

    def image(self, dpi: int) -> None:
        """Return None: there are no pixels."""


def flow(
    media: str,
    text: str,
    attachments: tuple[Attachment, ...] = (),
    *,
    properties: Mapping[str, str] | None = None,
    damaged: bool = False,
    truncated: bool = False,
) -> Content:
    """Return the content of a format without pages; no page where there is no text."""
    pages = (FlowPage(text.strip("\n")),) if text.strip() else ()
    return Content(media, pages, attachments, properties=properties or {}, damaged=damaged, truncated=truncated)
