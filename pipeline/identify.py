"""The real format of a file, by its content: the extension is only a claim."""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Final

import olefile

_HEAD: Final = 1024
_TEXT_SAMPLE: Final = 65536
_PRINTABLE: Final = 0.95
"""Share of printable characters from which bytes without another mark are text."""
_MAGIC: Final = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"{\\rtf", "rtf"),
)
_HEIC_BRANDS: Final = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
_BMP_HEADERS: Final = (12, 40, 52, 56, 64, 108, 124)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOST: Final = "directory lost"
_OLE_STREAMS: Final[Mapping[str, str]] = {
    "EncryptedPackage": "encrypted_office",
    "__properties_version1.0": "msg",
    "WordDocument": "doc",
    "PowerPoint Document": "ppt",
    "Workbook": "xls",
    "Book": "xls",
    _LOST: "ole",
}
_ZIP_FOLDERS: Final = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_ODF_KINDS: Final = ((b"opendocument.text", "odt"), (b"opendocument.spreadsheet", "ods"))
_LOCAL_NAME: Final = re.compile(rb"PK\x03\x04.{22}(..)(..)", re.DOTALL)
_MAIL_HEADER: Final = re.compile(
    r"(from|to|cc|subject|date|received|return-path|message-id|mime-version|content-type|"
    r"content-transfer-encoding|reply-to|delivered-to|x-[a-z-]+|thread-[a-z]+|dkim-signature):",
    re.IGNORECASE,
)
_HTML: Final = re.compile(
    r"\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body|meta|table|div|p)\b", re.IGNORECASE | re.DOTALL
)


def identify(data: bytes) -> str:
    """Return the media code of these bytes; never raises.

    pdf tiff jpeg png gif bmp webp heic docx doc xlsx xls pptx ppt encrypted_office odt ods rtf msg eml
    zip txt html xml empty unknown; ole for a compound file that is too broken to tell its kind.
    """
    if not data.strip(b"\0 \t\r\n\v\f"):
        return "empty"
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip(data)
    return _picture(data) or _pdf(data) or _text(data)


def _pdf(data: bytes) -> str:
    """Readers take a header within the first 1024 bytes (ISO 32000-1, implementation note 13)."""
    return "pdf" if b"%PDF-" in data[:_HEAD] else ""


def _picture(data: bytes) -> str:
    for magic, media in _MAGIC:
        if data.startswith(magic):
            return media
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return "heic"
    is_bmp = data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BMP_HEADERS
    return "bmp" if is_bmp else ""


def _ole(data: bytes) -> str:
    """By the streams at the root; for a broken directory by the names in the raw bytes."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            names = {entry[0] for entry in ole.listdir(streams=True, storages=True)}
            names |= {_LOST} if ole.parsing_issues else set()
    except Exception:  # noqa: BLE001 - olefile raises many kinds for a broken file
        names = {name for name in _OLE_STREAMS if name.encode("utf-16-le") in data} or {_LOST}
    return next((media for name, media in _OLE_STREAMS.items() if name in names), "unknown")


def _zip(data: bytes) -> str:
    """By the members; for a broken directory by the headers of the members that are there."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except Exception:  # noqa: BLE001 - zipfile raises many kinds for a broken file
        names = _local_names(data)
    if "[Content_Types].xml" in names:
        return next((media for folder, media in _ZIP_FOLDERS if any(n.startswith(folder) for n in names)), "zip")
    if names and names[0] == "mimetype":
        kind = data[38 : 38 + 80]  # stored first and without compression (OpenDocument 1.2, part 3, 3.3)
        return next((media for mark, media in _ODF_KINDS if mark in kind), "zip")
    return "zip"


def _local_names(data: bytes) -> list[str]:
    names = []
    for found in _LOCAL_NAME.finditer(data):
        length = int.from_bytes(found[1], "little")
        names.append(data[found.end() : found.end() + length].decode("utf-8", "replace"))
    return names


def _text(data: bytes) -> str:
    sample = data[:_TEXT_SAMPLE]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = sample.decode("utf-16", "replace")
    elif b"\0" in sample:
        return "unknown"
    else:
        text = _decoded(sample)
    printable = sum(char.isprintable() or char in "\r\n\t\f" for char in text)
    if printable < _PRINTABLE * len(text):
        return "unknown"
    start = text.lstrip("\ufeff \t\r\n")
    if _HTML.match(start):
        return "html"
    if start.startswith("<?xml"):
        return "html" if "<html" in start[:_HEAD].lower() else "xml"
    return "eml" if _is_mail(start) else "txt"


def _decoded(sample: bytes) -> str:
    try:
        return sample.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(sample) - 4 and len(sample) == _TEXT_SAMPLE:
            return sample[: error.start].decode("utf-8")  # the sample cuts a character
        return sample.decode("cp1252", "replace")


def _is_mail(text: str) -> bool:
    """Two known header lines before the first empty one, and nothing there that is not a header."""
    head = re.split(r"\r?\n\r?\n", text[:_TEXT_SAMPLE], maxsplit=1)[0]
    lines = [line for line in head.splitlines() if line[:1] not in (" ", "\t") and not line.startswith("From ")]
    known = sum(_MAIL_HEADER.match(line) is not None for line in lines)
    return known >= 2 and all(re.match(r"[!-9;-~]+:", line) for line in lines)
