"""What can go wrong with a records system: a small set of kinds, each with what it means and what to do."""

from enum import StrEnum
from typing import Final

from sagstjek.errors import ConnectorError


class Problem(StrEnum):
    """The kinds. None of them ever means "there are no documents"."""

    NO_CASE = "no_case"
    SEVERAL_CASES = "several_cases"
    NO_ACCESS = "no_access"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"
    CLOSED_CASE = "closed_case"
    INCOMPLETE = "incomplete"
    UNTRUSTED = "untrusted"


_MEANING: Final = {
    Problem.NO_CASE: "no personnel case was found. Check that there is one, and that the user may see it.",
    Problem.SEVERAL_CASES: "there are several cases, and nothing says which one is meant. Choose one by hand.",
    Problem.NO_ACCESS: "the user may not do this. Check user, secret and rights in the system.",
    Problem.NOT_FOUND: "what was asked for is not there any more. Look it up in the system.",
    Problem.REFUSED: "the system refuses what was sent. Run `sagstjek probe` and see the connector's page in the docs.",
    Problem.UNAVAILABLE: "the system does not answer as it should. Start again later; what was done is kept.",
    Problem.CLOSED_CASE: "the case is closed. Open it in the system, or choose another one.",
    Problem.INCOMPLETE: "the system gives only a part of the list. Raise the limit in the settings.",
    Problem.UNTRUSTED: "the server's certificate is not trusted. Set `ca_bundle` to your own authority's PEM file.",
}


class RecordsError(ConnectorError):
    """A records system does not do what it was asked.

    Attributes:
        problem: the kind.
        unsure: it was a write, and it may have been done all the same: look before it is tried again.
        status: the HTTP status, 0 when there was none.
    """

    def __init__(self, problem: Problem, what: str, *, unsure: bool = False, status: int = 0) -> None:
        """Take the kind and what was being done, in words without anything personal."""
        met = f" (HTTP {status})" if status else ""
        super().__init__(f"{what}{met}: {_MEANING[problem]}")
        self.problem = problem
        self.what = what
        self.unsure = unsure
        self.status = status

    def __reduce__(self) -> tuple[object, ...]:
        """Survive pickle, keyword arguments and all."""
        return _again, (self.problem, self.what, self.unsure, self.status)


def _again(problem: Problem, what: str, unsure: bool, status: int) -> RecordsError:  # noqa: FBT001 - by pickle alone
    return RecordsError(problem, what, unsure=unsure, status=status)
