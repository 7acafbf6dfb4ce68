"""Messages, and messages within messages, as Outlook and MIME readers see them."""

import datetime as dt
import email
import email.policy
import io
import zipfile

import extract_msg

from models.corpus.render.mail import Mail, write_eml
from models.corpus.render.msg import write_msg
from models.corpus.render.packing import write_zip

SENT = dt.datetime(2019, 5, 10, 8, 16, tzinfo=dt.UTC)
INNER = Mail(
    "Børneattest", ("Åse Ærø", "a@b.example"), ("HR", "hr@b.example"), SENT, "Hej\nVh", (("Æble.pdf", b"%PDF"),)
)
ARCHIVE = write_zip([("Bilag 1.txt", b"hej")])
OUTER = Mail(
    "VS: Attest", ("HR", "hr@b.example"), ("Bo", "bo@b.example"), SENT, "Se her", (("Indre", INNER), ("z.zip", ARCHIVE))
)


def test_msg_with_a_message_and_an_archive_in_it():
    mail = extract_msg.openMsg(write_msg(OUTER))
    assert (mail.subject, mail.body, mail.date) == ("VS: Attest", "Se her", SENT)
    assert mail.sender == "HR <hr@b.example>"
    assert mail.to == "Bo <bo@b.example>"
    nested, archive = mail.attachments
    assert (nested.name, nested.data.subject, nested.data.sender) == (
        "Indre.msg",
        "Børneattest",
        "Åse Ærø <a@b.example>",
    )
    assert [(a.name, a.data) for a in nested.data.attachments] == [("Æble.pdf", b"%PDF")]
    assert zipfile.ZipFile(io.BytesIO(archive.data)).read("Bilag 1.txt") == b"hej"


def test_eml_with_a_message_and_an_archive_in_it():
    mail = email.message_from_bytes(write_eml(OUTER), policy=email.policy.default)
    assert mail["subject"] == "VS: Attest"
    assert mail["to"] == "Bo <bo@b.example>"
    names = [part.get_filename() for part in mail.walk() if part.get_filename()]
    assert names == ["Indre", "Æble.pdf", "z.zip"]
    assert mail.get_body(("plain",)).get_content().strip() == "Se her"


def test_same_mail_same_bytes():
    assert write_msg(OUTER) == write_msg(OUTER)
    assert write_eml(OUTER) == write_eml(OUTER)
