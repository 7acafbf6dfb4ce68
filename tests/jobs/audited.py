"""A small audit folder made by hand, without reading anything."""

import datetime as dt
import json

from connectors.ledger import Ledger
from sagstjek.cpr import Cpr
from sagstjek.people import Employment, Roster
from sagstjek.shapes import Document, Part, Reading, Status

NANCY = Cpr("2512489996")
RULES = "requirements:\n  - {id: cv, title: CV, any_of: [cv]}\n  - {id: mus, title: MUS, any_of: [mus]}\n"


def make_audit(folder):
    """Write a ledger of one employment whose case holds a CV, and the rules of its run."""
    folder.mkdir()
    hired = dt.date(2011, 5, 3)
    cv = Part(1, type="cv", confidence=0.99, candidates=("cv",), status=Status.ACCEPTED, cpr=NANCY)
    with Ledger.open(folder / "ledger.sqlite") as ledger:
        person = Employment("1", NANCY, "Nancy Ann Berggren", hired, unit="Skolen", case_id="S1")
        ledger.keep_roster(Roster((person,), ("cpr", "name", "hired", "unit", "case_id")))
        ledger.list_documents([Document("20", "files/20.txt", "S1", NANCY)])
        ledger.keep([Reading("20", "c", "v", (cv,))], {"20": "x"})
        ledger.save_run("r", json.dumps({"as_of": "2026-11-01", "rules": "old"}))
    (folder / "requirements.yaml").write_text(RULES, "utf-8")
    return folder
