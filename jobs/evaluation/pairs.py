"""The truth beside what the audit says: parts in pairs, and the truth as a perfect audit would file it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from connectors.cells import parse_date
from connectors.labels import Label
from pipeline.findings import Filed
from sagstjek.shapes import CprBasis, Document, Part, Status


@dataclass(frozen=True, slots=True)
class Pair:
    """A true part, and the part of the audit that covers most of it (None when none does)."""

    document_id: str
    label: Label
    part: Part | None

    @property
    def extra(self) -> Mapping[str, str]:
        """Further columns of the label: template, format, traps."""
        return dict(self.label.extra)

    @property
    def traps(self) -> tuple[str, ...]:
        """What makes it hard; empty when nothing does."""
        return tuple(trap for trap in self.extra.get("traps", "").split("|") if trap)

    @property
    def same_place(self) -> bool:
        """Whether member and page range are exactly right."""
        part, label = self.part, self.label
        if part is None or part.member != label.member:
            return False
        return not part.pages or (part.first_page, part.last_page) == (label.first_page, label.last_page)

    @property
    def read(self) -> bool:
        """Whether the audit could read it."""
        return self.part is not None and self.part.status is not Status.UNREADABLE

    @property
    def right(self) -> bool:
        """Whether the audit has its type."""
        return self.part is not None and self.part.type == self.label.type


def pair_up(labels: Sequence[Label], parts: Mapping[str, Sequence[Part]]) -> Iterator[Pair]:
    """Yield every true part with the part of the audit that overlaps it most."""
    ordered = sorted(labels, key=attrgetter("document_id"))
    for document_id, some in groupby(ordered, key=attrgetter("document_id")):
        for label in some:
            near = [part for part in parts.get(document_id, ()) if part.member == label.member]
            best = max(near, key=lambda part: _overlap(part, label), default=None)
            yield Pair(document_id, label, best)


def true_filed(labels: Sequence[Label], documents: Mapping[str, Document]) -> Iterator[Filed]:
    """Yield the parts as a perfect audit would see them."""
    for label in labels:
        document = documents.get(label.document_id)
        if document is None:
            continue
        extra = dict(label.extra)
        duplicate = extra.get("duplicate_of", "")
        part = Part(
            label.part,
            label.member,
            label.first_page,
            label.last_page,
            type=label.type,
            confidence=1.0,
            candidates=(label.type,),
            status=Status.DUPLICATE if duplicate else Status.ACCEPTED,
            cpr=label.cpr or document.case_cpr,
            cpr_basis=CprBasis.TEXT,
            misfiled=extra.get("misfiled") == "yes",
            duplicate_of=duplicate,
            document_date=parse_date(extra.get("document_date", "")),
            valid_until=parse_date(extra.get("valid_until", "")),
        )
        yield Filed(document.document_id, document.case_id, document.case_cpr, part)


def _overlap(part: Part, label: Label) -> int:
    if label.first_page is None or label.last_page is None or part.first_page is None or part.last_page is None:
        return 1
    return min(part.last_page, label.last_page) - max(part.first_page, label.first_page) + 1
