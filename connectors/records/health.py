"""How a system answers, by one harmless call."""

from collections.abc import Callable

from connectors.records.problems import Problem, RecordsError
from connectors.records.protocol import Answering, Health


def health_of(ask: Callable[[], object], version: str = "") -> Health:
    """Return how a system answers a call that needs a login and changes nothing."""
    try:
        ask()
    except RecordsError as error:
        if error.problem is not Problem.NO_ACCESS:
            return Health(Answering.UNREACHABLE)
        return Health(Answering.FORBIDDEN if error.status == 403 else Answering.NOT_LET_IN)
    return Health(Answering.OK, version)
