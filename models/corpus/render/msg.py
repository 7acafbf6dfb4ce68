"""Outlook messages (.msg), property by property.

Source: [MS-OXMSG] Outlook Item (.msg) File Format; property tags of [MS-OXPROPS]. Only what a reader
needs is there: subject, sender, recipient, times, plain body, attachments and messages within messages.
"""

import datetime as dt
import struct
from collections.abc import Iterator

from models.corpus.render.mail import Mail
from models.corpus.render.ole import write_ole

_CLSID = bytes.fromhex("0b0d020000000000c000000000000046")
_LONG, _TEXT, _BINARY, _TIME, _OBJECT = 0x0003, 0x001F, 0x0102, 0x0040, 0x000D
_READABLE_WRITABLE = 6
_BY_VALUE, _EMBEDDED = 1, 5  # PidTagAttachMethod
_TO = 1  # PidTagRecipientType
_UNICODE = 0x40000  # PidTagStoreSupportMask: strings are UTF-16
_FILETIME_START = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_NAMES = {f"__nameid_version1.0/__substg1.0_000{n}0102": b"" for n in (2, 3, 4)}
Streams = Iterator[tuple[str, bytes]]


class _Properties:
    """The fixed part of one object's properties, and the streams of the others."""

    def __init__(self) -> None:
        self.entries: list[bytes] = []
        self.streams: list[tuple[str, bytes]] = []

    def long(self, tag: int, value: int) -> None:
        """Add a number."""
        self._fixed(tag, _LONG, struct.pack("<LL", value, 0))

    def time(self, tag: int, when: dt.datetime) -> None:
        """Add a moment, in 100 ns since 1601."""
        microseconds = (when - _FILETIME_START) // dt.timedelta(microseconds=1)
        self._fixed(tag, _TIME, struct.pack("<Q", microseconds * 10))

    def text(self, tag: int, value: str) -> None:
        """Add a string; its size counts the closing zero, which is not stored."""
        data = value.encode("utf-16-le")
        self._fixed(tag, _TEXT, struct.pack("<LL", len(data) + 2, 0))
        self.streams.append((f"__substg1.0_{tag:04X}{_TEXT:04X}", data))

    def binary(self, tag: int, data: bytes) -> None:
        """Add bytes."""
        self._fixed(tag, _BINARY, struct.pack("<LL", len(data), 0))
        self.streams.append((f"__substg1.0_{tag:04X}{_BINARY:04X}", data))

    def embedded(self, tag: int) -> None:
        """Add an object that is stored in a storage of its own."""
        self._fixed(tag, _OBJECT, struct.pack("<LL", 0xFFFFFFFF, 1))

    def _fixed(self, tag: int, kind: int, value: bytes) -> None:
        self.entries.append(struct.pack("<HHL", kind, tag, _READABLE_WRITABLE) + value)

    def under(self, place: str, head: bytes) -> Streams:
        """Yield the streams of this object below a storage path."""
        yield f"{place}__properties_version1.0", head + b"".join(self.entries)
        for name, data in self.streams:
            yield f"{place}{name}", data


def write_msg(mail: Mail) -> bytes:
    """Return the message as Outlook saves it; same input, same bytes."""
    return write_ole({**_NAMES, **dict(_message(mail, "", top=True))}, _CLSID)


def _message(mail: Mail, place: str, *, top: bool) -> Streams:
    yield from _envelope(mail).under(place, _head(mail, top=top))
    yield from _recipient(mail).under(f"{place}__recip_version1.0_#00000000/", bytes(8))
    for number, (name, content) in enumerate(mail.attachments):
        box = f"{place}__attach_version1.0_#{number:08X}/"
        yield from _attachment(number, name, content).under(box, bytes(8))
        if isinstance(content, Mail):
            yield from _message(content, f"{box}__substg1.0_3701{_OBJECT:04X}/", top=False)


def _head(mail: Mail, *, top: bool) -> bytes:
    counts = struct.pack("<8xLLLL", 1, len(mail.attachments), 1, len(mail.attachments))
    return counts + bytes(8) if top else counts


def _envelope(mail: Mail) -> _Properties:
    name, address = mail.sender
    p = _Properties()
    p.text(0x001A, "IPM.Note")
    p.text(0x0037, mail.subject)
    p.text(0x0070, mail.subject)
    for tag in (0x0042, 0x0C1A):  # on whose behalf, and who sent
        p.text(tag, name)
    for tag in (0x0064, 0x0C1E):
        p.text(tag, "SMTP")
    for tag in (0x0065, 0x0C1F, 0x5D01):
        p.text(tag, address)
    p.text(0x0E04, mail.recipient[0])
    p.text(0x1000, mail.body.replace("\n", "\r\n"))
    for tag in (0x0039, 0x0E06, 0x3007, 0x3008):  # sent, delivered, created, changed
        p.time(tag, mail.sent)
    p.long(0x340D, _UNICODE)
    p.long(0x0E07, 1)  # read
    return p


def _recipient(mail: Mail) -> _Properties:
    name, address = mail.recipient
    p = _Properties()
    p.long(0x0C15, _TO)
    p.long(0x3000, 0)
    p.text(0x3001, name)
    p.text(0x3002, "SMTP")
    p.text(0x3003, address)
    p.text(0x39FE, address)
    return p


def _attachment(number: int, name: str, content: bytes | Mail) -> _Properties:
    p = _Properties()
    p.long(0x0E21, number)
    p.text(0x3001, name)
    if isinstance(content, Mail):
        p.long(0x3705, _EMBEDDED)
        p.embedded(0x3701)
        return p
    p.long(0x3705, _BY_VALUE)
    p.text(0x3703, f".{name.rpartition('.')[2]}")
    p.text(0x3704, name[:8])
    p.text(0x3707, name)
    p.binary(0x3701, content)
    return p
