"""`sagstjek pull`: the cases of everybody on a roster, out of a records system into an export folder.

The index is written when everybody has been asked for, never before: half an index would make gaps of what is not
pulled yet. Killed or stopped and started again, it goes on; whoever had something missing is asked for again.
"""

import datetime as dt
import json
import shutil
import sys
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Event
from typing import Final

from connectors.records.opening import open_system
from connectors.records.problems import Problem
from connectors.records.protocol import Answering, RecordsSystem
from connectors.records.pull_log import Pulled, PullLog, Row
from connectors.records.pulling import COLUMNS, PARTLY, Shelf, StoppedError, Wanted, is_whole, pull_person
from connectors.records.site import Source, read_source
from connectors.roster import load_roster
from connectors.tables import write_table
from sagstjek.cpr import Cpr
from sagstjek.errors import ConnectorError, ExitCode
from sagstjek.people import Employment

NOT_PULLED: Final = ("cpr", "employment_id", "case_id", "document_id", "title", "reason", "explanation")
_IN_A_ROW: Final = 20
"""People in a row of whom nothing came, for one and the same reason that is not theirs, before the pull stops."""
_NOT_THEIRS: Final = frozenset({Problem.UNAVAILABLE, Problem.NO_ACCESS, Problem.UNTRUSTED, Problem.REFUSED})
_EVERY: Final = 15.0
"""Seconds between two lines of progress."""
_EXPLAINED: Final = {
    Problem.NO_CASE: "Ingen personalesag fundet. Find ud af, om den findes, og om brugeren må se den.",
    Problem.SEVERAL_CASES: "Flere sager end ansættelser. Skriv sagsnummeret i rosteren, eller brug --all-cases.",
    Problem.NO_ACCESS: "Brugeren har ikke adgang. Giv robotten rettigheder til sagen.",
    Problem.NOT_FOUND: "Dokumentet eller filen findes ikke længere i systemet.",
    Problem.REFUSED: "Systemet afviste kaldet, eller filen er for stor.",
    Problem.UNAVAILABLE: "Systemet svarede ikke, som det skal. Kør kommandoen igen.",
    Problem.CLOSED_CASE: "Sagen er afsluttet.",
    Problem.INCOMPLETE: "Systemet gav kun en del af listen. Hæv grænsen i indstillingerne.",
    Problem.UNTRUSTED: "Serverens certifikat er ikke betroet. Angiv ca_bundle.",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the roster, with all their employments."""

    wanted: Wanted
    employments: tuple[Employment, ...]


def run(arguments: Namespace) -> int:
    """Pull, and say what came; 2 when something is not there."""
    source = read_source(arguments.source, arguments.record)
    people = people_of(load_roster(arguments.roster).employments)
    began = dt.datetime.now(tz=dt.UTC)
    system = open_system(source)
    try:
        _check_health(system, source)
        log = PullLog(arguments.out, f"{source.system} {source.url}")
        try:
            shelf = Shelf(arguments.out, log, Event(), arguments.all_cases)
            _pull_all(system, people, shelf)
            pulled = {person.wanted.cpr: log.people[person.wanted.cpr] for person in people}
        finally:
            log.close()
    finally:
        system.close()
    documents, missing = _write(arguments.out, people, pulled)
    _write_summary(arguments.out, source, began, (len(people), documents), pulled)
    sys.stderr.write(
        f"sagstjek: {documents} files of {len(people)} people in {arguments.out}; {missing} lines in not_pulled.csv\n"
    )
    print(arguments.out)
    return ExitCode.SOME_UNREADABLE if missing else ExitCode.DONE


def people_of(employments: Iterable[Employment]) -> tuple[Person, ...]:
    """Return everybody once, in the order of the roster."""
    found: dict[Cpr, list[Employment]] = {}
    for employment in employments:
        found.setdefault(employment.cpr, []).append(employment)
    return tuple(
        Person(Wanted(cpr, frozenset(e.case_id for e in each if e.case_id), len(each)), tuple(each))
        for cpr, each in found.items()
    )


def _check_health(system: RecordsSystem, source: Source) -> None:
    answering = system.health().answering
    if answering is not Answering.OK:
        advice = {
            Answering.NOT_LET_IN: "does not let us in. Check user, secret and token address.",
            Answering.FORBIDDEN: "lets us in, but allows nothing. Ask for rights.",
            Answering.UNREACHABLE: "does not answer as it should. Check the address, or try again later.",
        }[answering]
        raise ConnectorError(f"{source.shown}: {advice} Nothing was pulled.")


def _pull_all(system: RecordsSystem, people: Sequence[Person], shelf: Shelf) -> None:
    """Pull everybody who is not whole yet, so many at once as the system allows.

    Raises:
        ConnectorError: many in a row cannot be read, for a reason that is not theirs.
    """
    shutil.rmtree(shelf.out / PARTLY, ignore_errors=True)
    left = [p for p in people if not is_whole(shelf.log.people.get(p.wanted.cpr), shelf.out)]
    in_a_row, done, said = 0, len(people) - len(left), time.monotonic()
    sys.stderr.write(f"sagstjek: {len(people)} people, {done} of them pulled before\n")
    with ThreadPoolExecutor(system.capabilities.parallel) as pool:
        try:
            for pulled in _finished(pool, system, left, shelf):
                done += 1
                in_a_row = in_a_row + 1 if _is_down(pulled) else 0
                if in_a_row >= _IN_A_ROW:
                    raise ConnectorError(_stopped(in_a_row, pulled.not_pulled[0].reason))
                if time.monotonic() - said > _EVERY:
                    said = time.monotonic()
                    files = len(shelf.log.files)
                    sys.stderr.write(f"sagstjek: {done} of {len(people)} people, {files} files\n")
        finally:
            shelf.stop.set()
    shutil.rmtree(shelf.out / PARTLY, ignore_errors=True)


def _finished(
    pool: ThreadPoolExecutor, system: RecordsSystem, people: Sequence[Person], shelf: Shelf
) -> Iterator[Pulled]:
    """Yield what came of each person, as it comes; a bounded number is under way."""
    waiting = iter(people)
    under_way: set[Future[Pulled]] = set()
    try:
        while True:
            room = 2 * system.capabilities.parallel - len(under_way)
            under_way |= {pool.submit(_pull_one, system, p.wanted, shelf) for p in islice(waiting, room)}
            if not under_way:
                return
            finished, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            for future in finished:
                yield future.result()
    finally:
        for future in under_way:
            future.cancel()


def _pull_one(system: RecordsSystem, wanted: Wanted, shelf: Shelf) -> Pulled:
    if shelf.stop.is_set():
        raise StoppedError
    pulled = pull_person(system, wanted, shelf)
    shelf.log.keep_person(wanted.cpr, pulled)
    return pulled


def _is_down(pulled: Pulled) -> bool:
    return bool(pulled.not_pulled) and all(
        not item.document_id and item.reason in _NOT_THEIRS for item in pulled.not_pulled
    )


def _stopped(people: int, reason: Problem) -> str:
    return (
        f"{people} people in a row could not be read ({reason.value}), so the pull has stopped. "
        "Run `sagstjek probe`, then start the same command again; it goes on where it was."
    )


def _write(out: Path, people: Sequence[Person], pulled: dict[Cpr, Pulled]) -> tuple[int, int]:
    """Write `not_pulled.csv` and then `index.csv`; return the number of files and of what is missing."""
    missing = write_table(out / "not_pulled.csv", NOT_PULLED, _missing(people, pulled))
    rows = list(_unique(row for person in people for row in pulled[person.wanted.cpr].rows))
    write_table(out / "index.csv", COLUMNS, rows)
    return sum(bool(row["sha256"]) for row in rows), missing


def _unique(rows: Iterable[Row]) -> Iterator[Row]:
    """Give a document that lies on two cases an id of its own on the second; the same row twice comes once."""
    met: dict[str, str] = {}
    for row in rows:
        document_id = row["document_id"]
        if document_id in met:
            if met[document_id] == row["path"]:
                continue
            document_id = f"{document_id}@{row['case_id']}"
        met[document_id] = row["path"]
        yield {**row, "document_id": document_id}


def _missing(people: Sequence[Person], pulled: dict[Cpr, Pulled]) -> Iterator[Row]:
    for person in people:
        for item in pulled[person.wanted.cpr].not_pulled:
            yield {
                "cpr": person.wanted.cpr.written,
                "employment_id": "|".join(e.employment_id for e in person.employments),
                "case_id": item.case_id,
                "document_id": item.document_id,
                "title": item.title,
                "reason": item.reason.value,
                "explanation": _EXPLAINED[item.reason],
            }


def _write_summary(
    out: Path, source: Source, began: dt.datetime, counts: tuple[int, int], pulled: dict[Cpr, Pulled]
) -> None:
    reasons = Counter(item.reason.value for each in pulled.values() for item in each.not_pulled)
    summary = {
        "source": source.shown,
        "began": began.isoformat(timespec="seconds"),
        "ended": dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds"),
        "people": counts[0],
        "files": counts[1],
        "not_pulled": dict(sorted(reasons.items())),
    }
    (out / "pull.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", "utf-8")
