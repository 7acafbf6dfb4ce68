"""Labels for training and evaluation: what a part of a document really is. Decisions have the same form."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

from connectors.cells import heading_key
from connectors.columns import LABELS
from connectors.tables import Row, read_table, write_table
from sagstjek.cpr import Cpr
from sagstjek.errors import nearest
from sagstjek.taxonomy import taxonomy

_COLUMNS: Final = ("document_id", "path", "part", "member", "first_page", "last_page", "type", "cpr")


@dataclass(frozen=True, slots=True)
class Label:
    """What a part is.

    Attributes:
        type: a code of the taxonomy.
        document_id, path: one of them names the document.
        part: from 1 within the document.
        first_page, last_page: from 1, both included; None where the format has no pages.
        cpr: whose it is; None when the label does not say.
    """

    type: str
    document_id: str = ""
    path: str = field(default="", repr=False)
    part: int = 1
    member: str = field(default="", repr=False)
    first_page: int | None = None
    last_page: int | None = None
    cpr: Cpr | None = field(default=None, repr=False)
    extra: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def read_labels(path: str | Path) -> Iterator[Label]:
    """Yield every label of a file.

    Raises:
        TableError: not a table, an unknown type, a page range that is none, or a row that names no document.
    """
    codes = {heading_key(word): kind.code for kind in taxonomy().values() for word in (kind.name, kind.code)}
    for row in read_table(path, LABELS):
        first, last = row.count("first_page"), row.count("last_page")
        if first and last and last < first:
            raise row.wrong("last_page", f"comes before the first page, {first}.")
        if not row.text("document_id") and not row.text("path"):
            raise row.wrong("document_id", "is empty, and so is path. One of them must name the document.")
        yield Label(
            _type(row, codes),
            document_id=row.text("document_id"),
            path=row.text("path"),
            part=row.count("part") or 1,
            member=row.text("member"),
            first_page=first,
            last_page=last,
            cpr=row.cpr("cpr"),
            extra=row.extra(),
        )


def write_labels(path: Path, labels: Iterable[Label]) -> int:
    """Write a label file and return the number of its rows; the extra columns are those of the first label.

    Raises:
        ConnectorError: the disk does not take it.
    """
    waiting = iter(labels)
    first = next(waiting, None)
    extra = tuple(name for name, _ in first.extra) if first else ()
    rows = (_cells(label, extra) for label in chain((first,) if first else (), waiting))
    return write_table(path, (*_COLUMNS, *extra), rows)


def _type(row: Row, codes: dict[str, str]) -> str:
    written = row.needed("type")
    code = codes.get(heading_key(written))
    if code is None:
        raise row.wrong("type", f"is not a document type{nearest(written, taxonomy())}. `taxonomy.yaml` lists them.")
    return code


def _cells(label: Label, extra: tuple[str, ...]) -> dict[str, str]:
    further = dict(label.extra)
    return {
        "document_id": label.document_id,
        "path": label.path,
        "part": str(label.part),
        "member": label.member,
        "first_page": str(label.first_page or ""),
        "last_page": str(label.last_page or ""),
        "type": label.type,
        "cpr": label.cpr.written if label.cpr else "",
        **{name: further.get(name, "") for name in extra},
    }
