import pytest

from pipeline.read.content import Limits
from pipeline.read.opening import open_content
from pipeline.read.text import html_text
from sagstjek.settings import Settings

LIMITS = Limits.of(Settings())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(encoding: str) -> None:
    data = "Kære Åse\r\nblåbærgrød".encode(encoding)
    assert open_content(data, "txt", LIMITS).pages[0].layer() == "Kære Åse\nblåbærgrød"


def test_html_as_a_browser_shows_it() -> None:
    page = (
        "<html><head><title>Løn</title><style>p {}</style></head><body><script>x()</script>A<b>B</b>\n C<!-- nej -->D"
        "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table><div><div>sidst&nbsp;&aelig;</div></div></body></html>"
    )
    assert html_text(page) == "Løn\nAB CD\n1\t2\n3\nsidst æ"


def test_the_encoding_that_a_page_names_does_not_matter() -> None:
    page = "<html><head><meta charset='iso-8859-1'></head><body>Kære Åse</body></html>"
    assert html_text(page) == "Kære Åse"
    assert open_content(page.encode("cp1252"), "html", LIMITS).pages[0].layer() == "Kære Åse"
    assert html_text("<?xml version='1.0' encoding='iso-8859-1'?><html><body>Kære Åse</body></html>") == "Kære Åse"


def test_deep_nesting() -> None:
    assert "inderst" in html_text("<div>" * 240 + "inderst")


def test_xml_follows_no_entities() -> None:
    data = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;<b>hej</b><c>dig</c></a>'
    assert open_content(data, "xml", LIMITS).pages[0].layer() == "&f;\nhej\ndig"
