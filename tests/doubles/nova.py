"""A stand-in for KMD Nova, with the awkward rules of ESDH.md, sections 4 and 13.2.

Reads by PUT; a transaction id in every body that never comes twice; only what is asked for is answered; at most 500
rows a page from row 1; an upload that no case knows of is an orphan; notes with `=` are corrupted.
"""

import base64
import json
import secrets
import time
import uuid

from tests.doubles.web import Double, RefusedError, Reply, as_json, bearer
from tests.doubles.world import HeldFile

CLIENT, SECRET = "sagstjek", "hemmelig-nova"


class NovaDouble(Double):
    def __init__(self, world, *, token_seconds=300.0, most_documents=10**6):
        super().__init__()
        self.world = world
        self.token_seconds = token_seconds
        self.most_documents = most_documents
        self.tokens = {}
        self.transactions = set()
        self.uploads = {}
        self.extra_cases = []  # rows of other kinds of cases
        self.token_url = f"{self.url}/realms/NovaIntegration/protocol/openid-connect/token"
        for case in world.cases.values():
            case.uuid = str(uuid.UUID(int=case.case_id))
            for document in case.documents:
                document.uuid = str(uuid.UUID(int=document.document_id))
        check = bearer(self.tokens)

        def inside(answer):
            def checked(request):
                check(request)
                if not request.query.get("api-version"):
                    raise RefusedError(400, "api-version")
                with world.lock:
                    return answer(request)

            return checked

        calls = (
            ("PUT", r"/api/Case/GetList", self.cases),
            ("PUT", r"/api/Document/GetList", self.documents),
            ("PUT", r"/api/Document/GetFile", self.file),
            ("POST", r"/api/Document/UploadFile/([^/]+)/([^/]+)", self.upload),
            ("POST", r"/api/Document/Import", self.attach),
            ("PATCH", r"/api/Case/Update", self.update),
        )
        self.routes = [
            ("POST", r"/realms/NovaIntegration/protocol/openid-connect/token", self.token),
            *((method, pattern, inside(answer)) for method, pattern, answer in calls),
        ]

    def source(self, **options):
        given = {"token_url": self.token_url, "client_id": CLIENT, "security_unit": "818485:Borgerservice", **options}
        return f"nova+{self.url}?" + "&".join(f"{name}={value}" for name, value in given.items())

    def expire(self):
        self.tokens.clear()

    def token(self, request):
        form = request.form
        wanted = {"grant_type": "client_credentials", "client_id": CLIENT, "client_secret": SECRET, "scope": "client"}
        if form != wanted:
            raise RefusedError(401, '{"error":"unauthorized_client"}')
        token = secrets.token_urlsafe(24)
        self.tokens[token] = time.monotonic() + self.token_seconds
        return as_json({"access_token": token, "expires_in": int(self.token_seconds)})

    def body(self, request):
        body = request.json
        self.spend(body.get("common", {}).get("transactionId", ""))
        return body

    def spend(self, transaction):
        try:
            number = uuid.UUID(transaction)
        except ValueError:
            raise RefusedError(400, "transactionId mangler") from None
        if number.version != 4 or transaction in self.transactions:
            raise RefusedError(400, "transactionId er brugt")
        self.transactions.add(transaction)

    def cases(self, request):
        body = self.body(request)
        paging, party, wanted = body["paging"], body["caseParty"], body["caseGetOutput"]
        if not 1 <= paging["numberOfRows"] <= 500 or paging["startRow"] < 1:
            raise RefusedError(400, "paging")
        rows = [
            case_row(case)
            for case in self.world.cases.values()
            if party["identificationType"] == "CprNummer" and case.cpr.digits == party["identification"]
        ]
        rows += [r for r in self.extra_cases if r["caseParties"][0]["identification"] == party["identification"]]
        page = rows[paging["startRow"] - 1 :][: paging["numberOfRows"]]
        answer = {"pagingInformation": {"numberOfRows": len(page)}}
        return as_json({**answer, "cases": [only(row, wanted) for row in page]} if page else answer)

    def held(self, wanted):
        case = next((c for c in self.world.cases.values() if c.uuid == wanted), None)
        if case is None:
            raise RefusedError(404)
        if case.barred:
            raise RefusedError(403, f"ingen adgang til {case.cpr.written}")
        return case

    def documents(self, request):
        body = self.body(request)
        case = self.held(body["caseUuid"])
        rows = [document_row(d) for d in case.documents if not d.deleted]
        wanted = {name for name, yes in body["getOutput"].items() if yes} | {"documentUuid", "documentNumber"}
        rows = [{name: value for name, value in row.items() if name in wanted} for row in rows]
        return as_json({"documents": rows[: self.most_documents]})

    def file(self, request):
        body = self.body(request)
        if body["checkOutDocument"]:
            raise RefusedError(400)
        for case in self.world.cases.values():
            for document in case.documents:
                if document.uuid == body["common"]["uuid"]:
                    return Reply(document.files[0].data, 200, "application/octet-stream")
        raise RefusedError(404)

    def upload(self, request):
        self.spend(request.match[1])
        if any(d.uuid == request.match[2] for c in self.world.cases.values() for d in c.documents):
            raise RefusedError(409, "dokumentet findes")
        _, name, _, data = request.parts["file"]
        self.uploads[request.match[2]] = (name, data)
        return Reply(b"", 200)

    def attach(self, request):
        body = self.body(request)
        case = self.held(body["caseUuid"])
        number = body["common"]["uuid"]
        if number not in self.uploads or not body.get("title") or "securityUnit" not in body:
            raise RefusedError(400)
        if not case.open:
            raise RefusedError(409)
        name, data = self.uploads.pop(number)
        document = self.world.document(case, body["title"], kind=body["documentType"], uuid=number)
        document.files.append(HeldFile(self.world.new_id(), name, data))
        return as_json({"documentNumber": str(document.document_id)})

    def update(self, request):
        body = self.body(request)
        case = self.held(body["common"]["uuid"])
        for note in body["journalNotes"]:
            said = note["journalNoteAttributes"]["note"]
            text = "ødelagt" if "=" in said else base64.b64decode(said).decode().rstrip()
            if note["uuid"] not in [number for number, _ in case.notes]:
                case.notes.append((note["uuid"], text))
        return as_json({})


def case_row(case):
    return {
        "common": {"uuid": case.uuid},
        "caseAttributes": {
            "title": case.title,
            "userFriendlyCaseNumber": f"S2022-{case.case_id}",
            "caseDate": "2022-01-01",
        },
        "state": {"activeCode": "Active", "progressState": "Opstaaet" if case.open else "Afsluttet"},
        "caseParties": [
            {
                "index": "1",
                "identificationType": "CprNummer",
                "identification": case.cpr.digits,
                "participantRole": "Primær",
                "name": "En Person",
            }
        ],
        "numberOfDocuments": len([d for d in case.documents if not d.deleted]),
        "caseClassification": {"kleNumber": {"code": "81.03.00"}, "proceedingFacet": {"code": "G01"}},
        "responsibleDepartment": {"losIdentity": {"fullName": "Løn"}},
    }


def document_row(document):
    return {
        "documentUuid": document.uuid,
        "documentNumber": str(document.document_id),
        "title": document.title,
        "sensitivity": "Fortrolige",
        "documentType": document.kind,
        "approved": not document.draft,
        "documentDate": "2023-11-20T09:39:13",
        "fileExtension": document.files[0].extension,
    }


def only(row, wanted):
    """Return what is asked for; the common id always comes."""
    names = {"caseParties": "caseParty"}
    found = {"common": row["common"]}
    for name, value in row.items():
        asked = wanted.get(names.get(name, name))
        if asked is True:
            found[name] = value
        elif asked and isinstance(value, list):
            found[name] = [{n: v for n, v in item.items() if asked.get(n)} for item in value]
        elif asked:
            found[name] = json.loads(json.dumps({n: v for n, v in value.items() if asked.get(n)}))
    return found
