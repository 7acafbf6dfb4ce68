import struct

import pytest

from models.corpus.render.ole import write_ole
from pipeline.identify import identify
from pipeline.read.content import Limits
from pipeline.read.opening import open_content
from sagstjek.errors import DocumentError
from sagstjek.settings import Settings
from sagstjek.shapes import Reason
from tests.pipeline import samples

LIMITS = Limits.of(Settings())


def test_word_97_keeps_lines() -> None:
    lines = open_content(samples.doc(), "doc", LIMITS).pages[0].layer().splitlines()
    assert lines[:2] == ["Københavns Kommune, 3. maj 2011", "Skriftlig advarsel"]


def test_an_old_slide() -> None:
    text = "Skriftlig advarsel".encode("utf-16-le")
    atom = struct.pack("<HHL", 0, 0x0FA0, len(text)) + text  # TextCharsAtom, MS-PPT 2.9.42
    data = write_ole({"PowerPoint Document": atom.ljust(5000, b"\0")}, bytes(16))
    assert "Skriftlig advarsel" in open_content(data, identify(data), LIMITS).pages[0].layer()


def test_a_new_slide() -> None:
    slide = (
        '<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r>'
        "<a:t>Skriftlig advarsel</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>"
    )
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    data = samples.zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "_rels/.rels": rels.format(
                f'<Relationship Id="r1" Type="{kind}/officeDocument" Target="ppt/presentation.xml"/>'
            ).encode(),
            "ppt/presentation.xml": b'<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>',
            "ppt/_rels/presentation.xml.rels": rels.format(
                f'<Relationship Id="r1" Type="{kind}/slide" Target="slides/slide1.xml"/>'
            ).encode(),
            "ppt/slides/slide1.xml": slide.encode(),
        }
    )
    assert identify(data) == "pptx"
    assert "Skriftlig advarsel" in open_content(data, "pptx", LIMITS).pages[0].layer()


def test_a_rich_text_that_ends_too_early_is_damaged() -> None:
    content = open_content(samples.rtf()[:-60], "rtf", LIMITS)
    assert content.damaged
    assert "Skriftlig advarsel" in content.pages[0].layer()


def test_an_encrypted_open_document() -> None:
    data = samples.open_document("text", "", "<manifest:encryption-data/>")
    with pytest.raises(DocumentError) as error:
        open_content(data, identify(data), LIMITS)
    assert error.value.reason is Reason.ENCRYPTED


def test_a_panic_of_the_library_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    data = samples.xls()
    with pytest.raises(DocumentError):
        open_content(data[: int(len(data) * 0.99)], "xls", LIMITS)
    assert capfd.readouterr().err == ""
