"""`sagstjek report`: the director's report again, from the ledger."""

from argparse import Namespace

from jobs.conclude import conclude, open_audit, reopen, write_report
from jobs.options import settings_of, tell_of_fields


def run(arguments: Namespace) -> int:
    """Write report.html into the audit folder."""
    settings, _ = settings_of(arguments)
    with open_audit(arguments.audit) as ledger:
        basis = reopen(arguments.audit, ledger, arguments.rules, arguments.as_of)
        tell_of_fields(basis.rules, ledger.roster())
        concluded = conclude(ledger, basis.rules, basis.as_of)
        write_report(arguments.audit, ledger, concluded, basis, settings.language)
    print(arguments.audit / "report.html")
    return 0
