import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.corpus.render.ole import write_ole
from pipeline.identify import identify
from tests.pipeline import samples

EVERY = samples.every()


@pytest.mark.parametrize("media", EVERY)
def test_real_files_are_known_by_content(media: str) -> None:
    assert identify(EVERY[media]) == media


@pytest.mark.parametrize("media", sorted(EVERY.keys() - {"txt", "html", "xml", "eml", "gif", "bmp"}))
@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
def test_a_cut_file_is_still_known(media: str, share: float) -> None:
    data = EVERY[media][: int(len(EVERY[media]) * share)]
    lost = {"docx": "zip", "xlsx": "zip", "doc": "ole", "xls": "ole", "msg": "ole"}.get(media)
    assert identify(data) in {media, lost}


def test_a_cut_docx_is_known_by_its_members() -> None:
    assert identify(samples.docx()[:-100]) == "docx"


@pytest.mark.parametrize("data", [b"", b"\0" * 5000, b" \r\n\t", b"\0\0 \n"])
def test_nothing_printed_is_empty(data: bytes) -> None:
    assert identify(data) == "empty"


def test_junk_before_the_header_of_a_pdf() -> None:
    assert identify(b"\r\nmime junk\n" + samples.pdf()) == "pdf"


@pytest.mark.parametrize(
    ("stream", "media"),
    [("EncryptedPackage", "encrypted_office"), ("PowerPoint Document", "ppt"), ("Book", "xls"), ("Noget", "unknown")],
)
def test_compound_files_by_their_streams(stream: str, media: str) -> None:
    assert identify(write_ole({stream: b"x" * 5000}, bytes(16))) == media


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
        (bytes(range(256)) * 40, "unknown"),
        ("Kære Åse, blå".encode("cp1252"), "txt"),
        ("Kære Åse".encode("utf-16"), "txt"),
        (("a" * 65535 + "å slut").encode(), "txt"),
        (b"Fra: Bo\r\nTil: \xc5se\r\nEmne: Ansoegning\r\n\r\nHej", "txt"),
        (b"From: a@b.example\r\nSubject: x\r\n\r\nhej", "eml"),
        (b"<html><body>hej</body></html>", "html"),
        (b"<?xml version='1.0'?><html xmlns='x'><p>hej</p></html>", "html"),
        (b"PK\x05\x06" + bytes(18), "zip"),
    ],
)
def test_marks(data: bytes, media: str) -> None:
    assert identify(data) == media


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"<?xml"]),
)
def test_never_raises(data: bytes, start: bytes) -> None:
    assert identify(start + data)
