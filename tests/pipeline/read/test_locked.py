import io
from random import Random

import msoffcrypto.format.ooxml
import pytest

from models.corpus.render.locked import lock_office
from pipeline.identify import identify
from pipeline.read.content import Limits
from pipeline.read.opening import open_content
from sagstjek.errors import DocumentError
from sagstjek.settings import Settings
from sagstjek.shapes import Reason
from tests.pipeline import samples

LIMITS = Limits.of(Settings())


@pytest.mark.parametrize("package", [samples.docx(), samples.xlsx()])
def test_a_password(package: bytes) -> None:
    data = lock_office(package, Random(1), "hemmeligt")
    assert identify(data) == "encrypted_office"
    with pytest.raises(DocumentError) as error:
        open_content(data, "encrypted_office", LIMITS)
    assert error.value.reason is Reason.ENCRYPTED


def test_a_workbook_that_excel_opens_without_asking() -> None:
    stream = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(samples.xlsx())).encrypt("VelvetSweatshop", stream)
    content = open_content(stream.getvalue(), identify(stream.getvalue()), LIMITS)
    assert content.media == "xlsx"
    assert "251248-9996" in content.pages[0].layer()


def test_word_97_with_a_password() -> None:
    data = bytearray(samples.doc())
    fib = data.index(b"\xec\xa5")
    data[fib + 11] |= 0x01  # fEncrypted, MS-DOC 2.5.2
    with pytest.raises(DocumentError) as error:
        open_content(bytes(data), "doc", LIMITS)
    assert error.value.reason is Reason.ENCRYPTED
