"""A stand-in for GetOrganized on SharePoint, with the awkward rules of ESDH.md, sections 5 and 13.2.

A real NTLM handshake a connection; views of 100 rows with `NextHref`; documents in two views; an error page in a 200
instead of a large file; bytes as an array of numbers; a file name that is taken is refused.
"""

import base64
import os
import re
from xml.sax.saxutils import quoteattr

import spnego
from lxml import etree

from tests.doubles.web import PAGE, Double, RefusedError, Reply, as_json
from tests.doubles.world import HeldFile

USER, PASSWORD = "KOMMUNE\\robot", "hemmeligt-go"
JOURNALED, OTHERS = "{aaaa-1}", "{bbbb-2}"


class GoDouble(Double):
    def __init__(self, world, users, *, large=50_000, bytes_as="numbers"):
        super().__init__()
        self.world = world
        self.large = large
        self.bytes_as = bytes_as
        self.names = {}
        self.epoch = 1
        users.write_text("KOMMUNE:robot:" + PASSWORD)
        os.environ["NTLM_USER_FILE"] = str(users)
        for case in world.cases.values():
            case.go = f"PER-2026-{case.case_id:06}"
            case.parts = {folder: f"{n:03}" for n, folder in enumerate(case.folders, 1)}
            for document in case.documents:
                document.record = not document.draft
        calls = (
            ("POST", r"/_goapi/search/ExecuteModernSearch", self.search),
            ("POST", r"/cases/PER55/([^/]+)/_goapi/cases/CaseDetailsInternal", self.details),
            ("POST", r"/personalemapper/_api/web/lists\(guid'([^']+)'\)/RenderListDataAsStream", self.folders),
            ("GET", r"/_goapi/Cases/Metadata/(PER-\d+-\d+)-(\d+)", self.folder),
            ("GET", r"/cases/PER55/([^/]+)/_goapi/Administration/GetLeftMenuCounter/(\d+)", self.views),
            ("POST", r"/cases/PER55/([^/]+)/_api/web/GetList\(@listUrl\)/RenderListDataAsStream", self.documents),
            ("GET", r"/_goapi/Documents/DocumentBytes/(\d+)", self.bytes),
            ("GET", r"/_goapi/Documents/MetadataWithSystemFields/(\d+)", self.metadata),
            ("GET", r"/cases/PER55/[^/]+/Dokumenter/\d+/(\d+)_.*", self.direct),
            ("POST", r"/_goapi/Documents/AddToCase", self.add),
            ("POST", r"/_goapi/Documents/MarkMultipleAsCaseRecord/ByDocumentId", self.mark),
        )
        self.routes = [(method, pattern, self.inside(answer)) for method, pattern, answer in calls]

    def inside(self, answer):
        def checked(request):
            shake_hands(request, self.epoch)
            with self.world.lock:
                return answer(request)

        return checked

    def source(self, **options):
        given = {"username": USER.replace("\\", "%5C"), "default_folder": "01 Ansættelse", **options}
        return f"getorganized+{self.url}?" + "&".join(f"{name}={value}" for name, value in given.items())

    def expire(self):
        """Forget everybody: each connection must shake hands again."""
        self.epoch += 1

    def held(self, name):
        case = next((c for c in self.world.cases.values() if c.go == name), None)
        if case is None:
            raise RefusedError(404)
        if case.barred:
            raise RefusedError(403, f"ingen adgang: {case.cpr.written}")
        return case

    def search(self, request):
        body = request.json
        if body["CaseTypePrefixes"] != ["PER"]:
            raise RefusedError(400)
        rows = [
            {"title": f"{case.cpr.written} {case.title}", "caseurl": f"cases/PER55/{case.go}"}
            for case in self.world.cases.values()
            if body["QueryPhrase"] == case.cpr.digits and (case.open or not body["TrimToOpenedCases"])
        ]
        # A search engine also finds what only mentions the number.
        other = [{"title": "010101-0000 En Anden", "caseurl": "cases/PER55/PER-2020-000001"}] if rows else []
        return as_json({"results": {"Results": other + rows}})

    def details(self, request):
        return as_json({"d": {"ListId": f"list-{self.held(request.match[1]).go}"}})

    def folders(self, request):
        case = self.held(request.match[1].removeprefix("list-"))
        if request.query.get("FilterValue1") != f"{case.go};#PER":
            raise RefusedError(400)
        rows = [{"CaseID": f"{case.go}-{case.parts[f]}", "Title": title} for f, title in case.folders.items()]
        return paged(rows, request)

    def folder(self, request):
        case = self.held(request.match[1])
        url = f"cases/PER55/{case.go}"
        return as_json({"Metadata": f"<z:row xmlns:z='#RowsetSchema' ows_CaseUrl={quoteattr(url)}/>"})

    def views(self, request):
        self.held(request.match[1])
        return as_json(
            [
                {"ViewName": "IkkeJournaliseret.aspx", "ViewId": OTHERS},
                {"ViewName": "Journaliseret.aspx", "ViewId": JOURNALED},
            ]
        )

    def documents(self, request):
        case = self.held(request.match[1])
        query = request.query
        library = f"/cases/PER55/{case.go}/Dokumenter"
        part = query["FilterValue1"]
        if query["@listUrl"] != f"'{library}'" or query["RootFolder"] != f"{library}/{part}":
            raise RefusedError(400)
        folder = next(f for f, number in case.parts.items() if number == part)
        rows = [
            self.row(case, d, part)
            for d in case.documents
            if d.folder == folder
            and not d.deleted
            and (d.record or query["View"] == OTHERS)
            # One that is journaled stands in the other view too, now and then.
            and (query["View"] == JOURNALED or not d.record or d.document_id % 5 == 0)
        ]
        return paged(rows, request)

    def row(self, case, document, part):
        return {
            "DocID": document.document_id,
            "CaseRecordNumber": "1",
            "Title": document.title,
            "FileRef": f"/cases/PER55/{case.go}/Dokumenter/{part}/{self.name(document)}",
            "Dato": "20-11-2023",
            "Korrespondance": document.kind,
        }

    def name(self, document):
        return self.names.get(document.document_id, f"{document.document_id}_{document.files[0].name}")

    def bytes(self, request):
        _, document = self.document(request)
        data = document.files[0].data
        if len(data) > self.large:
            return Reply(PAGE, 200, "text/html")
        return Reply(data, 200, "application/octet-stream")

    def document(self, request):
        found = self.world.find_document(int(request.match[1]))
        if found is None:
            raise RefusedError(404)
        self.held(found[0].go)
        return found

    def metadata(self, request):
        case, document = self.document(request)
        part = case.parts[document.folder]
        url = f"{self.url}/cases/PER55/{case.go}/Dokumenter/{part}/{document.document_id}_fil.pdf"
        return as_json({"Metadata": f"<z:row xmlns:z='#RowsetSchema' ows_EncodedAbsUrl={quoteattr(url)}/>"})

    def direct(self, request):
        return Reply(self.document(request)[1].files[0].data, 200, "application/pdf")

    def add(self, request):
        body = request.json
        go, _, part = body["CaseId"].rpartition("-")
        case = self.held(go)
        if not case.open:
            raise RefusedError(409)
        if re.search(r'[<>:"/\\|?*]', body["FileName"]) or body["FileName"] in self.names.values():
            raise RefusedError(400, "navnet er optaget")
        data = bytes(body["Bytes"]) if self.bytes_as == "numbers" else base64.b64decode(body["Bytes"])
        folder = next(f for f, number in case.parts.items() if number == part)
        title = etree.fromstring(body["Metadata"]).attrib["ows_Title"]
        document = self.world.document(case, title, folder=folder)
        document.files.append(HeldFile(self.world.new_id(), body["FileName"], data))
        document.record = False
        self.names[document.document_id] = body["FileName"]
        return as_json({"DocId": document.document_id})

    def mark(self, request):
        for number in request.json["DocumentIds"]:
            self.world.find_document(number)[1].record = True
        return as_json({})


def paged(rows, request):
    """Return 100 rows and where the next ones are; `NextHref` begins with `?`."""
    start = int(request.query.get("p_ID", 0))
    answer = {"Row": rows[start : start + 100]}
    if rows[start + 100 :]:
        answer["NextHref"] = f"?Paged=TRUE&p_ID={start + 100}"
    return as_json(answer)


def shake_hands(request, epoch):
    """Let in whoever has proven itself on this connection in this epoch, by the two steps of NTLM."""
    kept = request.connection
    if kept.get("known") == epoch:
        return
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme != "NTLM" or not token:
        kept.pop("server", None)
        raise RefusedError(401, WWW_Authenticate="NTLM")
    server = kept.setdefault("server", spnego.server(protocol="ntlm"))
    try:
        answer = server.step(base64.b64decode(token))
    except spnego.exceptions.SpnegoError:
        kept.pop("server", None)
        raise RefusedError(401, WWW_Authenticate="NTLM") from None
    if not server.complete:
        raise RefusedError(401, WWW_Authenticate=f"NTLM {base64.b64encode(answer).decode()}")
    kept["known"] = epoch
    del kept["server"]
