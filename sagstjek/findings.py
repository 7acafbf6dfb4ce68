"""What the audit says: findings, and the gaps among them."""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sagstjek.people import Employment


class Outcome(StrEnum):
    """How a requirement stands for an employment."""

    FULFILLED = "fulfilled"
    MISSING = "missing"
    MISFILED = "misfiled"
    LATE = "late"
    EXPIRED = "expired"
    UNCERTAIN = "uncertain"
    UNASSESSABLE = "unassessable"
    FORBIDDEN = "forbidden"


class Because(StrEnum):
    """Why an outcome is what it is: a code with a Danish text in the report and the lists."""

    ACCEPTED = "accepted"
    NOTHING_FOUND = "nothing_found"
    NO_CASE = "no_case"
    UNREADABLE_DOCUMENTS = "unreadable_documents"
    NOT_FULLY_READ = "not_fully_read"
    CANDIDATE_UNDER_REVIEW = "candidate_under_review"
    TYPE_IN_SET = "type_in_set"
    PERSON_UNCERTAIN = "person_uncertain"
    ON_OTHER_CASE = "on_other_case"
    DATED_TOO_LATE = "dated_too_late"
    DATE_UNKNOWN = "date_unknown"
    NO_LONGER_VALID = "no_longer_valid"
    FIELD_EMPTY = "field_empty"
    MUST_NOT_BE_HERE = "must_not_be_here"


@dataclass(frozen=True, slots=True)
class Finding:
    """One requirement held against one employment.

    Attributes:
        requirement: id of the rule.
        types: the types that would meet it.
        confidence: 0-1, how sure the outcome is.
        evidence: `document_id#part` of what meets it, or of the best candidate.
        field: the empty roster field, when the outcome is unassessable.
        unread: number of parts on the case that could not be read or not to the end.
        due: the day by which the document had to be there.
    """

    employment: Employment = dataclasses.field(repr=False)
    requirement: str
    outcome: Outcome
    because: Because
    types: tuple[str, ...] = ()
    confidence: float = 1.0
    evidence: str = ""
    field: str = ""
    unread: int = 0
    due: dt.date | None = None
