"""What GetOrganized (on SharePoint) is asked and answers: searches, list views, metadata as XML in text.

Sources: the public clients GO, GOP and ITK of ESDH.md, section 5.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote
from xml.sax.saxutils import escape

from lxml import etree

from connectors.records.answers import Fields, Json, day_of
from connectors.records.protocol import DocumentState, Entry, FiledDocument, Folder, StoredFile

_UNFIT: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_QUOTE: Final = {'"': "&quot;"}
_KEYED: Final = re.compile(r".*\(([\w.-]{1,40})\)(?:\.[^.]*)?", re.DOTALL)
_DIRECTIONS: Final = {"indgående": "ind", "udgående": "ud", "intern": "intern", "internt": "intern"}
_WORDS: Final = {"ind": "Indgående", "ud": "Udgående", "intern": "Intern", "": "Indgående"}
_DANISH_DAY: Final = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")


def case_search(phrase: str, result_type: str, view: str, *, only_open: bool) -> Json:
    """Return the search for personnel cases; the two ids belong to the installation."""
    body: dict[str, Json] = {
        "QueryPageIndex": 1,
        "PageSize": 0,
        "QueryPhrase": phrase,
        "QueryType": "Cases",
        "TrimToOpenedCases": only_open,
        "ResultTypeName": "Oversager",
        "SearchContentDefinitionEntryType": 2,
        "CaseTypePrefixes": ["PER"],
        "ResultTypeQueryFilter": 'AND -ccmparentcase:"P*"',
        "AdditionalSelectColumns": ["CCMTitle", "CCMContactDataCPR", "CCMParentCase", "CCMCaseID"],
    }
    given: dict[str, Json] = {"ResultTypeId": result_type, "ViewId": view}
    return {**body, **{name: value for name, value in given.items() if value}}


def folders_path(area: str, list_id: str, case_id: str) -> str:
    """Return the list of the folders (sub-cases) of a case."""
    fits = f"FilterField1=CCMParentCase&FilterValue1={quote(case_id)}%3B%23PER"
    return f"{area}/_api/web/lists(guid'{list_id}')/RenderListDataAsStream?{fits}"


def documents_path(address: str, folder: str, view: str) -> str:
    """Return a view of the documents in a folder.

    Args:
        address: of the case, `cases/PER55/PER-2026-000123`; the library is that of the parent case.
        folder: the last part of the folder's id, `001`.
        view: id of the view.
    """
    library = f"/{address}/Dokumenter"
    listed = f"@listUrl='{_sharepoint(library)}'&View={quote(view)}"
    place = f"&RootFolder={_sharepoint(f'{library}/{folder}')}&FilterField1=CCMSubID&FilterValue1={folder}"
    return f"{address}/_api/web/GetList(@listUrl)/RenderListDataAsStream?{listed}{place}"


def next_page(path: str, answer: Fields) -> str:
    """Return the path of the next page of a view; empty after the last. `NextHref` begins with `?`."""
    following = answer.text("NextHref")
    return f"{path}&{following.lstrip('?')}" if following else ""


def _sharepoint(path: str) -> str:
    return quote(path, safe="/").replace("-", "%2D")


def document_of(row: Fields, case_id: str, folder: Folder, *, journaled: bool) -> FiledDocument:
    """Return a document of a view."""
    document_id = row.text("DocID")
    name = row.text("FileRef").rpartition("/")[2] or row.text("FileLeafRef.Name", "FileLeafRef")
    keyed = _KEYED.fullmatch(name)
    return FiledDocument(
        document_id=document_id,
        case_id=case_id,
        title=row.text("Title") or name.rpartition(".")[0],
        direction=_DIRECTIONS.get(row.text("Korrespondance").lower(), ""),
        document_date=_day(row.text("Dato")),
        state=DocumentState.JOURNALED if journaled else DocumentState.DRAFT,
        key=keyed[1] if keyed else "",
        folder_id=folder.folder_id,
        folder=folder.title,
        files=(StoredFile(document_id, name, name.rpartition(".")[2].lower() if "." in name else ""),),
    )


def _day(written: str) -> dt.date | None:
    match = _DANISH_DAY.match(written)
    return day_of(f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else written)


def metadata_of(answer: Fields, name: str) -> Mapping[str, str]:
    """Return the attributes (`ows_...`) of a `<z:row/>` that an answer holds as text; empty when it is none."""
    try:
        root = etree.fromstring(answer.text(name).encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return {}
    return {str(attribute): str(value) for attribute, value in root.attrib.items()}


def file_name(entry: Entry) -> str:
    """Return the name under which a file is added: it carries the key, and nothing that SharePoint refuses.

    >>> from connectors.records.protocol import Case
    >>> file_name(Entry("k-1", Case("1"), "Brev: a/b", "x.pdf", b""))
    'Brev_ a_b (k-1).pdf'
    """
    stem, dot, extension = entry.file_name.rpartition(".")
    title = " ".join(_UNFIT.sub("_", entry.title or stem).split()).strip(" .")[:80] or "Dokument"
    return f"{title} ({entry.key}){dot}{_UNFIT.sub('_', extension)}"


def metadata_for(entry: Entry) -> str:
    """Return what is said of a new document, as `<z:row/>`."""
    day = entry.document_date or dt.datetime.now(tz=dt.UTC).date()
    said = {"ows_Title": entry.title, "ows_Dato": f"{day:%d-%m-%Y}", "ows_Korrespondance": _WORDS[entry.direction]}
    attributes = " ".join(f'{name}="{escape(value, _QUOTE)}"' for name, value in said.items())
    return f"<z:row xmlns:z='#RowsetSchema' {attributes}/>"
