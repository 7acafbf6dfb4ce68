"""What people decided about parts: it stands over what the machine says, and the machine learns from it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on one part.

    Attributes:
        part: its number within the document.
        content: SHA-256 of the document's bytes when it was decided; of another file it says nothing.
        type: taxonomy code.
        by: who decided; empty where that is not known. at: when, ISO 8601.
    """

    document_id: str
    part: int
    content: str
    type: str
    by: str = ""
    at: str = ""
