"""The ledger: our memory of the index, the readings, the roster, the findings and the runs.

Every call is one transaction: killed at any moment, the ledger holds all of a call's work or nothing of it.
Lists are streamed in pages of their own, so that reading never blocks writing, whatever their length.
"""

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Connection, delete, func, inspect, select, tuple_, update

from connectors.database import Database, Query, Record, Values
from connectors.ledger_rows import (
    HERE,
    KNOWN,
    WITH_EVIDENCE,
    WITH_READINGS,
    Counts,
    Known,
    Listed,
    Stale,
    as_body,
    count_query,
    document_and_reading,
    document_row,
    evidence_row,
    finding_row,
    known,
    reading_row,
    with_evidence,
)
from connectors.ledger_tables import (
    CHECKS,
    DECISIONS,
    DOCUMENTS,
    EMPLOYMENTS,
    EVIDENCE,
    FINDINGS,
    FORMAT,
    METADATA,
    NOTES,
    READINGS,
    RUNS,
    SCHEMA,
)
from sagstjek.cpr import Cpr
from sagstjek.decisions import Decision
from sagstjek.errors import ConnectorError
from sagstjek.findings import Finding
from sagstjek.people import Employment, Roster
from sagstjek.shapes import Document, Reading
from sagstjek.wire import from_json

_Item = TypeVar("_Item")
_Order: TypeAlias = ColumnElement[Any]
_PAGE: Final = 500
_ROSTER_COLUMNS: Final = "roster_columns"


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of one audit. Close it, or use it in a `with`."""

    _base: Database = field(repr=False)

    @classmethod
    def open(cls, address: str | Path, *, exclusive: bool = False) -> "Ledger":
        """Return the ledger at a path (a SQLite file, made when it is not there) or a `postgresql://` address.

        Args:
            exclusive: for the one that reads documents: a second audit on the same ledger is refused.

        Raises:
            ConnectorError: it cannot be opened, is taken, or was made by another version of sagstjek.
            InputError, ProgramError: the address is none, or its driver is not installed.
        """
        base = Database(address, exclusive=exclusive)
        try:
            found = base.run(_make_tables)
            if found != FORMAT:
                what = f"is a ledger of format {found}" if found else "is a database, but not a ledger"
                raise ConnectorError(
                    f"{base.name}: {what}; this sagstjek reads format {FORMAT}. "
                    "Use the version that made it, or audit into a new folder."
                )
        except BaseException:
            base.close()
            raise
        return cls(base)

    def close(self) -> None:
        """Let go of the database and the lock."""
        self._base.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # The index

    def list_documents(self, documents: Iterable[Document], batch: int = 1000) -> int:
        """Put the index of this run in place of the last one, streaming, and return the number of its documents.

        Documents no longer in it are marked as gone, and their readings kept. If the iterable raises, the last
        index stays. Only what is new or has changed is written.
        """

        def work(connection: Connection) -> int:
            count = 0
            for some in _batches(documents, batch):
                rows = [document_row(document, count + n) for n, document in enumerate(some, 1)]
                self._list(connection, rows)
                count += len(rows)
            connection.execute(update(DOCUMENTS).where(HERE, DOCUMENTS.c.position > count).values(gone=True))
            return count

        return self._base.run(work)

    def _list(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Put rows of the index in the places of those that the last index had there."""
        place = DOCUMENTS.c.position
        places = (HERE, place.between(rows[0]["position"], rows[-1]["position"]))
        last = connection.execute(select(place, DOCUMENTS.c.body).where(*places).order_by(place)).all()
        if [(row["position"], row["body"]) for row in rows] != [tuple(row) for row in last]:
            connection.execute(update(DOCUMENTS).where(*places).values(gone=True))
            self._base.upsert(connection, DOCUMENTS, rows)

    def index(self) -> Iterator[Listed]:
        """Yield every document of the index in its order, with what its reading rested on."""
        query = select(DOCUMENTS.c.position, DOCUMENTS.c.body, *KNOWN).select_from(WITH_READINGS).where(HERE)
        for row in self._paged(query, (DOCUMENTS.c.position,)):
            yield Listed(row[1], known(row))

    def listed(self) -> Iterator[tuple[Document, Known | None]]:
        """Yield every document of the index in its order, with what its reading rested on, None when it has none."""
        return ((listed.document, listed.known) for listed in self.index())

    def known(self, document_ids: Sequence[str]) -> dict[str, Known]:
        """Return what the readings of these documents rested on; those without one are left out."""
        query = select(READINGS.c.document_id, *KNOWN)
        return {
            row[0]: Known(*row[1:])
            for some in _batches(document_ids, _PAGE)
            for row in self._base.rows(query.where(READINGS.c.document_id.in_(some)))
        }

    def cases(self) -> dict[str, Cpr | None]:
        """Return every case of the index and its CPR number, None when the index has none for it."""
        query = (
            select(DOCUMENTS.c.case_id, func.min(DOCUMENTS.c.case_cpr))
            .where(HERE, DOCUMENTS.c.case_id != "")
            .group_by(DOCUMENTS.c.case_id)
            .order_by(func.min(DOCUMENTS.c.position))
        )
        rows = self._base.rows(query)
        return {case_id: Cpr(digits) if digits else None for case_id, digits in rows}

    # The readings

    def keep(self, readings: Sequence[Reading], context: Mapping[str, str], decided: str = "") -> None:
        """Keep readings, all or none of them, in place of earlier ones of the same documents.

        Args:
            context: by document id, the digest of what the reading depended on beside the bytes.
            decided: digest of what types and persons were decided with.
        """
        rows = [reading_row(reading, context[reading.document_id], decided) for reading in readings]
        evidence = [evidence_row(reading) for reading in readings]

        def work(connection: Connection) -> None:
            self._base.upsert(connection, READINGS, rows)
            self._base.upsert(connection, EVIDENCE, evidence)

        self._base.run(work)

    def stale(self, decided: str) -> Iterator[Stale]:
        """Yield the readings that were decided with something else, with what a new decision needs."""
        place = DOCUMENTS.c.position
        query = select(place, DOCUMENTS.c.body, READINGS.c.context, READINGS.c.body, EVIDENCE.c.body)
        query = query.select_from(WITH_EVIDENCE).where(HERE, READINGS.c.decided != decided)
        for row in self._paged(query, (place,)):
            yield Stale(row[1], row[2], with_evidence(from_json(Reading, row[3]), row[4]))

    def evidence(self) -> Iterator[tuple[Document, Reading]]:
        """Yield every document of the index that was read, in its order, with its reading and the evidence of it."""
        place = DOCUMENTS.c.position
        query = select(place, DOCUMENTS.c.body, READINGS.c.body, EVIDENCE.c.body).select_from(WITH_EVIDENCE).where(HERE)
        for row in self._paged(query, (place,)):
            yield from_json(Document, row[1]), with_evidence(from_json(Reading, row[2]), row[3])

    def readings(self, *, by_case: bool = False) -> Iterator[tuple[Document, Reading]]:
        """Yield every document of the index with its reading, in the order of the index, or case by case.

        A document that was not read yet has a reading that says so: it must never look like a missing one.
        """
        order = (DOCUMENTS.c.case_id, DOCUMENTS.c.position) if by_case else (DOCUMENTS.c.position,)
        query = select(*order, DOCUMENTS.c.body, READINGS.c.body).select_from(WITH_READINGS).where(HERE)
        for row in self._paged(query, order):
            yield document_and_reading(row[-2], row[-1])

    def counts(self) -> Counts:
        """Return how far the audit is."""
        return Counts(*self._base.rows(count_query())[0])

    # The roster, the findings, the runs

    def keep_roster(self, roster: Roster) -> None:
        """Keep the roster of this run in place of the last one; findings, which rest on the roster, go."""
        rows: list[Values] = [{"position": n, "body": as_body(e)} for n, e in enumerate(roster.employments, 1)]

        def work(connection: Connection) -> None:
            connection.execute(delete(FINDINGS))
            connection.execute(delete(EMPLOYMENTS))
            self._base.upsert(connection, EMPLOYMENTS, rows)
            note = {"name": _ROSTER_COLUMNS, "body": json.dumps(roster.columns)}
            self._base.upsert(connection, NOTES, [note])

        self._base.run(work)

    def roster(self) -> Roster | None:
        """Return the roster of the last run, None when there was none."""
        columns = self.note(_ROSTER_COLUMNS)
        if columns is None:
            return None
        query = select(EMPLOYMENTS.c.body).order_by(EMPLOYMENTS.c.position)
        employments = (from_json(Employment, row[0]) for row in self._base.rows(query))
        return Roster(tuple(employments), tuple(json.loads(columns)))

    def keep_findings(self, findings: Iterable[Finding], batch: int = 1000) -> int:
        """Keep findings in place of all earlier ones, streaming, and return their number.

        Their employments are those of the roster that is kept.
        """

        def work(connection: Connection) -> int:
            connection.execute(delete(FINDINGS))
            count = 0
            for some in _batches(findings, batch):
                rows = [finding_row(finding, count + n) for n, finding in enumerate(some, 1)]
                self._base.upsert(connection, FINDINGS, rows)
                count += len(rows)
            return count

        return self._base.run(work)

    def findings(self) -> Iterator[Finding]:
        """Yield the findings in the order in which they were kept."""
        roster = self.roster() or Roster(())
        employments = {employment.employment_id: employment for employment in roster.employments}
        query = select(FINDINGS.c.position, FINDINGS.c.employment_id, FINDINGS.c.body)
        for row in self._paged(query, (FINDINGS.c.position,)):
            yield dataclasses.replace(from_json(Finding, row[2]), employment=employments[row[1]])

    def save_run(self, run_id: str, body: str) -> None:
        """Keep what a run was made with and came to, as JSON; the same run again replaces it."""

        def work(connection: Connection) -> None:
            number = connection.scalar(select(RUNS.c.number).where(RUNS.c.run_id == run_id))
            number = number or 1 + (connection.scalar(select(func.max(RUNS.c.number))) or 0)
            self._base.upsert(connection, RUNS, [{"number": number, "run_id": run_id, "body": body}])

        self._base.run(work)

    def load_run(self, run_id: str | None = None) -> str | None:
        """Return the JSON of a run, without an id of the last one; None when there is none."""
        query = select(RUNS.c.body).order_by(RUNS.c.number.desc()).limit(1)
        query = query if run_id is None else query.where(RUNS.c.run_id == run_id)
        return self._base.text(query)

    def keep_note(self, name: str, body: str) -> None:
        """Keep a text under a name, such as the secret key of the audit."""
        self._base.run(lambda connection: self._base.upsert(connection, NOTES, [{"name": name, "body": body}]))

    def note(self, name: str) -> str | None:
        """Return the text kept under a name, None when there is none."""
        query = select(NOTES.c.body).where(NOTES.c.name == name)
        return self._base.text(query)

    def keep_checks(self, sample: str, bodies: Mapping[int, str]) -> None:
        """Keep questions of a check sample, with their answers, as JSON by number; those of the same number go."""
        rows: list[Values] = [{"sample": sample, "number": n, "body": body} for n, body in bodies.items()]
        self._base.run(lambda connection: self._base.upsert(connection, CHECKS, rows))

    def checks(self, sample: str) -> list[str]:
        """Return the questions of a check sample, in their order."""
        query = select(CHECKS.c.body).where(CHECKS.c.sample == sample).order_by(CHECKS.c.number)
        return [row[0] for row in self._base.rows(query)]

    def keep_decisions(self, decisions: Iterable[Decision]) -> None:
        """Keep what people decided, in place of earlier decisions on the same parts."""
        rows: list[Values] = [{"document_id": d.document_id, "part": d.part, "body": as_body(d)} for d in decisions]
        self._base.run(lambda connection: self._base.upsert(connection, DECISIONS, rows))

    def decisions(self) -> dict[str, dict[int, Decision]]:
        """Return what people decided, by document and number of the part."""
        found: dict[str, dict[int, Decision]] = {}
        for row in self._base.rows(select(DECISIONS.c.document_id, DECISIONS.c.part, DECISIONS.c.body)):
            found.setdefault(row[0], {})[row[1]] = from_json(Decision, row[2])
        return found

    def _paged(self, query: Query, order: tuple[_Order, ...]) -> Iterator[Record]:
        """Yield the rows of a query in the order of its first columns, which tell all rows apart."""
        page = query
        while True:
            rows = self._base.rows(page.order_by(*order).limit(_PAGE))
            yield from rows
            if len(rows) < _PAGE:
                return
            page = query.where(tuple_(*order) > tuple_(*rows[-1][: len(order)]))


def _make_tables(connection: Connection) -> int:
    """Return the format of the ledger, made when the database is empty; 0 when something else is in it."""
    names = inspect(connection).get_table_names()
    if SCHEMA.name in names:
        return connection.scalar(select(SCHEMA.c.format)) or 0
    if names:
        return 0
    METADATA.create_all(connection)
    connection.execute(SCHEMA.insert().values(format=FORMAT))
    return FORMAT


def _batches(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    waiting = iter(items)
    while some := list(islice(waiting, size)):
        yield some
