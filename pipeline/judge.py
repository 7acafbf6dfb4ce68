"""One part judged: what it is, whose it is, when it was written; reading on until that is settled."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pipeline.attribute import Attribution, People, attribute, find_mentions
from pipeline.dates import find_document_date, find_valid_until
from pipeline.duplicates import text_key
from pipeline.members import Member
from pipeline.parts import PageRange
from pipeline.progressive import PageReader
from sagstjek.shapes import (
    Classifier,
    Document,
    Extent,
    Mention,
    Page,
    Part,
    PartText,
    Prediction,
    Reason,
    Status,
    TextSource,
    unreadable,
)

_POOR: Final = 0.45
"""Mean confidence of the OCR engine below which no type is accepted."""
_FINER_PAGES: Final = 2


@dataclass(frozen=True, slots=True)
class Bench:
    """What a part is judged with."""

    document: Document
    classifier: Classifier
    accept_at: float
    people: People
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the pages read so far say."""

    pages: tuple[Page, ...]
    seen: PartText
    prediction: Prediction
    mentions: tuple[Mention, ...]
    attribution: Attribution
    written: dt.date | None

    @property
    def confidence(self) -> float:
        """Mean confidence of the reading over the characters, 0-1."""
        weights = [len(page.text) or 1 for page in self.pages]
        return sum(p.confidence * w for p, w in zip(self.pages, weights, strict=True)) / max(sum(weights), 1)

    def is_settled(self, accept_at: float) -> bool:
        """Return whether more reading could hardly change type, person or date."""
        return (
            self.prediction.confidence >= accept_at
            and self.confidence >= _POOR
            and bool(self.mentions)
            and self.attribution.certain
            and self.written is not None
        )


def judge_part(
    number: int, member: Member, pages: PageRange, seen: list[Page], reader: PageReader, bench: Bench
) -> Part:
    """Return the part that these pages of a member are.

    Args:
        number: of the part within the document, from 1.
        seen: the pages of the member as first looked at; what is read further is put back into it.
    """
    judgement: Judgement | None = None
    for taken in _levels(pages, seen, reader):
        if not any(page.text.strip() for page in taken):
            continue
        judgement = _judge(tuple(taken), member, bench)
        if judgement.is_settled(bench.accept_at):
            break
    if judgement is None:
        reason = reader.failure(pages.first, pages.last) or Reason.NO_TEXT
        part = unreadable(number, reason, member=member.name, media=member.media)
        return _placed(part, member, pages, seen)
    return _placed(_part(number, member, judgement, bench), member, pages, seen)


def _levels(pages: PageRange, seen: list[Page], reader: PageReader) -> Iterator[list[Page]]:
    """Yield the pages of the range, each time read further: as first seen, whole pages, finer where they read badly."""
    yield pages.of(seen)
    for page in pages.of(seen):
        whole = reader.whole(page)
        if whole is not page:
            seen[page.number - 1] = whole
            yield pages.of(seen)
    poor = [page for page in pages.of(seen) if page.source is TextSource.OCR and page.confidence < _POOR]
    for page in poor[:_FINER_PAGES]:
        seen[page.number - 1] = reader.finer(page)
        yield pages.of(seen)


def _judge(pages: tuple[Page, ...], member: Member, bench: Bench) -> Judgement:
    text = "\f".join(page.text for page in pages)
    paged = member.content is not None and member.content.paged
    part = PartText(
        text,
        bench.document.title,
        member.name,
        member.media,
        text_source(pages),
        len(pages) if paged else 0,
        pages[0].aspect if paged else 0.0,
    )
    (prediction,) = bench.classifier.classify([part])
    mentions = find_mentions(text, bench.document.case_cpr, bench.people)
    born = bench.document.case_cpr.born if bench.document.case_cpr else None
    written = find_document_date(text, [born] if born else [])
    return Judgement(pages, part, prediction, mentions, attribute(mentions, bench.document.case_cpr), written)


def _part(number: int, member: Member, judgement: Judgement, bench: Bench) -> Part:
    prediction, attribution = judgement.prediction, judgement.attribution
    status, reason = decided_status(prediction, attribution, bench.accept_at, poor=judgement.confidence < _POOR)
    read_all = all(page.extent is Extent.WHOLE for page in judgement.pages)
    return Part(
        number,
        member.name,
        media=member.media,
        type=prediction.type,
        confidence=prediction.confidence,
        candidates=prediction.candidates,
        possible=prediction.possible,
        status=status,
        reason=reason,
        cpr=attribution.cpr,
        cpr_basis=attribution.basis,
        misfiled=attribution.misfiled,
        document_date=judgement.written or bench.document.document_date,
        valid_until=find_valid_until(judgement.seen.text),
        text_source=text_source(judgement.pages),
        mentions=judgement.mentions,
        text_key=text_key(judgement.seen.text, bench.key) if read_all else "",
        fully_read=read_all or status is Status.ACCEPTED,
        whole=read_all,
        evidence=bench.classifier.observe(judgement.seen),
    )


def decided_status(
    prediction: Prediction, attribution: Attribution, accept_at: float, *, poor: bool
) -> tuple[Status, Reason | None]:
    """Return whether type and person may stand without a person's look, and if not, why.

    Args:
        poor: the text was read too badly to rely on.
    """
    if poor:
        return Status.REVIEW, Reason.POOR_TEXT
    if prediction.confidence < accept_at:
        return Status.REVIEW, Reason.LOW_CONFIDENCE
    if not attribution.certain:
        return Status.REVIEW, Reason.PERSON_UNCERTAIN
    return Status.ACCEPTED, None


def _placed(part: Part, member: Member, pages: PageRange, seen: list[Page]) -> Part:
    """Return the part with its place in the member and how much of it was read."""
    content = member.content
    inside = [page for page in seen if pages.first <= page.number <= pages.last]
    whole_member = content is not None and not content.damaged and not content.truncated
    lost = any(_is_lost(page) for page in inside)
    paged = content is not None and content.paged
    return dataclasses.replace(
        part,
        first_page=pages.first if paged else None,
        last_page=pages.last if paged else None,
        pages=pages.last - pages.first + 1 if paged else 0,
        pages_read=sum(page.extent is not Extent.NONE for page in inside) if paged else 0,
        fully_read=part.fully_read and whole_member and not lost,
    )


def _is_lost(page: Page) -> bool:
    """Return whether something is on the page that was not read: no word of it, or hardly a right one."""
    return not page.blank and (page.extent is Extent.NONE or not page.text.strip() or page.confidence < _POOR)


def text_source(pages: tuple[Page, ...]) -> TextSource:
    """Return where the text of the pages came from: one source, or mixed."""
    sources = {page.source for page in pages if page.source is not TextSource.NONE}
    if not sources:
        return TextSource.NONE
    return sources.pop() if len(sources) == 1 else TextSource.MIXED
