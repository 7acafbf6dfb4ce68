"""A stand-in for SBSYS and its token server, with the awkward rules of ESDH.md, sections 2 and 13.2.

Hyphenated CPR only; strict JSON keys; quoted multipart names; expired tokens; results cut at `Limit`; a status whose
name is not "Aktiv"; enums as numbers or names; extensions with and without dot; keys in changing case.
"""

import json
import re
import secrets
import time

from tests.doubles.web import Double, RefusedError, Reply, as_json, bearer
from tests.doubles.world import HeldFile

CLIENT, SECRET, USER, PASSWORD = "sagstjek", "hemmelig-klient", "robot", "hemmeligt-kodeord"
_JOURNAL_KEYS = {
    *("Eksternid", "RegistreretAfID", "SagID", "DokumentNavn", "SagsPart", "DokumentArt", "Beskrivelse"),
    *("RegistreringsDato", "OmfattetAfAktindsigt", "AktindsigtKommentar", "PaaPostliste", "PostlisteTitel"),
    "PostlisteBeskrivelse",
}
_SEARCH_KEYS = {"PrimaerPerson", "SagsTyper", "Titel", "SagsStatusIds", "SagsSkabeloner", "Limit"}
_KINDS = {1: "Indgående", 2: "Udgående", 3: "Internt"}


class SbsysDouble(Double):
    def __init__(self, world, *, token_seconds=300.0, most_results=2000, keeps_foreign_id=True):
        super().__init__()
        self.world = world
        self.token_seconds = token_seconds
        self.most_results = most_results
        self.keeps_foreign_id = keeps_foreign_id
        self.tokens = {}
        self.token_url = f"{self.url}/auth/realms/sbsip/protocol/openid-connect/token"
        check = bearer(self.tokens)

        def inside(answer):
            def checked(request):
                check(request)
                with world.lock:
                    return answer(request)

            return checked

        calls = (
            ("GET", r"/api/info/heartbeat/authorized", lambda _: as_json({})),
            ("POST", r"/api/sag/search", self.search),
            ("GET", r"/api/sag/(\d+)/dokumenter", self.documents),
            ("GET", r"/api/sag/(\d+)/journalarknotes", self.notes),
            ("GET", r"/api/delforloeb/sag/(\d+)", self.folders),
            ("GET", r"/api/delforloeb/(\d+)", self.folder),
            ("POST", r"/api/delforloeb/(\d+)/dokument", self.place),
            ("GET", r"/api/fil/(\d+)", self.file),
            ("POST", r"/api/dokument/journaliser(?:/(\d+))?", self.journal),
            ("POST", r"/api/journalarknote/create", self.note),
        )
        self.routes = [
            ("POST", r"/auth/realms/sbsip/protocol/openid-connect/token", self.token),
            ("GET", r"/swagger/docs/v12", self.openapi),
            *((method, pattern, inside(answer)) for method, pattern, answer in calls),
        ]

    def source(self, **options):
        given = {"token_url": self.token_url, "client_id": CLIENT, "username": USER, **options}
        return f"sbsys+{self.url}?" + "&".join(f"{name}={value}" for name, value in given.items())

    def expire(self):
        """Let every token run out now, before its time."""
        self.tokens.clear()

    def token(self, request):
        form = request.form
        if form.get("client_id") != CLIENT or form.get("client_secret") != SECRET:
            raise RefusedError(401, '{"error":"unauthorized_client"}')
        if form.get("grant_type") == "password":
            if (form.get("username"), form.get("password")) != (USER, PASSWORD):
                raise RefusedError(401, '{"error":"invalid_grant"}')
        elif form.get("grant_type") != "client_credentials":
            raise RefusedError(400, '{"error":"unsupported_grant_type"}')
        token = secrets.token_urlsafe(24)
        self.tokens[token] = time.monotonic() + self.token_seconds
        return as_json({"access_token": token, "expires_in": int(self.token_seconds), "token_type": "Bearer"})

    def search(self, request):
        asked = request.json
        if set(asked) - _SEARCH_KEYS:
            raise RefusedError(400, "ukendt felt")
        written = asked.get("PrimaerPerson", {}).get("CprNummer", "")
        kinds = asked.get("SagsTyper", [])
        limit = min(asked.get("Limit", self.most_results), self.most_results)
        fits = [
            case_answer(case)
            for case in self.world.cases.values()
            if case.cpr.written == written and kinds in ([{"Navn": "PersonaleSag"}], [{"Id": 5}])
        ]
        return as_json({"Results": fits[:limit]})

    def case(self, request, group=1):
        case = self.world.cases.get(int(request.match[group]))
        if case is None:
            raise RefusedError(404)
        if case.barred:
            raise RefusedError(403, f"Brugeren har ikke adgang til sag for {case.cpr.written}")
        return case

    def documents(self, request):
        case = self.case(request)
        return as_json([document_answer(case, d) for d in case.documents])

    def folders(self, request):
        case = self.case(request)
        return as_json([{"ID": i, "SagID": case.case_id, "Titel": title} for i, title in case.folders.items()])

    def of_folder(self, folder):
        for case in self.world.cases.values():
            if folder in case.folders:
                return case
        raise RefusedError(404)

    def folder(self, request):
        folder = int(request.match[1])
        case = self.of_folder(folder)
        documents = [document_answer(case, d) for d in case.documents if d.folder == folder]
        return as_json({"ID": folder, "SagID": case.case_id, "Titel": case.folders[folder], "Dokumenter": documents})

    def place(self, request):
        folder = int(request.match[1])
        case = self.of_folder(folder)
        if set(request.json) != {"DokumentRegistreringId"}:
            raise RefusedError(400)
        wanted = request.json["DokumentRegistreringId"]
        document = next((d for d in case.documents if d.document_id == wanted), None)
        if document is None:  # another case's documents cannot be placed here
            raise RefusedError(400)
        document.folder = folder
        return as_json(document_answer(case, document))

    def file(self, request):
        found = self.world.find_file(int(request.match[1]))
        if found is None:
            raise RefusedError(404)
        return Reply(found[2].data, 200, "application/octet-stream")

    def journal(self, request):
        parts = request.parts
        if set(parts) != {"json", "file"} or any(b'name="' not in part[0] for part in parts.values()):
            raise RefusedError(400, "navne skal stå i anførselstegn")
        said = json.loads(parts["json"][3])
        if set(said) - _JOURNAL_KEYS or not said.get("DokumentNavn"):
            raise RefusedError(400, "ukendt felt i json")
        case = self.world.cases.get(said["SagID"])
        folder = int(request.match[1]) if request.match[1] else None
        if case is None or case.barred or (folder and folder not in case.folders):
            raise RefusedError(404 if case is None else 403)
        if not case.open:
            raise RefusedError(409, "sagen er afsluttet")
        _, name, _, data = parts["file"]
        kind = _KINDS[said["DokumentArt"]["Id"]]
        document = self.world.document(case, said["DokumentNavn"], folder=folder, kind=kind)
        document.files.append(HeldFile(self.world.new_id(), name, data))
        document.key = said.get("Eksternid", "") if self.keeps_foreign_id else ""
        document.text = said.get("Beskrivelse", "")
        return as_json(document_answer(case, document))

    def notes(self, request):
        case = self.case(request)
        return as_json([{"Id": i, "Overskrift": h, "Note": n} for i, (h, n) in enumerate(case.notes)])

    def note(self, request):
        said = request.json
        if set(said) - {"SagID", "Overskrift", "Note", "KontaktTidspunkt"}:
            raise RefusedError(400)
        case = self.world.cases[said["SagID"]]
        case.notes.append((said["Overskrift"], said["Note"]))
        return as_json({"Id": len(case.notes)})

    def openapi(self, _):
        paths = {}
        for method, pattern, _answer in self.routes[2:]:
            path = re.sub(r"\(\?:/\(\\d\+\)\)\?", "", pattern).replace(r"(\d+)", "{id}")
            paths.setdefault(path, {})[method.lower()] = {}
        paths["/api/dokument/journaliser/{delforloebId}"] = {"post": {}}
        return as_json({"swagger": "2.0", "info": {"title": "SBSYS Web API", "version": "v12"}, "paths": paths})


def case_answer(case):
    """A case as the sample has it: the name of the status is a local word, the state is what counts."""
    return {
        "Id": case.case_id,
        "Nummer": case.number,
        "SagsTitel": case.title,
        "PrimaryPart": {"PartId": 4, "PartType": "Person", "CPRnummer": case.cpr.written, "CVRnummer": None},
        "SagsTyper": [{"Id": 5, "Navn": "PersonaleSag"}],
        "SagsStatus": {
            "Id": 6,
            "Navn": "Opstået" if case.open else "Henlagt",
            "SagsTilstand": "Aktiv" if case.open else "Afsluttet",
        },
        "Ansaettelsessted": {"Id": 5, "Navn": "Løn"},
        "Opstaaet": "2019-11-18T09:24:48.507+01:00",
        "ErBeskyttet": case.barred,
    }


def document_answer(case, document):
    odd = document.document_id % 2
    state = "Deleted" if document.deleted else "Active"
    number = 2 if document.deleted else 0
    return {
        "Id": document.document_id,
        "DokumentID": document.document_id + 500000,
        "SagId" if odd else "SagID": case.case_id,
        "DokumentNavn": document.title,
        "Beskrivelse": document.text,
        "EksternId": document.key or None,
        "RegistreringsDato": "2023-11-20T09:39:13.165+01:00" if odd else "2023-11-20T09:39:13+01:00",
        "DokumentArt": {"Id": 1, "Navn": document.kind},
        "DeletedState": state if odd else number,
        "Filer": [
            {
                "Id": f"guid-{file.file_id}",
                "ShortId": file.file_id,
                "Filnavn": file.name,
                "Filendelse": ("." if file.file_id % 2 else "") + file.extension.upper(),
                "MimeType": "application/pdf",
            }
            for file in document.files
        ],
    }
