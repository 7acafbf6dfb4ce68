"""Outlook messages (MS-OXMSG) by extract-msg: headers, body, attachments."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

import extract_msg
from extract_msg.enums import ErrorBehavior

from pipeline.read.compound import is_whole
from pipeline.read.content import Content, Limits, flow
from pipeline.read.eml import sent_line
from pipeline.read.seam import take_out
from pipeline.read.text import decode, html_text

# Its log lines name files and senders.
logging.getLogger("extract_msg").setLevel(logging.CRITICAL + 1)


def read(data: bytes, media: str, limits: Limits) -> Content:
    """Return the message as a person sees it, and what is attached, messages too."""
    with extract_msg.openMsg(data, strict=False, errorBehavior=ErrorBehavior.SUPPRESS_ALL) as mail:
        headers = (("Fra", "sender"), ("Til", "to"), ("Cc", "cc"), ("Emne", "subject"))
        lines = [f"{label}: {value}" for label, name in headers if (value := _field(mail, name))]
        date = getattr(mail, "date", None)
        sent = sent_line(date if isinstance(date, datetime) else None)
        text = "\n".join((*lines, *([sent] if sent else []), "", _body(mail)))
        attachments, more = take_out(_attached(mail), limits)
        properties = {"subject": _field(mail, "subject")}
    return flow(media, text, attachments, properties=properties, damaged=not is_whole(data), truncated=more)


def _field(mail: extract_msg.MSGFile, name: str) -> str:
    return " ".join(str(getattr(mail, name, None) or "").replace("\0", "").split())


def _body(mail: extract_msg.MSGFile) -> str:
    """Return the plain body; where there is none, what the HTML body shows."""
    body = getattr(mail, "body", None)
    if body and body.strip():
        return str(body).replace("\r\n", "\n").replace("\0", "")
    page = getattr(mail, "htmlBody", None)
    return html_text(decode(page)) if page else ""


def _attached(mail: extract_msg.MSGFile) -> Iterator[tuple[str, Callable[[int], bytes]]]:
    for attachment in mail.attachments:
        yield str(attachment.name or ""), partial(_bytes, attachment)


def _bytes(attachment: extract_msg.AttachmentBase | extract_msg.SignedAttachment, room: int) -> bytes:  # noqa: ARG001 - the signature of `take_out`
    data = attachment.data
    if isinstance(data, extract_msg.MSGFile):
        inner: bytes = data.exportBytes()
        return inner
    if not isinstance(data, bytes):
        raise NotImplementedError  # a link into the web, or an object that only Outlook can show
    return data
