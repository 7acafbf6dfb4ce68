"""From ledger to findings and figures, without all readings in memory, and to the same as with them."""

import datetime as dt
import random

import pytest

from connectors.ledger import Ledger
from jobs.cli import main
from jobs.conclude import conclude, employments_of, place_of
from jobs.report.figures import make_figures
from jobs.slim import Slim
from models.corpus.people import draw_cpr
from pipeline.duplicates import Placed, mark_duplicates
from pipeline.findings import Filed, find_findings
from sagstjek.people import Employment, Roster
from sagstjek.rules import load_rules
from sagstjek.shapes import CprBasis, Document, Mention, Part, Reading, Reason, Role, Status, unreadable
from sagstjek.taxonomy import taxonomy

AS_OF = dt.date(2026, 10, 30)
TYPES = tuple(taxonomy())
RULES = load_rules(None)


def part(number, rng, people):
    if rng.random() < 0.1:
        return unreadable(number, rng.choice((Reason.DAMAGED, Reason.ENCRYPTED)), media="pdf")
    kinds = rng.sample(TYPES, rng.randint(1, 3))
    person = rng.choice((None, *people))
    return Part(
        number,
        member=rng.choice(("", "bilag.pdf")),
        media=rng.choice(("pdf", "docx")),
        type=kinds[0],
        confidence=rng.random(),
        candidates=tuple(kinds),
        status=rng.choice((Status.ACCEPTED, Status.ACCEPTED, Status.REVIEW)),
        reason=rng.choice((None, Reason.POOR_TEXT, Reason.PERSON_UNCERTAIN)),
        cpr=person,
        misfiled=rng.random() < 0.2,
        document_date=rng.choice((None, dt.date(2015, 3, rng.randint(1, 28)))),
        valid_until=rng.choice((None, dt.date(2030, 1, 2))),
        pages=rng.randint(0, 3),
        pages_read=rng.randint(0, 3),
        mentions=(Mention(person, CprBasis.TEXT, Role.SUBJECT, 0.9),) if person else (),
        text_key=rng.choice(("", "k1", "k2")),
        fully_read=rng.random() < 0.9,
    )


@pytest.fixture
def audit(tmp_path):
    """A ledger of cases that lie mixed in the index, with copies, strays and documents on no case."""
    rng = random.Random(4)
    people = [draw_cpr(dt.date(1970, 5, n), rng, woman=True) for n in range(2, 8)]
    form = "overenskomst_maanedsloen"
    employments = [
        Employment(
            f"E{n}", cpr, "Navn", dt.date(2010 + n, 5, 2), employment_form=form, case_id=f"S{n}" if n % 2 else ""
        )
        for n, cpr in enumerate([*people, people[0]])
    ]
    documents, readings = [], []
    for n in range(100):
        case = rng.choice(("", *range(8)))  # S6 and S7 are on nobody
        known = isinstance(case, int) and case < 6
        documents.append(
            Document(f"D{n}", f"{n}.pdf", f"S{case}" if case != "" else "", people[case] if known else None)
        )
        parts = tuple(part(m, rng, people) for m in range(1, rng.randint(2, 4)))
        readings.append(Reading(f"D{n}", f"bytes{rng.randrange(50)}", "v", parts, seconds=1, size=n))
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        ledger.keep_roster(Roster(tuple(employments)))
        ledger.list_documents(documents)
        ledger.keep(readings, dict.fromkeys((d.document_id for d in documents), "c"))
        yield ledger


def at_once(ledger):
    """The readings with copies marked, all of them in memory."""
    pairs = list(ledger.readings())
    placed = (Placed(place_of(document), reading) for document, reading in pairs)
    return list(zip((document for document, _ in pairs), mark_duplicates(placed), strict=True))


def test_streamed_and_at_once_are_the_same(audit):
    concluded, readings = conclude(audit, RULES, AS_OF), at_once(audit)
    assert list(concluded.readings) == readings
    assert list(concluded.readings) == readings  # a second time
    filed = [Filed(d.document_id, d.case_id, d.case_cpr, part) for d, r in readings for part in r.parts]
    assert list(concluded.findings) == find_findings(employments_of(audit), filed, audit.cases(), RULES, AS_OF)
    assert len({finding.outcome for finding in concluded.findings}) > 4


def test_figures_of_slim_readings_are_the_same(audit):
    findings, readings, slim = conclude(audit, RULES, AS_OF).findings, at_once(audit), Slim()
    employments = employments_of(audit)
    assert make_figures(
        employments, findings, RULES, [slim.for_figures(*pair) for pair in readings], AS_OF
    ) == make_figures(employments, findings, RULES, readings, AS_OF)


def test_counts(audit):
    counts = conclude(audit, RULES, AS_OF).counts
    parts = [part for _, reading in at_once(audit) for part in reading.parts]
    assert list(counts) == [
        *("documents", "unreadable", "parts", "accepted", "review"),
        *("duplicate", "misfiled", "wrongly_titled", "pages", "pages_read"),
    ]
    assert counts["documents"] == 100
    assert counts["parts"] == len(parts)
    assert counts["unreadable"] == audit.counts().unreadable > 0
    assert counts["duplicate"] == sum(part.status is Status.DUPLICATE for part in parts) > 5
    lost = sum(part.status is Status.UNREADABLE for part in parts)
    assert counts["accepted"] + counts["review"] + counts["duplicate"] + lost == len(parts)
    assert counts["pages"] == sum(part.pages for part in parts)


@pytest.mark.parametrize("command", ["doctor", "evaluate", "gaps", "report"])
@pytest.mark.parametrize("folder", [".", "nowhere"])
def test_a_folder_that_is_no_audit(command, folder, tmp_path, capsys):
    (tmp_path / "parts.csv").write_text("document_id;part;type\n1;1;cv\n", "utf-8")
    words = ["--truth", str(tmp_path)] if command == "evaluate" else []
    assert main([command, str(tmp_path / folder), *words]) == 1
    said = "".join(capsys.readouterr())
    assert "holds no ledger.sqlite, so it is no audit folder. Name the one given as --out." in said
    assert "Traceback" not in said
