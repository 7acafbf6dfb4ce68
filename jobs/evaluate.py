"""`sagstjek evaluate`: an audit held against the truth of a sample or of labels."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Final

from connectors.cells import parse_date
from connectors.labels import Label, read_labels
from connectors.tables import write_table
from jobs.collect import with_ids
from jobs.conclude import conclude, employments_of, open_audit, reopen
from models.evaluate import Share
from pipeline.findings import Filed, find_findings
from sagstjek.errors import InputError
from sagstjek.findings import Finding, Outcome
from sagstjek.shapes import CprBasis, Document, Part, Status

_ERROR_COLUMNS: Final = tuple(
    """document_id part member first_page last_page type confidence status reason should_be template format
    traps""".split()
)


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


def run(arguments: Namespace) -> int:
    """Print the figures; write the wrong parts to a file when asked."""
    labels_file = arguments.truth / "parts.csv"
    if not labels_file.exists():
        raise InputError(f"{labels_file}: not found. Give the folder with parts.csv, such as EXPORT/truth of a sample.")
    labels = list(read_labels(labels_file))
    with open_audit(arguments.audit) as ledger:
        basis = reopen(arguments.audit, ledger)
        concluded = conclude(ledger, basis.rules, basis.as_of)
        parts = {document.document_id: reading.parts for document, reading in concluded.readings}
        documents = {document.document_id: document for document, _ in concluded.readings}
        labels = with_ids(labels, documents.values())
        pairs = list(pair_up(labels, parts))
        truth = find_findings(
            employments_of(ledger),
            true_filed(labels, documents),
            concluded.cases,
            basis.rules,
            basis.as_of,
        )
    for line in (*part_lines(pairs, parts), *gap_lines(concluded.findings, truth)):
        print(line)
    if arguments.errors:
        write_table(arguments.errors, _ERROR_COLUMNS, [_error(pair) for pair in pairs if _wrong(pair)])
    return 0


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


def part_lines(pairs: Sequence[Pair], parts: Mapping[str, Sequence[Part]]) -> Iterator[str]:
    """Yield the figures on parts: type, boundaries, persons, misfiled."""
    read = [pair for pair in pairs if pair.read]
    right = [pair for pair in read if pair.part is not None and pair.part.type == pair.label.type]
    accepted = [p for p in read if p.part is not None and p.part.status in {Status.ACCEPTED, Status.DUPLICATE}]
    accepted_right = [p for p in accepted if p.part is not None and p.part.type == p.label.type]
    covered = [p for p in read if p.part is not None and p.label.type in p.part.candidates]
    yield f"parts in truth                    {len(pairs)}"
    yield f"  could not be read               {Share(len(pairs) - len(read), len(pairs))}"
    yield f"  type right, of those read       {Share(len(right), len(read))}"
    yield f"  accepted without a look         {Share(len(accepted), len(read))}"
    yield f"  type right, of those accepted   {Share(len(accepted_right), len(accepted))}"
    yield f"  truth in the prediction set     {Share(len(covered), len(read))}"
    many = [pair for pair in read if pair.label.first_page is not None]
    exact = sum(pair.same_place for pair in many)
    found = sum(1 for some in parts.values() for part in some if part.pages and part.status is not Status.UNREADABLE)
    yield f"  page ranges exact               recall {Share(exact, len(many))}, precision {Share(exact, found)}"
    persons = [p for p in read if p.label.cpr is not None and p.part is not None]
    same = sum(p.part.cpr == p.label.cpr for p in persons if p.part)
    yield f"  person right                    {Share(same, len(persons))}"
    said = [p for p in read if p.part is not None and p.part.misfiled]
    true = [p for p in read if p.extra.get("misfiled") == "yes"]
    hits = sum(p.extra.get("misfiled") == "yes" for p in said)
    yield f"  misfiled                        recall {Share(hits, len(true))}, precision {Share(hits, len(said))}"
    wrong = Counter((p.label.type, p.part.type) for p in read if p.part is not None and p.part.type != p.label.type)
    worst = ", ".join(f"{a} as {b} ({n})" for (a, b), n in wrong.most_common(6))
    yield f"  confused most                   {worst or 'nothing'}"


def gap_lines(said: Sequence[Finding], truth: Sequence[Finding]) -> Iterator[str]:
    """Yield the figures on gaps: false ones among the reported, missed ones among the true."""
    told = {(f.employment.employment_id, f.requirement): f.outcome for f in said if f.outcome is not Outcome.FORBIDDEN}
    real = {(f.employment.employment_id, f.requirement): f.outcome for f in truth if f.outcome is not Outcome.FORBIDDEN}
    missing = [key for key, outcome in told.items() if outcome is Outcome.MISSING]
    gone = [key for key, outcome in real.items() if outcome is Outcome.MISSING]
    warned = {Outcome.MISSING, Outcome.UNCERTAIN, Outcome.MISFILED, Outcome.UNASSESSABLE}
    yield f"requirements held against people  {len(real)}, of them really missing {len(gone)}"
    so = sum(real.get(key) is Outcome.MISSING for key in missing)
    yield f"  reported missing, really so     precision {Share(so, len(missing))}"
    reported = sum(told.get(key) is Outcome.MISSING for key in gone)
    yield f"  really missing, reported so     recall {Share(reported, len(gone))}"
    yield f"  really missing, not warned of   {Share(sum(told.get(k) not in warned for k in gone), len(gone))}"
    yield f"  uncertain                       {Share(sum(o is Outcome.UNCERTAIN for o in told.values()), len(told))}"
    yield f"  outcome exactly right           {Share(sum(told.get(k) is o for k, o in real.items()), len(real))}"


def _overlap(part: Part, label: Label) -> int:
    if label.first_page is None or label.last_page is None or part.first_page is None or part.last_page is None:
        return 1
    return min(part.last_page, label.last_page) - max(part.first_page, label.first_page) + 1


def _wrong(pair: Pair) -> bool:
    return pair.part is None or pair.part.type != pair.label.type or not pair.same_place


def _error(pair: Pair) -> dict[str, str]:
    part, label = pair.part or Part(0), pair.label
    extra = pair.extra
    return {
        "document_id": pair.document_id,
        "part": str(label.part),
        "member": label.member,
        "first_page": f"{part.first_page} / {label.first_page}",
        "last_page": f"{part.last_page} / {label.last_page}",
        "type": part.type,
        "confidence": f"{part.confidence:.2f}",
        "status": part.status.value,
        "reason": part.reason.value if part.reason else "",
        "should_be": label.type,
        **{name: extra.get(name, "") for name in ("template", "format", "traps")},
    }
