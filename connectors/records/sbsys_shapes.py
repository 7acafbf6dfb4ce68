"""What SBSYS answers, as our shapes. Enums come as numbers or names, keys in any case, extensions with or without dot.

Sources: the public clients that ESDH.md, section 2, names (RA, RE, RX, OD, AG, AK) and Magenta's sample of a case.
"""

from collections.abc import Mapping
from typing import Final

from connectors.records.answers import Fields
from connectors.records.protocol import Case, CaseState, DocumentState, FiledDocument, Folder, StoredFile
from sagstjek.cpr import Cpr

_CASE_STATES: Final = {
    **dict.fromkeys(("aktiv", "hvilende"), CaseState.OPEN),
    "afsluttet": CaseState.CLOSED,
}
_DELETED: Final = {
    **dict.fromkeys(("active", "0", "pending", "1", ""), DocumentState.JOURNALED),
    **dict.fromkeys(("deleted", "2"), DocumentState.DELETED),
}
_DIRECTIONS: Final = {"indgående": "ind", "udgående": "ud", "internt": "intern", "intern": "intern"}


def case_of(found: Fields) -> Case:
    """Return a case. Whether it is active is in `SagsTilstand`; the name of a status is a local word."""
    state = found.one("SagsStatus").text("SagsTilstand").lower()
    return Case(
        case_id=found.text("Id", "SagID"),
        number=found.text("Nummer"),
        title=found.text("SagsTitel", "Titel"),
        cpr=_person(found),
        state=_CASE_STATES.get(state, CaseState.UNKNOWN),
        unit=found.one("Ansaettelsessted").text("Navn"),
        protected=found.text("ErBeskyttet") == "true",
    )


def _person(found: Fields) -> Cpr | None:
    primary = found.one("PrimaryPart", "PrimaerPerson").cpr("CPRnummer", "CprNummer")
    others = [person.cpr("CprNummer") for person in found.many("Personer")]
    return primary or (others[0] if len(others) == 1 else None)


def folder_of(found: Fields) -> Folder:
    """Return a folder (delforløb)."""
    return Folder(found.text("ID"), found.text("Titel", "Navn"))


def registration_id(found: Fields) -> str:
    """Return the id of a document's registration on its case, which is what folders and receipts go by."""
    return found.text("Id", "DokumentRegistreringId", "DokumentID")


def document_of(found: Fields, case: Case, folders: Mapping[str, Folder]) -> FiledDocument:
    """Return a document on a case.

    Args:
        found: the answer. case: where it lies.
        folders: by the id of the document in them.
    """
    document_id = registration_id(found)
    folder = folders.get(document_id, Folder(""))
    kind = found.one("DokumentArt").text("Navn")
    return FiledDocument(
        document_id=document_id,
        case_id=case.case_id,
        title=found.text("DokumentNavn", "Navn"),
        kind=kind,
        direction=_DIRECTIONS.get(kind.lower(), ""),
        document_date=found.one("Mail").date("SentDate"),
        journal_date=found.date("RegistreringsDato", "Oprettet"),
        state=_DELETED.get(found.text("DeletedState").lower(), DocumentState.JOURNALED),
        key=_key(found),
        folder_id=folder.folder_id,
        folder=folder.title,
        files=tuple(_file(file) for file in found.many("Filer")),
    )


def _key(found: Fields) -> str:
    """Return our key: in the field for foreign ids, or at the end of the description where that is not kept."""
    written = found.text("EksternId")
    if written:
        return written
    head, sign, tail = found.text("Beskrivelse").rpartition("[")
    return tail.removesuffix("]") if sign and tail.endswith("]") and (not head or head.endswith(" ")) else ""


def _file(found: Fields) -> StoredFile:
    return StoredFile(
        file_id=found.text("ShortId", "Id"),  # the short one is what `fil/` takes
        name=found.text("Filnavn"),
        extension=found.text("Filendelse").lower().lstrip("."),
        media_type=found.text("MimeType"),
        size=found.whole("Size", "FilStoerrelse"),
    )
