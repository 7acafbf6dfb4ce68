"""Mail as it travels (RFC 5322, MIME): headers, body, attachments."""

import email
import email.policy
from collections.abc import Callable, Iterator
from datetime import datetime
from email import utils
from email.message import EmailMessage, Message
from functools import partial
from typing import Final

from pipeline.read.content import Content, Limits, flow
from pipeline.read.seam import sealed, take_out
from pipeline.read.text import decode, html_text
from sagstjek.errors import DocumentError

_HEADERS: Final = (("Fra", "from"), ("Til", "to"), ("Cc", "cc"), ("Emne", "subject"))


def read(data: bytes, media: str, limits: Limits) -> Content:
    """Return the mail as a person sees it, and what is attached."""
    mail = email.message_from_bytes(data, _class=EmailMessage, policy=email.policy.default)
    body = mail.get_body(("plain", "html"))
    lines = [f"{label}: {value}" for label, name in _HEADERS if (value := _header(mail, name))]
    sent = sent_line(_sent(mail))
    text = "\n".join((*lines, *([sent] if sent else []), "", _body(body)))
    attachments, more = take_out(_attached(mail, body), limits)
    properties = {"subject": _header(mail, "subject")}
    return flow(media, text, attachments, properties=properties, damaged=_is_broken(mail), truncated=more)


def sent_line(sent: datetime | None) -> str:
    """Return `Sendt: 03-05-2011 14:05`, or an empty string."""
    return f"Sendt: {sent:%d-%m-%Y %H:%M}" if sent else ""


def _header(mail: Message, name: str) -> str:
    """Return a header's text; one that is malformed is left out."""
    try:
        with sealed():
            return " ".join(str(mail.get(name, "")).split())
    except DocumentError:
        return ""


def _sent(mail: Message) -> datetime | None:
    try:
        with sealed():
            return utils.parsedate_to_datetime(str(mail["date"])) if mail["date"] else None
    except DocumentError:
        return None


def _body(part: Message | None) -> str:
    if part is None:
        return ""
    text = _text(part)
    return html_text(text) if part.get_content_subtype() == "html" else text


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    try:
        return data.decode(charset).replace("\r\n", "\n") if charset else decode(data)
    except (LookupError, UnicodeDecodeError):
        return decode(data)


def _attached(mail: EmailMessage, body: Message | None) -> Iterator[tuple[str, Callable[[int], bytes]]]:
    """Walk all parts but the containers and the shown body; small pictures of a signature come along."""
    stack: list[Message] = [mail]
    shown = _alternatives(mail, body)
    while stack:
        part = stack.pop()
        if part.get_content_maintype() == "message" and part is not mail:
            yield part.get_filename() or "besked.eml", partial(_message, part)
        elif part.is_multipart():
            stack.extend(reversed([child for child in part.get_payload() if isinstance(child, Message)]))
        elif id(part) not in shown:
            yield part.get_filename() or "", partial(_payload, part)


def _alternatives(mail: EmailMessage, body: Message | None) -> set[int]:
    """Return the parts that say the same as the body: the plain and the HTML form of it."""
    return {id(part) for kind in ("plain", "html") if (part := mail.get_body((kind,)))} | {id(body)}


def _message(part: Message, room: int) -> bytes:  # noqa: ARG001 - the signature of `take_out`
    inner = part.get_payload()
    return inner[0].as_bytes() if isinstance(inner, list) and isinstance(inner[0], Message) else _payload(part, 0)


def _payload(part: Message, room: int) -> bytes:  # noqa: ARG001 - the signature of `take_out`
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _is_broken(mail: Message) -> bool:
    """A part that does not end, or base64 that does not decode, was cut off."""
    broken = ("CloseBoundaryNotFoundDefect", "StartBoundaryNotFoundDefect", "InvalidBase64LengthDefect")
    return any(type(defect).__name__ in broken for part in mail.walk() for defect in part.defects)
