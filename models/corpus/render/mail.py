"""A mail as data, and as MIME (.eml)."""

import datetime as dt
import email.policy
from dataclasses import dataclass, field
from email.message import EmailMessage, MIMEPart
from email.utils import format_datetime

_KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "tif": "image/tiff",
    "jpg": "image/jpeg",
    "zip": "application/zip",
    "msg": "application/vnd.ms-outlook",
}
_POLICY = email.policy.SMTP.clone(cte_type="8bit")


@dataclass(frozen=True, slots=True)
class Mail:
    """One message. `attachments` are named bytes or whole messages with the name they are shown under."""

    subject: str = field(repr=False)
    sender: tuple[str, str] = field(repr=False)
    recipient: tuple[str, str] = field(repr=False)
    sent: dt.datetime
    body: str = field(repr=False)
    attachments: tuple[tuple[str, "bytes | Mail"], ...] = field(default=(), repr=False)


def write_eml(mail: Mail) -> bytes:
    """Return the message as MIME; same input, same bytes."""
    return _message(mail, "1").as_bytes()


def _message(mail: Mail, mark: str) -> EmailMessage:
    message = EmailMessage(_POLICY)
    message["From"] = _address(mail.sender)
    message["To"] = _address(mail.recipient)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.sent)
    message["Message-ID"] = f"<{mail.sent:%Y%m%d%H%M%S}.{mark}@post.example>"
    message.set_content(mail.body, charset="utf-8")
    for number, (name, content) in enumerate(mail.attachments):
        if isinstance(content, Mail):
            message.add_attachment(_message(content, f"{mark}.{number}"), filename=name)
        else:
            main, sub = _KINDS.get(name.rpartition(".")[2].lower(), "application/octet-stream").split("/")
            message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    if message.is_multipart():
        _mark_boundary(message, mark)
    return message


def _mark_boundary(message: MIMEPart, mark: str) -> None:
    """Set the boundary, which the library would draw anew each time."""
    message.set_boundary(f"_={mark}=_NextPart_{mark}_")


def _address(who: tuple[str, str]) -> str:
    name, address = who
    quoted = name.replace('"', "").replace("\\", "")
    return f'"{quoted}" <{address}>'
