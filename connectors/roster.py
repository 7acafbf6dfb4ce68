"""The roster: the list of employments from payroll, as CSV or workbook."""

import datetime as dt
import hashlib
from pathlib import Path

from connectors.addresses import shown
from connectors.cells import parse_date
from connectors.columns import ROSTER
from connectors.tables import Row, read_table
from sagstjek.cpr import Cpr
from sagstjek.errors import TableError
from sagstjek.people import Employment, Roster

_EACH = (
    "Remove one of them, or give each employment an employment_id of its own "
    "(where two institutions use one number, write the institution before it)."
)


def load_roster(path: str | Path) -> Roster:
    """Return every employment of the roster; further columns are kept under the names that rules use.

    Raises:
        TableError: not a table, a cell is empty or wrong, an employment stands twice, or nobody is on it.
    """
    employments: dict[str, Employment] = {}
    lines: dict[str, int] = {}
    columns: tuple[str, ...] = ()
    for row in read_table(path, ROSTER):
        employment = _employment(row)
        key = employment.employment_id
        if key in lines:
            advice = f"{key} stands in line {lines[key]} already. {_EACH}"
            raise row.wrong("employment_id", advice)
        employments[key] = employment
        lines[key] = row.line
        columns = tuple(row.head.columns)
    if not employments:
        advice = "has no rows, so nobody can be audited. Check that it is the roster."
        raise TableError(shown(path), 0, "", "", advice)
    return Roster(tuple(employments.values()), columns)


def _employment(row: Row) -> Employment:
    row.needed("cpr")
    row.needed("hired")
    cpr, hired, left = row.cpr("cpr"), row.date("hired"), row.date("left")
    assert cpr is not None
    assert hired is not None
    return Employment(
        employment_id=row.text("employment_id") or _derived_id(cpr, hired),
        cpr=cpr,
        name=row.needed("name"),
        hired=hired,
        # SD Løn writes 9999-12-31 for an open end.
        left=None if left and left.year == dt.MAXYEAR else left,
        **{name: row.text(name) for name in _PLAIN},
        extra=tuple((name, _plain_date(text)) for name, text in row.extra()),
    )


_PLAIN = tuple(name for name in ROSTER if name not in {"cpr", "name", "hired", "left", "employment_id"})


def _derived_id(cpr: Cpr, hired: dt.date) -> str:
    """Return an id that is the same every time and does not show the CPR number."""
    return f"E-{hashlib.sha256(f'{cpr.digits}/{hired}'.encode()).hexdigest()[:12]}"


def _plain_date(text: str) -> str:
    day = parse_date(text)
    return day.isoformat() if day else text
