"""Writing exactly once, on any system: look by key, write, look again when in doubt, read back, compare the bytes."""

import hashlib
import tempfile
from typing import BinaryIO, Final, cast

from connectors.records.problems import Problem, RecordsError
from connectors.records.protocol import (
    Case,
    CaseState,
    DocumentState,
    Entry,
    FiledDocument,
    Move,
    Note,
    Receipt,
    RecordsSystem,
    StoredFile,
    Verdict,
)
from sagstjek.cpr import Cpr

_MEMORY: Final = 8 * 1024 * 1024
"""Bytes of a file that are held in memory while it is compared; a larger one goes to a temporary file."""


def choose_case(system: RecordsSystem, cpr: Cpr, case_id: str = "") -> Case:
    """Return the one open case of a person, or of several the one whose id or number is `case_id`.

    Raises:
        RecordsError: no case, several, or only closed ones.
    """
    cases = system.find_cases(cpr)
    if not cases:
        raise RecordsError(Problem.NO_CASE, "choose the case")
    takes = [case for case in cases if case.state is not CaseState.CLOSED]
    if not takes:
        raise RecordsError(Problem.CLOSED_CASE, "choose the case")
    named = [case for case in takes if case_id and case_id in {case.case_id, case.number}] or takes
    if len(named) > 1:
        raise RecordsError(Problem.SEVERAL_CASES, "choose the case")
    return named[0]


def journal_once(system: RecordsSystem, entry: Entry) -> Receipt:
    """Return the receipt of an entry that is on its case, once and byte for byte, whoever put it there.

    Called again with the same key after any failure, it never stores a second copy.

    Raises:
        RecordsError: it cannot be stored; `unsure` when it may have been and cannot be seen yet. `refused` when
            what the system gives back under this key has other bytes.
    """
    found = system.find_by_key(entry.case, entry.key)
    if found is not None and found.state is DocumentState.JOURNALED:
        receipt = Receipt(entry.key, entry.case.case_id, found.document_id)
    else:
        receipt = _journal(system, entry)
    verdict = system.verify(receipt, entry.case, hashlib.sha256(entry.data).hexdigest())
    if verdict is Verdict.MISSING:
        raise RecordsError(Problem.UNAVAILABLE, "read back what was journaled", unsure=True)
    if verdict is Verdict.DIFFERENT:
        raise RecordsError(Problem.REFUSED, "read back what was journaled: the bytes differ")
    return receipt


def _journal(system: RecordsSystem, entry: Entry) -> Receipt:
    try:
        return system.journal(entry)
    except RecordsError as error:
        if not error.unsure:
            raise
        # Not written again here even if it cannot be seen: the server may still be at it.
        found = system.find_by_key(entry.case, entry.key)
        if found is None:
            raise
        if found.state is not DocumentState.JOURNALED:
            return system.journal(entry)  # only the step that is left
        return Receipt(entry.key, entry.case.case_id, found.document_id)


def copy_verify_note(system: RecordsSystem, move: Move) -> Receipt:
    """Return the receipt of a copy on the right case; the original stays, with a note on its case for a person.

    A document of several files is copied file by file; the receipt is that of the first.

    Raises:
        RecordsError: a file cannot be fetched or journaled; called again it goes on.
    """
    receipts: list[Receipt] = []
    for number, file in enumerate(move.document.files):
        receipts.append(journal_once(system, _copied(system, move, file, number)))
    if not receipts:
        raise RecordsError(Problem.NOT_FOUND, "copy a document that has no files")
    if system.capabilities.notes:
        text = (
            f"Dokument {move.document.document_id} hører til på sag {move.target.number or move.target.case_id} "
            f"og er kopieret dertil som {', '.join(receipt.document_id for receipt in receipts)}. "
            "Originalen er ikke slettet; tag stilling til den."
        )
        system.note(move.source, Note(move.key, "Fejljournaliseret dokument", text))
    return receipts[0]


def _copied(system: RecordsSystem, move: Move, file: StoredFile, number: int) -> Entry:
    with tempfile.SpooledTemporaryFile(_MEMORY) as stream:
        system.fetch(file, cast("BinaryIO", stream))
        stream.seek(0)
        data = stream.read()
    document = move.document
    return Entry(
        key=f"{move.key}.{number}" if number else move.key,
        case=move.target,
        title=document.title,
        file_name=file.name or f"dokument.{file.extension}",
        data=data,
        folder=move.folder,
        media_type=file.media_type or "application/octet-stream",
        direction=document.direction,
        document_date=document.document_date,
    )


def compare_files(system: RecordsSystem, document: FiledDocument | None, sha256: str) -> Verdict:
    """Return whether one of the files of a document has these bytes."""
    if document is None:
        return Verdict.MISSING
    same = any(stored_sha256(system, file) == sha256 for file in document.files)
    return Verdict.SAME if same else Verdict.DIFFERENT


def stored_sha256(system: RecordsSystem, file: StoredFile) -> str:
    """Return the SHA-256 of a file as the system gives it back, lower case hex."""
    with tempfile.SpooledTemporaryFile(_MEMORY) as stream:
        system.fetch(file, cast("BinaryIO", stream))
        stream.seek(0)
        digest = hashlib.sha256()
        while block := stream.read(1 << 16):
            digest.update(block)
    return digest.hexdigest()
