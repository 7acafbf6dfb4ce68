"""`sagstjek gaps`: the gap list again, after new rules or decisions, without reading anything."""

from argparse import Namespace

from jobs.conclude import conclude, open_audit, reopen, write_gap_lists
from jobs.options import settings_of, tell_of_fields


def run(arguments: Namespace) -> int:
    """Write gaps.csv and gaps.xlsx into the audit folder."""
    settings, _ = settings_of(arguments)
    with open_audit(arguments.audit) as ledger:
        basis = reopen(arguments.audit, ledger, arguments.rules, arguments.as_of)
        tell_of_fields(basis.rules, ledger.roster())
        concluded = conclude(ledger, basis.rules, basis.as_of)
        write_gap_lists(arguments.audit, concluded, basis.rules, settings.language)
    print(arguments.audit / "gaps.xlsx")
    return 0
