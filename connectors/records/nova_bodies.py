"""What KMD Nova is sent and answers.

Reads are PUT, every body has a new transaction id, and only what is asked for is answered.

Sources: the public clients ITK and OPN of ESDH.md, section 4.
"""

import base64
import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Final

from connectors.records.answers import Fields, Json
from connectors.records.protocol import Case, CaseState, DocumentState, Entry, FiledDocument, Note, StoredFile
from sagstjek.cpr import Cpr, parse_cpr

PAGE: Final = 500
"""Rows of a page; Nova gives no more."""
_OURS: Final = uuid.UUID("6f0c8c0e-5d8f-5a0e-9a43-2d4c7f5a1b11")
_DIRECTIONS: Final = {"indgående": "ind", "udgående": "ud", "internt": "intern"}
_TYPES: Final = {"ind": "Indgående", "ud": "Udgående", "intern": "Internt", "": "Indgående"}
_PLAIN_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
_DOCUMENT_FIELDS: Final = (
    *("title", "sensitivity", "documentType", "description", "approved", "documentDate", "fileExtension"),
    "documentCategory",
)


def uuid_of(key: str, case_id: str) -> str:
    """Return the document id that we choose for a key on a case: the same for every try."""
    return str(uuid.uuid5(_OURS, f"{case_id}/{key}"))


def transaction(uuid_: str | None = None) -> Json:
    """Return the `common` of a body: an id of its own for every call, also for the same one tried again."""
    return {"transactionId": str(uuid.uuid4()), "uuid": uuid_}


def case_search(cpr: Cpr, start: int) -> Json:
    """Return the search for the cases of a person, from a row (from 1)."""
    return {
        "common": transaction(),
        "paging": {"startRow": start, "numberOfRows": PAGE},
        "caseAttributes": {"userFriendlyCaseNumber": None, "title": None},
        "caseParty": {"identificationType": "CprNummer", "identification": cpr.digits},
        "caseGetOutput": {
            "caseParty": _wanted("identificationType", "identification", "participantRole"),
            "caseAttributes": _wanted("title", "userFriendlyCaseNumber", "caseDate"),
            "state": _wanted("activeCode", "progressState"),
            "numberOfDocuments": True,
            "caseClassification": {"kleNumber": {"code": True}, "proceedingFacet": {"code": True}},
            "responsibleDepartment": {"losIdentity": _wanted("fullName")},
        },
    }


def document_search(case_id: str) -> Json:
    """Return the search for the documents of a case."""
    return {"common": transaction(), "caseUuid": case_id, "getOutput": _wanted(*_DOCUMENT_FIELDS)}


def attachment(entry: Entry, sensitivity: str, unit: Sequence[str], caseworker: str) -> Json:
    """Return the second step of journaling, after the upload.

    Args:
        entry: what was uploaded. sensitivity: a word of Nova's.
        unit: id and name of the security unit. caseworker: RACF id, or empty.
    """
    day = entry.document_date or dt.datetime.now(tz=dt.UTC).date()
    body: dict[str, Json] = {
        "common": transaction(uuid_of(entry.key, entry.case.case_id)),
        "caseUuid": entry.case.case_id,
        "title": entry.title,
        "sensitivity": sensitivity,
        "documentDate": f"{day.isoformat()}T12:00:00",
        "documentType": _TYPES[entry.direction],
        "description": entry.text or "Journaliseret automatisk.",
        "documentCategoryUuid": None,
        "approved": True,
        "accessToDocuments": True,
    }
    if unit:
        number = int(unit[0]) if unit[0].isdigit() else unit[0]
        body["securityUnit"] = {"losIdentity": {"administrativeUnitId": number, "fullName": unit[1]}}
    if caseworker:
        body["caseworker"] = {"kspIdentity": {"racfId": caseworker}}
    return body


def note_body(case: Case, note: Note, author: str) -> Json:
    """Return the change of a case that adds a note; its id is ours, so that it cannot be added twice."""
    now = dt.datetime.now(tz=dt.UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return {
        "common": transaction(case.case_id),
        "journalNotes": [
            {
                "uuid": uuid_of(f"note/{note.key}", case.case_id),
                "approved": True,
                "journalNoteAttributes": {
                    "journalNoteDate": now,
                    "journalNoteAuthor": author,
                    "author": author,
                    "title": note.title.translate(_PLAIN_LETTERS),
                    "journalNoteType": "Bruger",
                    "format": "Text",
                    "note": unpadded(note.text.translate(_PLAIN_LETTERS)),
                },
            }
        ],
    }


def unpadded(text: str) -> str:
    """Return a text as base64 without `=`, which Nova corrupts; blanks behind it fill up (ITK).

    >>> unpadded("hej"), unpadded("hejs")
    ('aGVq', 'aGVqcyAg')
    """
    data = text.encode()
    return base64.b64encode(data + b" " * (-len(data) % 3)).decode()


def case_of(found: Fields, cpr: Cpr) -> Case:
    """Return a case."""
    attributes, state = found.one("caseAttributes"), found.one("state")
    closed = state.text("progressState") == "Afsluttet" or state.text("activeCode").lower() in {"false", "inactive"}
    return Case(
        case_id=found.one("common").text("uuid"),
        number=attributes.text("userFriendlyCaseNumber"),
        title=attributes.text("title"),
        cpr=cpr,
        state=CaseState.CLOSED if closed else CaseState.OPEN,
        unit=found.one("responsibleDepartment").one("losIdentity").text("fullName"),
        expected=found.whole("numberOfDocuments"),
    )


def is_about(found: Fields, cpr: Cpr, kle: str) -> bool:
    """Return whether a case is a personnel case with this person as its primary party."""
    code = found.one("caseClassification").one("kleNumber").text("code")
    parties = [
        party
        for party in found.many("caseParties")
        if parse_cpr(party.text("identification")) == cpr and party.text("participantRole").lower() != "sekundær"
    ]
    return bool(parties) and code.startswith(kle)


def document_of(found: Fields, case: Case, key: str = "") -> FiledDocument:
    """Return a document; Nova keeps one file a document, under the same id."""
    document_id = found.text("documentUuid").lower()
    title, extension = found.text("title"), found.text("fileExtension").lower().lstrip(".")
    approved = found.text("approved") != "false"
    kind = found.text("documentType")
    return FiledDocument(
        document_id=document_id,
        case_id=case.case_id,
        title=title,
        kind=found.text("documentCategoryName") or kind,
        direction=_DIRECTIONS.get(kind.lower(), ""),
        document_date=found.date("documentDate"),
        state=DocumentState.JOURNALED if approved else DocumentState.DRAFT,
        key=key,
        files=(StoredFile(document_id, f"{title}.{extension}" if extension else title, extension),),
    )


def _wanted(*names: str) -> Json:
    return dict.fromkeys(names, True)
