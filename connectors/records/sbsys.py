"""SBSYS, through its Web API: search by CPR, folders (delforløb), documents of several files, journaling, notes.

What is known, and what only a customer's installation can tell: docs/connectors/sbsys.md.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from connectors.records.answers import Fields, Json, each
from connectors.records.calling import Ask, Caller, Surroundings
from connectors.records.filing import compare_files, copy_verify_note
from connectors.records.health import health_of
from connectors.records.openapi import Call, Description, describe
from connectors.records.pages import page_instead_of
from connectors.records.problems import Problem, RecordsError
from connectors.records.protocol import (
    Capabilities,
    Case,
    Entry,
    FiledDocument,
    Folder,
    Health,
    Move,
    Note,
    Receipt,
    StoredFile,
    Verdict,
)
from connectors.records.recording import Recorder
from connectors.records.sbsys_shapes import case_of, document_of, folder_of, registration_id
from connectors.records.site import Site, Source, chosen, secret, settings_of
from connectors.records.tokens import Grant, Tokens
from sagstjek.cpr import Cpr
from sagstjek.errors import SettingsError

_GRANTS: Final = ("password", "client_credentials")
_CLOSED: Final = {409: Problem.CLOSED_CASE}
_CALLS: Final = (
    Call("POST", "sag/search", "find cases"),
    Call("GET", "delforloeb/sag/{}", "list folders"),
    Call("GET", "delforloeb/{}", "documents of a folder"),
    Call("GET", "sag/{}/dokumenter", "documents of a case"),
    Call("GET", "fil/{}", "download"),
    Call("POST", "dokument/journaliser", "journal on a case"),
    Call("POST", "dokument/journaliser/{}", "journal in a folder"),
    Call("POST", "delforloeb/{}/dokument", "place in a folder"),
    Call("GET", "sag/{}/journalarknotes", "read notes"),
    Call("POST", "journalarknote/create", "write notes"),
)
_KINDS: Final = {"ind": "Indgående", "ud": "Udgående", "intern": "Internt"}


@dataclass(frozen=True, slots=True)
class SbsysSettings:
    """What differs between installations."""

    token_url: str
    """Whole address of the token endpoint, `.../auth/realms/sbsip/protocol/openid-connect/token`."""
    client_id: str
    """Of the robot at the token server; its secret is in `SAGSTJEK_SECRET_SBSYS_CLIENT_SECRET`."""
    grant: str = "password"
    """`password` or `client_credentials`."""
    username: str = ""
    """For the password grant; the password is in `SAGSTJEK_SECRET_SBSYS_PASSWORD`."""
    prefix: str = "api"
    """Path of the API below the address: `api`, `api/v10`, `proxy/api/v12`."""
    case_type: str = "PersonaleSag"
    """Name of the case type of personnel cases; a number is taken as its id."""
    limit: int = 100
    """Cases asked for in a search; as many in the answer count as cut short."""
    key_field: str = "Eksternid"
    """Where our key is kept: `Eksternid`, or `Beskrivelse` where that field is not kept."""
    kind_ids: str = "1,2,3"
    """Ids of the document kinds incoming, outgoing and internal; they differ by installation."""


@dataclass(frozen=True, slots=True)
class Sbsys:
    """An SBSYS installation; see `connectors.records.protocol.RecordsSystem` for what the methods promise."""

    settings: SbsysSettings
    site: Site
    caller: Caller = field(repr=False)
    tokens: Caller = field(repr=False)

    @property
    def capabilities(self) -> Capabilities:
        """What can be done. Nothing in public code moves a document between cases, so it is copied."""
        return Capabilities(
            "sbsys",
            key_kept=self.settings.key_field,
            max_bytes=self.site.max_file_mb << 20,
            parallel=self.site.parallel,
            requests_per_second=self.site.requests_per_second,
        )

    def health(self) -> Health:
        """Return whether we are let in."""
        return health_of(lambda: self._read("ask who we are", "info/heartbeat/authorized"))

    def description(self, where: str = "") -> Description | None:
        """Return what the installation says of itself, held against our calls."""
        return describe(self.caller, _CALLS, where)

    def find_cases(self, cpr: Cpr) -> Sequence[Case]:
        """Return the personnel cases of a person, in every state."""
        kind = self.settings.case_type
        body: Json = {
            "PrimaerPerson": {"CprNummer": cpr.written},  # without its hyphen nothing is found
            "SagsTyper": [{"Id": int(kind)} if kind.isdigit() else {"Navn": kind}],
            "Limit": self.settings.limit,
        }
        answer = Fields(self.caller.json(Ask("find cases", "POST", self._path("sag/search"), body=body)))
        if not isinstance(answer.raw("Results"), list):
            raise RecordsError(Problem.REFUSED, "find cases")
        cases = tuple(case_of(found) for found in answer.many("Results"))
        total = answer.whole("TotalNumberOfResults")
        if len(cases) >= self.settings.limit or (total is not None and total > len(cases)):
            raise RecordsError(Problem.INCOMPLETE, "find cases")
        if any(case.cpr not in {None, cpr} for case in cases):
            raise RecordsError(Problem.REFUSED, "find cases: the answer holds cases of other people")
        return cases

    def folders(self, case: Case) -> Sequence[Folder]:
        """Return the delforløb of a case."""
        return tuple(folder_of(found) for found in self._list("list folders", f"delforloeb/sag/{case.case_id}"))

    def documents(self, case: Case) -> Sequence[FiledDocument]:
        """Return the documents of the case, and those that only a folder of it lists."""
        listed = self._list("list documents", f"sag/{case.case_id}/dokumenter")
        found = {registration_id(document): document for document in listed}
        places: dict[str, Folder] = {}
        for folder in self.folders(case):
            content = Fields(self._read("open a folder", f"delforloeb/{folder.folder_id}"))
            for document in content.many("Dokumenter"):
                places.setdefault(registration_id(document), folder)
                found.setdefault(registration_id(document), document)
        if "" in found:
            raise RecordsError(Problem.REFUSED, "list documents: one of them has no id")
        return tuple(document_of(document, case, places) for document in found.values())

    def fetch(self, file: StoredFile, into: BinaryIO) -> None:
        """Write the bytes of a file."""
        path = self._path(f"fil/{file.file_id}")
        self.caller.download(
            Ask("fetch a file", "GET", path, headers={"Accept": "*/*"}), into, page_instead_of(file.extension)
        )

    def journal(self, entry: Entry) -> Receipt:
        """Store a file on a case or in a folder: one multipart call, never repeated on its own."""
        path = "dokument/journaliser" + (f"/{entry.folder.folder_id}" if entry.folder else "")
        described = json.dumps(self._description(entry), ensure_ascii=False).encode()
        ask = Ask(
            *("journal a document", "POST", self._path(path)),
            safe=False,
            parts={
                "json": (None, described, "application/json"),
                "file": (entry.file_name, entry.data, entry.media_type),
            },
            problems=_CLOSED,
        )
        document_id = Fields(self.caller.json(ask)).text("Id", "DokumentRegistreringId")
        if not document_id:  # stored, but what it became is not told
            raise RecordsError(Problem.UNAVAILABLE, "journal a document", unsure=True)
        return Receipt(entry.key, entry.case.case_id, document_id)

    def find_by_key(self, case: Case, key: str) -> FiledDocument | None:
        """Return the document with our key; the server cannot search for it, so the case is listed."""
        return next((document for document in self.documents(case) if document.key == key), None)

    def verify(self, receipt: Receipt, case: Case, sha256: str) -> Verdict:
        """Fetch the files of the document and compare."""
        found = (document for document in self.documents(case) if document.document_id == receipt.document_id)
        return compare_files(self, next(found, None), sha256)

    def relocate(self, move: Move) -> Receipt:
        """Place the document in another folder of its case, or copy it to another case and leave a note."""
        if move.source.case_id != move.target.case_id:
            return copy_verify_note(self, move)
        if move.folder is None:
            raise RecordsError(Problem.REFUSED, "take a document out of its folder")
        document_id = move.document.document_id
        body: Json = {"DokumentRegistreringId": int(document_id) if document_id.isdigit() else document_id}
        path = self._path(f"delforloeb/{move.folder.folder_id}/dokument")
        # Placing it twice leaves it where it is.
        self.caller.json(Ask("place a document in a folder", "POST", path, body=body, problems=_CLOSED))
        return Receipt(move.key, move.target.case_id, document_id)

    def note(self, case: Case, note: Note) -> None:
        """Write a note in the journal sheet, unless one with the key is there."""
        mark = f"[{note.key}]"
        there = self._list("list notes", f"sag/{case.case_id}/journalarknotes")
        if any(mark in found.text("Overskrift") for found in there):
            return
        body: Json = {
            "SagID": _number(case.case_id),
            "Overskrift": f"{note.title} {mark}",
            "Note": f"<p>{_escaped(note.text)}</p>",
        }
        path = self._path("journalarknote/create")
        self.caller.json(Ask("write a note", "POST", path, safe=False, body=body, problems=_CLOSED))

    def close(self) -> None:
        """Let go of connections."""
        self.caller.close()
        self.tokens.close()

    def _description(self, entry: Entry) -> Mapping[str, object]:
        """Return what is said of a document, by known keys alone: an unknown one breaks the call."""
        ids = dict(zip(_KINDS, (int(word) for word in self.settings.kind_ids.split(",")), strict=True))
        text, in_text = entry.text, self.settings.key_field == "Beskrivelse"
        said: dict[str, object] = {
            "SagID": _number(entry.case.case_id),
            "DokumentNavn": entry.title,
            "Beskrivelse": f"{text} [{entry.key}]".strip() if in_text else text,
            "OmfattetAfAktindsigt": True,
            "DokumentArt": {"Id": ids[entry.direction or "ind"], "Navn": _KINDS[entry.direction or "ind"]},
        }
        return said if in_text else {**said, self.settings.key_field: entry.key}

    def _read(self, what: str, path: str) -> Json:
        return self.caller.json(Ask(what, "GET", self._path(path)))

    def _list(self, what: str, path: str) -> Iterator[Fields]:
        answer = self._read(what, path)
        if not isinstance(answer, list):  # no list is not an empty one
            raise RecordsError(Problem.REFUSED, what)
        return each(answer)

    def _path(self, path: str) -> str:
        return f"{self.settings.prefix.strip('/')}/{path}" if self.settings.prefix else path


def open_source(source: Source, around: Surroundings | None = None) -> Sbsys:
    """Return the SBSYS of a source; asks it nothing yet.

    Raises:
        SettingsError: a setting is missing, unknown or impossible, or a secret is not in the environment.
    """
    settings_of(source, Site, SbsysSettings)
    site, settings = chosen(Site, source), chosen(SbsysSettings, source)
    _check(settings, source)
    form = {"grant_type": settings.grant, "client_id": settings.client_id}
    form["client_secret"] = secret(source, "CLIENT_SECRET")
    if settings.grant == "password":
        form |= {"username": settings.username, "password": secret(source, "PASSWORD")}
    around = around or Surroundings(recorder=Recorder(source.record) if source.record else None)
    token_site = chosen(Site, Source(source.system, settings.token_url, source.options))
    tokens = Caller(token_site, around=around)
    login = Tokens(tokens, Grant(settings.token_url, form), around.clock)
    return Sbsys(settings, site, Caller(site, login, around), tokens)


def _check(settings: SbsysSettings, source: Source) -> None:
    if settings.grant not in _GRANTS:
        raise SettingsError(f"{source.shown}: 'grant' is '{settings.grant}'; write {' or '.join(_GRANTS)}.")
    if settings.grant == "password" and not settings.username:
        raise SettingsError(f"{source.shown}: the password grant needs the setting 'username'.")
    if settings.key_field not in {"Eksternid", "Beskrivelse"}:
        raise SettingsError(f"{source.shown}: 'key_field' is '{settings.key_field}'; write Eksternid or Beskrivelse.")
    ids = settings.kind_ids.split(",")
    if len(ids) != len(_KINDS) or not all(word.strip().isdigit() for word in ids):
        raise SettingsError(f"{source.shown}: 'kind_ids' is '{settings.kind_ids}'; write three numbers like 1,2,3.")


def _number(case_id: str) -> Json:
    return int(case_id) if case_id.isdigit() else case_id


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
