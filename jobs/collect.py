"""Labelled documents read as the audit reads them: what the classifier will see, with the truth beside it."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context

from connectors.addresses import relative_path
from connectors.export_folder import fetch
from connectors.labels import Label
from models.dataset import Example, PagePile
from pipeline.judge import text_source
from pipeline.members import Member, walk
from pipeline.ocr.engine import OcrEngine
from pipeline.ocr.opening import open_engine
from pipeline.progressive import PageReader
from pipeline.read.content import Limits
from sagstjek.errors import DocumentError
from sagstjek.settings import Settings
from sagstjek.shapes import Document, Extent, Page, PartText


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document with the truth about its parts."""

    document: Document
    reference: str = field(repr=False)
    labels: tuple[Label, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Collected:
    """What one document gives to learn from."""

    examples: tuple[Example, ...] = ()
    piles: tuple[PagePile, ...] = ()


def collect(labelled: Sequence[Labelled], settings: Settings, workers: int) -> Iterator[Collected]:
    """Yield what each document gives, in order; unreadable ones give nothing."""
    with ProcessPoolExecutor(workers, get_context("spawn"), _start, (settings,)) as pool:
        yield from pool.map(_collect, labelled, chunksize=8)


_engine: OcrEngine | None = None
_settings = Settings()


def _start(settings: Settings) -> None:
    global _engine, _settings  # noqa: PLW0603 - one a process, made once
    _settings = settings
    _engine = open_engine(settings.ocr_engine, settings.languages)


def _collect(item: Labelled) -> Collected:
    assert _engine is not None
    try:
        data = fetch(item.reference, _settings.max_file_bytes).data
    except DocumentError:
        return Collected()
    found = []
    for member in walk(data, Limits.of(_settings)):
        with suppress(DocumentError):
            found.append(_member(member, item, _engine))
    return Collected(
        tuple(example for some in found for example in some.examples),
        tuple(pile for some in found for pile in some.piles),
    )


def _member(member: Member, item: Labelled, engine: OcrEngine) -> Collected:
    labels = [label for label in item.labels if label.member == member.name]
    content = member.content
    if not labels or content is None:
        return Collected()
    reader = PageReader(content.pages, engine, _settings.ocr_dpi)
    heads = [reader.first_look(number) for number in range(1, len(content.pages) + 1)]
    wholes = [reader.whole(page) for page in heads]
    examples = []
    for label in labels:
        first, last = label.first_page or 1, label.last_page or len(wholes)
        examples += [
            _example(pages, member, item.document, label)
            for pages in _extents(heads[first - 1 : last], wholes[first - 1 : last])
        ]
    firsts = tuple(sorted(label.first_page or 1 for label in labels))
    piles = [
        PagePile(tuple(page for page in pages if not page.blank), firsts, "read")
        for pages in ((heads, wholes) if heads != wholes else (wholes,))
    ]
    return Collected(tuple(e for e in examples if e.part.text.strip()), tuple(piles) if len(wholes) > 1 else ())


def _extents(heads: Sequence[Page], wholes: Sequence[Page]) -> Iterator[list[Page]]:
    """Yield the pages as the audit may see them: heads only, and whole."""
    yield [page for page in wholes if not page.blank]
    if any(page.extent is Extent.HEAD for page in heads):
        yield [page for page in heads if not page.blank]


def _example(pages: Sequence[Page], member: Member, document: Document, label: Label) -> Example:
    paged = member.content is not None and member.content.paged
    part = PartText(
        "\f".join(page.text for page in pages),
        document.title,
        member.name,
        member.media,
        text_source(tuple(pages)),
        len(pages) if paged else 0,
        pages[0].aspect if paged and pages else 0.0,
    )
    extra = dict(label.extra)
    traps = tuple(trap for trap in extra.get("traps", "").split("|") if trap)
    return Example(
        part,
        label.type,
        extra.get("template") or document.document_id,
        "read",
        extra.get("format", ""),
        traps,
    )


def with_ids(labels: Iterable[Label], documents: Iterable[Document]) -> list[Label]:
    """Return the labels, each with the id of its document, also where it names that by its path only."""
    ids = {document.path: document.document_id for document in documents}
    return [
        label
        if label.document_id
        else dataclasses.replace(label, document_id=ids.get(relative_path(label.path) or "", ""))
        for label in labels
    ]


def pair_up(documents: Iterable[tuple[Document, str]], labels: Iterable[Label]) -> list[Labelled]:
    """Return the documents that have labels, with them; a label that names none of them is left out."""
    listed = list(documents)
    by_id: dict[str, list[Label]] = {}
    for label in with_ids(labels, (document for document, _ in listed)):
        by_id.setdefault(label.document_id, []).append(label)
    return [
        Labelled(document, reference, tuple(by_id[document.document_id]))
        for document, reference in listed
        if document.document_id in by_id
    ]
