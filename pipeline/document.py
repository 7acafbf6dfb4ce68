"""One document through all steps: bytes in, a reading out. Never raises for bad input."""

import dataclasses
import hashlib
import time
from dataclasses import dataclass, field

from pipeline.attribute import People
from pipeline.judge import Bench, judge_part
from pipeline.members import Member, walk
from pipeline.ocr.engine import OcrEngine
from pipeline.parts import split
from pipeline.progressive import PageReader
from pipeline.read.content import Content, Limits
from sagstjek import __version__
from sagstjek.errors import DocumentError
from sagstjek.settings import Settings
from sagstjek.shapes import Classifier, Document, Page, PageBreaks, Part, Reading, Reason, unreadable


@dataclass(frozen=True, slots=True)
class Tools:
    """The engines and the known people, as arguments of the step.

    Attributes:
        key: secret of the audit, for hashes that nobody else can make.
    """

    engine: OcrEngine
    classifier: Classifier
    breaks: PageBreaks
    people: People = field(repr=False)
    settings: Settings = field(default_factory=Settings)
    key: bytes = field(default=b"", repr=False)

    @property
    def version(self) -> str:
        """The step version: a reading made with another one is not used again."""
        s = self.settings
        return "/".join(
            (
                __version__,
                s.reading,
                str(s.ocr_dpi),
                "-".join(map(str, dataclasses.astuple(self.limits))),
                self.classifier.evidence_id,
                self.breaks.breaks_id,
                self.engine.version,
            )
        )

    @property
    def accept_at(self) -> float:
        """Probability from which a type is accepted: of the settings, or else the model's own."""
        return self.settings.accept_at or self.classifier.accept_at

    @property
    def deciding(self) -> str:
        """What types are decided with: a reading decided with something else is decided again, not read again."""
        return f"{self.classifier.model_id}/{self.accept_at}"

    @property
    def limits(self) -> Limits:
        """The limits of the settings, as readers want them."""
        return Limits.of(self.settings)


def read_document(document: Document, data: bytes, tools: Tools) -> Reading:
    """Return what a document holds: at least one part, an unreadable one with its reason."""
    started = time.perf_counter()
    parts: list[Part] = []
    for member in walk(data, tools.limits):
        parts += _read_member(member, len(parts) + 1, document, tools)
    return Reading(
        document.document_id,
        hashlib.sha256(data).hexdigest(),
        tools.version,
        tuple(parts) or (unreadable(1, Reason.EMPTY),),
        seconds=time.perf_counter() - started,
        size=len(data),
    )


def _read_member(member: Member, number: int, document: Document, tools: Tools) -> list[Part]:
    content = member.content
    if content is None:
        reason = member.reason or Reason.INTERNAL
        return [unreadable(number, reason, member=member.name, media=member.media)]
    try:
        return _read_content(member, content, number, document, tools)
    except DocumentError as error:
        return [unreadable(number, error.reason, member=member.name, media=member.media)]


def _read_content(member: Member, content: Content, number: int, document: Document, tools: Tools) -> list[Part]:
    full = tools.settings.reading == "full"
    reader = PageReader(content.pages, tools.engine, tools.settings.ocr_dpi)
    seen: list[Page] = []
    for page_number in range(1, min(len(content.pages), tools.settings.max_pages) + 1):
        page = reader.first_look(page_number)
        seen.append(reader.whole(page) if full else page)
    ranges = split(seen, tools.breaks)
    if not ranges:
        return [unreadable(number, Reason.EMPTY, member=member.name, media=member.media)]
    bench = Bench(
        document,
        tools.classifier,
        tools.accept_at,
        tools.people,
        tools.key,
    )
    parts = [judge_part(number + n, member, pages, seen, reader, bench) for n, pages in enumerate(ranges)]
    parts[0] = dataclasses.replace(parts[0], ocr_seconds=reader.ocr_seconds)
    return parts
