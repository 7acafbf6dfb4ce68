"""`sagstjek gaps`: the gap list again, after new rules or decisions, without reading anything."""

from argparse import Namespace

from connectors.ledger import Ledger

from jobs.conclude import conclude, reopen, write_gap_lists
from jobs.options import settings_of


def run(arguments: Namespace) -> int:
    """Write gaps.csv and gaps.xlsx into the audit folder."""
    settings, _ = settings_of(arguments)
    with Ledger.open(arguments.audit / "ledger.sqlite") as ledger:
        basis = reopen(arguments.audit, ledger, arguments.rules, arguments.as_of)
        concluded = conclude(ledger, basis.rules, basis.as_of)
        write_gap_lists(arguments.audit, concluded, basis.rules, settings.language)
    print(arguments.audit / "gaps.xlsx")
    return 0
