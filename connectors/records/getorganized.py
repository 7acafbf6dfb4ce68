"""GetOrganized: the personnel chain from CPR to documents, download with a second way, adding and journaling.

What is known, and what only a customer's installation can tell: docs/connectors/getorganized.md.
"""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO, Final
from urllib.parse import urlsplit

import httpx

from connectors.records.answers import Fields, Json
from connectors.records.calling import Ask, Caller, Surroundings
from connectors.records.filing import compare_files
from connectors.records.getorganized_lists import (
    case_search,
    document_of,
    documents_path,
    file_name,
    folders_path,
    metadata_for,
    metadata_of,
    next_page,
)
from connectors.records.health import health_of
from connectors.records.ntlm import NtlmAuth
from connectors.records.openapi import Call, Description, describe
from connectors.records.pages import page_instead_of
from connectors.records.problems import Problem, RecordsError
from connectors.records.protocol import (
    Capabilities,
    Case,
    CaseState,
    DocumentState,
    Entry,
    FiledDocument,
    Folder,
    Health,
    Move,
    Note,
    Receipt,
    Relocation,
    StoredFile,
    Verdict,
)
from connectors.records.recording import Recorder
from connectors.records.site import Site, Source, chosen, secret, settings_of
from sagstjek.cpr import Cpr
from sagstjek.errors import SettingsError

_MOST_PAGES: Final = 1000
_CALLS: Final = (
    Call("POST", "_goapi/search/ExecuteModernSearch", "find cases"),
    Call("POST", "_goapi/cases/CaseDetailsInternal", "list folders"),
    Call("GET", "_goapi/Cases/Metadata/{}", "open a folder"),
    Call("GET", "_goapi/Administration/GetLeftMenuCounter/{}", "list views"),
    Call("GET", "_goapi/Documents/DocumentBytes/{}", "download"),
    Call("GET", "_goapi/Documents/MetadataWithSystemFields/{}", "download of large files"),
    Call("POST", "_goapi/Documents/AddToCase", "journal, first step"),
    Call("POST", "_goapi/Documents/MarkMultipleAsCaseRecord/ByDocumentId", "journal, second step"),
)
_CLOSED: Final = {409: Problem.CLOSED_CASE}
_VIEWS: Final = {"journaliseret.aspx": True, "ikkejournaliseret.aspx": False}


@dataclass(frozen=True, slots=True)
class GoSettings:
    """What differs between installations."""

    username: str
    """`DOMAIN\\user` of the robot; its password is in `SAGSTJEK_SECRET_GETORGANIZED_PASSWORD`."""
    area: str = "personalemapper"
    """Site that holds the list of the folders."""
    result_type: str = ""
    """Id of the search's result type, where the installation wants it."""
    view: str = ""
    """Id of the search's view, where the installation wants it."""
    bytes_as: str = "numbers"
    """How a file is sent: `numbers` or `base64`."""
    default_folder: str = ""
    """Title of the folder for documents that are journaled without one; documents lie in folders only."""
    login: str = "ntlm"
    """`ntlm` or `basic`."""


@dataclass(frozen=True, slots=True)
class GetOrganized:
    """A GetOrganized installation; see `connectors.records.protocol.RecordsSystem` for what the methods promise."""

    settings: GoSettings
    site: Site
    caller: Caller = field(repr=False)

    @property
    def capabilities(self) -> Capabilities:
        """What can be done. No call for notes or for moving to another case is known."""
        return Capabilities(
            "getorganized",
            notes=False,
            relocation=Relocation.NONE,
            drafts_visible=True,
            key_kept="file name",
            max_bytes=self.site.max_file_mb << 20,
            parallel=self.site.parallel,
            requests_per_second=self.site.requests_per_second,
        )

    def health(self) -> Health:
        """Return whether we are let in and may search."""
        return health_of(lambda: self._search("0000000000", only_open=True))

    def description(self, where: str = "") -> Description | None:
        """Return what the installation says of itself, held against our calls."""
        return describe(self.caller, _CALLS, where)

    def find_cases(self, cpr: Cpr) -> Sequence[Case]:
        """Return the personnel cases whose title holds the number with its hyphen: a search finds others too."""
        every = self._named(cpr, only_open=False)
        takes = {case.case_id for case in self._named(cpr, only_open=True)} if every else set()
        return tuple(
            replace(case, state=CaseState.OPEN if case.case_id in takes else CaseState.CLOSED) for case in every
        )

    def folders(self, case: Case) -> Sequence[Folder]:
        """Return the folders (sub-cases) of a case, page by page."""
        details = Fields(self._post("open a case", f"{case.address}/_goapi/cases/CaseDetailsInternal", {}))
        list_id = details.one("d").text("ListId")
        if not list_id:
            raise RecordsError(Problem.REFUSED, "open a case")
        rows = self._rows("list folders", folders_path(self.settings.area, list_id, case.case_id))
        return tuple(Folder(row.text("CaseID"), row.text("Title")) for row in rows)

    def documents(self, case: Case) -> Sequence[FiledDocument]:
        """Return the documents of every folder; one that stands in two views comes once."""
        found: dict[str, FiledDocument] = {}
        for folder in self.folders(case):
            for document in self._within(case, folder):
                known = found.get(document.document_id)
                if known is None or (known.state is DocumentState.DRAFT and document.state is DocumentState.JOURNALED):
                    found[document.document_id] = document
        if "" in found:
            raise RecordsError(Problem.REFUSED, "list documents: one of them has no id")
        return tuple(found.values())

    def fetch(self, file: StoredFile, into: BinaryIO) -> None:
        """Write the bytes of a file; where the usual call gives an error page, from the file's own address."""
        start = into.tell()
        ask = Ask("fetch a file", "GET", f"_goapi/Documents/DocumentBytes/{file.file_id}", headers={"Accept": "*/*"})
        try:
            self.caller.download(ask, into, page_instead_of(file.extension))
        except RecordsError as error:
            if error.problem is not Problem.UNAVAILABLE:
                raise
        else:
            return
        into.seek(start)
        into.truncate()
        direct = Ask("fetch a file directly", "GET", self._own_address(file), headers={"Accept": "*/*"})
        self.caller.download(direct, into, page_instead_of(file.extension))

    def journal(self, entry: Entry) -> Receipt:
        """Add the file, then mark it as a record; one that was added before is only marked."""
        found = self.find_by_key(entry.case, entry.key)
        document_id = found.document_id if found else self._add(entry)
        number: Json = int(document_id) if document_id.isdigit() else document_id
        # Marking what is marked changes nothing.
        self._post(
            "mark as record", "_goapi/Documents/MarkMultipleAsCaseRecord/ByDocumentId", {"DocumentIds": [number]}
        )
        return Receipt(entry.key, entry.case.case_id, document_id)

    def find_by_key(self, case: Case, key: str) -> FiledDocument | None:
        """Return the document whose file name has the key, journaled or only added."""
        return next((document for document in self.documents(case) if document.key == key), None)

    def verify(self, receipt: Receipt, case: Case, sha256: str) -> Verdict:
        """Fetch the file of the document and compare."""
        found = (document for document in self.documents(case) if document.document_id == receipt.document_id)
        return compare_files(self, next(found, None), sha256)

    def relocate(self, move: Move) -> Receipt:
        """Refuse: no call for it is known."""
        del move
        raise RecordsError(Problem.REFUSED, "move a document, which this system does not offer")

    def note(self, case: Case, note: Note) -> None:
        """Refuse: no call for it is known."""
        del case, note
        raise RecordsError(Problem.REFUSED, "write a note, which this system does not offer")

    def close(self) -> None:
        """Let go of connections."""
        self.caller.close()

    def _named(self, cpr: Cpr, *, only_open: bool) -> Sequence[Case]:
        rows = (row for row in self._search(cpr.digits, only_open=only_open) if cpr.written in row.text("title"))
        cases = (_case(row, cpr) for row in rows)
        return tuple({case.case_id: case for case in cases}.values())

    def _search(self, phrase: str, *, only_open: bool) -> Sequence[Fields]:
        body = case_search(phrase, self.settings.result_type, self.settings.view, only_open=only_open)
        results = Fields(self._post("find cases", "_goapi/search/ExecuteModernSearch", body)).one("results")
        if not isinstance(results.raw("Results"), list):
            raise RecordsError(Problem.REFUSED, "find cases")
        return tuple(results.many("Results"))

    def _within(self, case: Case, folder: Folder) -> Iterator[FiledDocument]:
        part = folder.folder_id.rpartition("-")[2]
        answer = Fields(self._get("open a folder", f"_goapi/Cases/Metadata/{folder.folder_id}"))
        address = metadata_of(answer, "Metadata").get("ows_CaseUrl", "").strip("/") or case.address
        views = self._get("list views", f"{address}/_goapi/Administration/GetLeftMenuCounter/{part}")
        known = {view.text("ViewName").lower(): view.text("ViewId") for view in _each(views)}
        if not known.keys() >= _VIEWS.keys():  # a missing view is not an empty one
            raise RecordsError(Problem.REFUSED, "list views")
        for name, journaled in _VIEWS.items():
            path = documents_path(case.address, part, known[name])
            for row in self._rows("list documents", path):
                yield document_of(row, case.case_id, folder, journaled=journaled)

    def _rows(self, what: str, first: str) -> Iterator[Fields]:
        path = first
        for _ in range(_MOST_PAGES):
            answer = Fields(self._post(what, path, {}))
            if not isinstance(answer.raw("Row"), list):
                raise RecordsError(Problem.REFUSED, what)
            yield from answer.many("Row")
            path = next_page(first, answer)
            if not path:
                return
        raise RecordsError(Problem.INCOMPLETE, what)

    def _own_address(self, file: StoredFile) -> str:
        """Return where the file itself lies; only on our server, for we show our password there."""
        answer = Fields(self._get("look up a file", f"_goapi/Documents/MetadataWithSystemFields/{file.file_id}"))
        address = metadata_of(answer, "Metadata").get("ows_EncodedAbsUrl", "")
        if urlsplit(address)[:2] != urlsplit(self.site.url)[:2]:
            raise RecordsError(Problem.REFUSED, "look up a file")
        return address

    def _add(self, entry: Entry) -> str:
        if entry.case.state is CaseState.CLOSED:  # the server may take it all the same
            raise RecordsError(Problem.CLOSED_CASE, "add a document")
        folder = entry.folder or self._default_folder(entry.case)
        numbers: Json = list(entry.data)
        text: Json = base64.b64encode(entry.data).decode()
        body: Json = {
            "CaseId": folder.folder_id,
            "ListName": "Dokumenter",
            "FolderPath": "",
            "FileName": file_name(entry),
            "Metadata": metadata_for(entry),
            "Overwrite": False,  # the name has the key: a second one is refused
            "Bytes": numbers if self.settings.bytes_as == "numbers" else text,
        }
        ask = Ask(*("add a document", "POST", "_goapi/Documents/AddToCase"), safe=False, body=body, problems=_CLOSED)
        document_id = Fields(self.caller.json(ask)).text("DocId", "DocID", "DocumentId")
        if not document_id:
            raise RecordsError(Problem.UNAVAILABLE, "add a document", unsure=True)
        return document_id

    def _default_folder(self, case: Case) -> Folder:
        fits = [folder for folder in self.folders(case) if folder.title == self.settings.default_folder]
        if len(fits) != 1:
            raise RecordsError(Problem.REFUSED, "choose a folder: the setting 'default_folder' names none of this case")
        return fits[0]

    def _post(self, what: str, path: str, body: Json) -> Json:
        """Read or mark; both may be repeated."""
        return self.caller.json(Ask(what, "POST", path, body=body))

    def _get(self, what: str, path: str) -> Json:
        return self.caller.json(Ask(what, "GET", path))


def open_source(source: Source, around: Surroundings | None = None) -> GetOrganized:
    """Return the GetOrganized of a source; asks it nothing yet.

    Raises:
        SettingsError: a setting is missing, unknown or impossible, or the password is not in the environment.
    """
    settings_of(source, Site, GoSettings)
    site, settings = chosen(Site, source), chosen(GoSettings, source)
    for name, value, allowed in (
        ("bytes_as", settings.bytes_as, ("numbers", "base64")),
        ("login", settings.login, ("ntlm", "basic")),
    ):
        if value not in allowed:
            raise SettingsError(f"{source.shown}: '{name}' is '{value}'; write {' or '.join(allowed)}.")
    password = secret(source, "PASSWORD")

    def auth() -> httpx.Auth:
        if settings.login == "basic":
            return httpx.BasicAuth(settings.username, password)
        return NtlmAuth(settings.username, password)

    around = around or Surroundings(recorder=Recorder(source.record) if source.record else None)
    return GetOrganized(settings, site, Caller(site, around=replace(around, auth=auth)))


def _case(row: Fields, cpr: Cpr) -> Case:
    address = row.text("caseurl").strip("/")
    return Case(address.rpartition("/")[2], title=row.text("title"), cpr=cpr, address=address)


def _each(answer: Json) -> Iterator[Fields]:
    return (Fields(item) for item in answer) if isinstance(answer, list) else iter(())
