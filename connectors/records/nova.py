"""KMD Nova, through its API: cases by CPR, download, journaling in two steps, journal notes.

What is known, and what only a customer's installation can tell: docs/connectors/nova.md.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import BinaryIO, Final

from connectors.records.answers import Fields, Json
from connectors.records.calling import Ask, Caller, Surroundings
from connectors.records.filing import compare_files, copy_verify_note
from connectors.records.health import health_of
from connectors.records.nova_bodies import (
    PAGE,
    attachment,
    case_of,
    case_search,
    document_of,
    document_search,
    is_about,
    note_body,
    transaction,
    uuid_of,
)
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
from connectors.records.site import Site, Source, chosen, secret, settings_of
from connectors.records.tokens import Grant, Tokens
from sagstjek.cpr import Cpr
from sagstjek.errors import SettingsError

_MOST_PAGES: Final = 200
_NOBODY: Final = Cpr("0000000000")
"""A number that nobody can have: a search for it changes nothing and finds nothing."""
_CALLS: Final = (
    Call("PUT", "Case/GetList", "find cases"),
    Call("PUT", "Document/GetList", "documents of a case"),
    Call("PUT", "Document/GetFile", "download"),
    Call("POST", "Document/UploadFile/{}/{}", "journal, first step"),
    Call("POST", "Document/Import", "journal, second step"),
    Call("PATCH", "Case/Update", "write notes"),
)
_CLOSED: Final = {409: Problem.CLOSED_CASE}


@dataclass(frozen=True, slots=True)
class NovaSettings:
    """What differs between installations."""

    client_id: str
    """Of the robot; its secret is in `SAGSTJEK_SECRET_NOVA_CLIENT_SECRET`."""
    token_url: str = "https://novaauth.kmd.dk/realms/NovaIntegration/protocol/openid-connect/token"  # noqa: S105
    """Whole address of the token endpoint."""
    kle: str = "81"
    """What the KLE number of a personnel case begins with; empty takes every case of the person."""
    sensitivity: str = "Fortrolige"
    """Of what we journal: IkkeFortrolige, Fortrolige, Følsomme or SærligFølsomme."""
    security_unit: str = ""
    """Id and name, a colon between: `818485:Borgerservice`."""
    caseworker: str = ""
    """RACF id of the user that stands as caseworker."""
    author: str = "sagstjek"
    """Who stands under a journal note."""


@dataclass(frozen=True, slots=True)
class Nova:
    """A Nova installation; see `connectors.records.protocol.RecordsSystem` for what the methods promise."""

    settings: NovaSettings
    site: Site
    caller: Caller = field(repr=False)
    tokens: Caller = field(repr=False)

    @property
    def capabilities(self) -> Capabilities:
        """What can be done. No folders are known, and nothing moves a document."""
        return Capabilities(
            "nova",
            folders=False,
            drafts_visible=True,
            key_kept="document uuid, which we choose",
            max_bytes=self.site.max_file_mb << 20,
            parallel=self.site.parallel,
            requests_per_second=self.site.requests_per_second,
        )

    def health(self) -> Health:
        """Return whether we are let in and may search."""
        return health_of(lambda: self._put("search for nobody", "Case/GetList", lambda: case_search(_NOBODY, 1)))

    def description(self, where: str = "") -> Description | None:
        """Return what the installation says of itself, held against our calls."""
        return describe(self.caller, _CALLS, where)

    def find_cases(self, cpr: Cpr) -> Sequence[Case]:
        """Return the personnel cases of which the person is the primary party, page by page."""
        found: list[Fields] = []
        for page in range(_MOST_PAGES):
            search = partial(case_search, cpr, page * PAGE + 1)
            answer = Fields(self._put("find cases", "Case/GetList", search))
            rows = answer.one("pagingInformation").whole("numberOfRows")
            cases = list(answer.many("cases"))
            if rows is None or (rows and not cases):
                raise RecordsError(Problem.INCOMPLETE, "find cases")
            found += cases
            if len(cases) < PAGE:
                return tuple(case_of(case, cpr) for case in found if is_about(case, cpr, self.settings.kle))
        raise RecordsError(Problem.INCOMPLETE, "find cases")

    def folders(self, case: Case) -> Sequence[Folder]:
        """Return none: Nova's API shows no folders."""
        del case
        return ()

    def documents(self, case: Case) -> Sequence[FiledDocument]:
        """Return the documents of a case, held against the number that the case says it has."""
        return tuple(document_of(found, case) for found in self._list(case))

    def fetch(self, file: StoredFile, into: BinaryIO) -> None:
        """Write the bytes of a file, without checking the document out."""
        self.caller.download(lambda: self._file_ask(file.file_id), into, page_instead_of(file.extension))

    def journal(self, entry: Entry) -> Receipt:
        """Upload the file under an id of our own, then attach it to the case. The first step may be repeated."""
        document_id = uuid_of(entry.key, entry.case.case_id)
        part = {"file": (entry.file_name, entry.data, entry.media_type)}
        self.caller.json(lambda: self._upload_ask(document_id, part))
        unit = self.settings.security_unit.split(":", 1) if self.settings.security_unit else ()
        self.caller.json(
            lambda: Ask(
                *("journal a document", "POST", "api/Document/Import?api-version=2.0-Case"),
                safe=False,
                body=attachment(entry, self.settings.sensitivity, unit, self.settings.caseworker),
                problems=_CLOSED,
            )
        )
        return Receipt(entry.key, entry.case.case_id, document_id)

    def find_by_key(self, case: Case, key: str) -> FiledDocument | None:
        """Return the document that has the id which follows from the key."""
        wanted = uuid_of(key, case.case_id)
        documents = (document_of(found, case, key) for found in self._list(replace(case, expected=None)))
        return next((document for document in documents if document.document_id == wanted), None)

    def verify(self, receipt: Receipt, case: Case, sha256: str) -> Verdict:
        """Look for the document on the case, fetch it and compare."""
        documents = (document_of(found, case) for found in self._list(replace(case, expected=None)))
        return compare_files(self, next((d for d in documents if d.document_id == receipt.document_id), None), sha256)

    def relocate(self, move: Move) -> Receipt:
        """Copy the document to the other case and leave a note."""
        if move.source.case_id == move.target.case_id:
            raise RecordsError(Problem.REFUSED, "move a document within its case")
        return copy_verify_note(self, move)

    def note(self, case: Case, note: Note) -> None:
        """Add a journal note. Its id is ours; whether Nova refuses or replaces a second one is not known."""
        self.caller.json(
            lambda: Ask(
                *("write a note", "PATCH", "api/Case/Update?api-version=2.0-Case"),
                safe=False,
                body=note_body(case, note, self.settings.author),
                problems=_CLOSED,
            )
        )

    def close(self) -> None:
        """Let go of connections."""
        self.caller.close()
        self.tokens.close()

    def _list(self, case: Case) -> Sequence[Fields]:
        answer = Fields(self._put("list documents", "Document/GetList", lambda: document_search(case.case_id)))
        if not isinstance(answer.raw("documents"), list):
            raise RecordsError(Problem.REFUSED, "list documents")
        found = tuple(answer.many("documents"))
        if case.expected is not None and len(found) < case.expected:
            raise RecordsError(Problem.INCOMPLETE, "list documents")
        return found

    def _put(self, what: str, path: str, body: Callable[[], Json]) -> Json:
        """Read; Nova reads by PUT, with a body made anew for each attempt."""
        return self.caller.json(lambda: Ask(what, "PUT", f"api/{path}?api-version=2.0-Case", body=body()))

    def _file_ask(self, document_id: str) -> Ask:
        body: Json = {"common": transaction(document_id), "checkOutDocument": False, "checkOutComment": None}
        path = "api/Document/GetFile?api-version=2.0-Case"
        return Ask("fetch a file", "PUT", path, body=body, headers={"Accept": "*/*"})

    def _upload_ask(self, document_id: str, part: Mapping[str, tuple[str | None, bytes, str]]) -> Ask:
        """Uploading again under the same id replaces what no case knows of yet."""
        number = Fields(transaction()).text("transactionId")
        path = f"api/Document/UploadFile/{number}/{document_id}?api-version=2.0-Case"
        return Ask("upload a file", "POST", path, parts=part)


def open_source(source: Source, around: Surroundings | None = None) -> Nova:
    """Return the Nova of a source; asks it nothing yet.

    Raises:
        SettingsError: a setting is missing, unknown or impossible, or the secret is not in the environment.
    """
    settings_of(source, Site, NovaSettings)
    site, settings = chosen(Site, source), chosen(NovaSettings, source)
    if settings.security_unit and ":" not in settings.security_unit:
        raise SettingsError(f"{source.shown}: 'security_unit' must be like 818485:Borgerservice.")
    form = {"grant_type": "client_credentials", "client_id": settings.client_id, "scope": "client"}
    form["client_secret"] = secret(source, "CLIENT_SECRET")
    around = around or Surroundings(recorder=Recorder(source.record) if source.record else None)
    tokens = Caller(chosen(Site, Source(source.system, settings.token_url, source.options)), around=around)
    login = Tokens(tokens, Grant(settings.token_url, form), around.clock)
    return Nova(settings, site, Caller(site, login, around), tokens)
