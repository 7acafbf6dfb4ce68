"""eml and msg, which show the same mail alike."""

import dataclasses
from collections.abc import Callable

import pytest

from models.corpus.render.mail import Mail, write_eml
from models.corpus.render.msg import write_msg
from pipeline.identify import identify
from pipeline.read.content import Limits
from pipeline.read.opening import open_content
from sagstjek.settings import Settings
from sagstjek.shapes import Reason
from tests.pipeline import samples

LIMITS = Limits.of(Settings())
FORMS = pytest.mark.parametrize(("media", "write"), [("eml", write_eml), ("msg", write_msg)])


@FORMS
def test_headers_and_body(media: str, write: Callable[[Mail], bytes]) -> None:
    content = open_content(write(samples.MAIL), media, LIMITS)
    lines = content.pages[0].layer().splitlines()
    assert lines[0].startswith("Fra: ")
    assert "Bo Østergård" in lines[0]
    assert "Til: " in lines[1]
    assert "Åse Sørensen" in lines[1]
    assert lines[2] == "Emne: Skriftlig advarsel"
    assert lines[3].startswith("Sendt: 03-05-2011 ")
    assert lines[4:6] == ["", "-> Københavns Kommune, 3. maj 2011"]
    assert content.properties["subject"] == "Skriftlig advarsel"


@FORMS
def test_attachments_and_mails_within_mails(media: str, write: Callable[[Mail], bytes]) -> None:
    inner = dataclasses.replace(samples.MAIL, subject="Den inderste", attachments=(("dybt.pdf", samples.pdf()),))
    outer = dataclasses.replace(
        samples.MAIL, attachments=(("CV æøå.docx", samples.docx()), ("Den inderste.msg", inner))
    )
    cv, mail = open_content(write(outer), media, LIMITS).attachments
    assert (cv.name, cv.data) == ("CV æøå.docx", samples.docx())
    assert identify(mail.data) == media
    opened = open_content(mail.data, media, LIMITS)
    assert "Emne: Den inderste" in opened.pages[0].layer()
    (deep,) = opened.attachments
    assert (deep.name, deep.data) == ("dybt.pdf", samples.pdf())


@FORMS
def test_too_many_and_too_large(media: str, write: Callable[[Mail], bytes]) -> None:
    data = write(
        dataclasses.replace(samples.MAIL, attachments=(("a.txt", b"a" * 900), ("b.txt", b"b"), ("c.txt", b"c")))
    )
    content = open_content(data, media, dataclasses.replace(LIMITS, max_members=2, max_member_bytes=100))
    assert content.truncated
    assert [attachment.reason for attachment in content.attachments] == [Reason.TOO_LARGE, None, Reason.TOO_MANY]


def eml(*lines: str) -> str:
    return open_content("\r\n".join(lines).encode("latin-1"), "eml", LIMITS).pages[0].layer()


def test_html_only() -> None:
    text = eml(
        "From: a@b.example", "Subject: =?iso-8859-1?Q?Opsigelse_fra_=C5se?=", "MIME-Version: 1.0",
        "Content-Type: text/html; charset=iso-8859-1", "", "<p>Kære Bo<br>Jeg siger op</p><p>blå</p>",
    )  # fmt: skip
    assert "Emne: Opsigelse fra Åse" in text
    assert text.endswith("Kære Bo\nJeg siger op\nblå")


def test_the_html_form_of_the_body_is_no_attachment() -> None:
    data = (
        b'From: a@b.example\r\nTo: c@d.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="x"\r\n\r\n'
        b"--x\r\nContent-Type: text/plain\r\n\r\nhej\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>hej</p>\r\n--x--\r\n"
    )
    content = open_content(data, identify(data), LIMITS)
    assert content.pages[0].layer().endswith("hej")
    assert not content.attachments
    assert not content.damaged
    assert open_content(data[:-8], "eml", LIMITS).damaged


@pytest.mark.parametrize("charset", ["utf-8", "findes-ikke"])
def test_a_wrong_charset(charset: str) -> None:
    text = eml("From: a@b.example", "Subject: x", f"Content-Type: text/plain; charset={charset}", "", "Kære Åse")
    assert text.endswith("Kære Åse")


def test_an_empty_mail_shows_its_headers() -> None:
    assert (
        eml("From: a@b.example", "Subject: Min opsigelse", "Date: nonsens", "", "")
        == "Fra: a@b.example\nEmne: Min opsigelse"
    )
