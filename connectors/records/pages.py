"""Error pages that come in a 200 where a file should be. Taken for the file, they would be read as the document."""

from typing import Final

from connectors.records.calling import IsPage

_WEB: Final = frozenset({"htm", "html", "xhtml", "mht", "mhtml", "aspx", ""})
_SAY_SO: Final = (b"HTTP Error 50", b"Document could not be converted", b"Service Unavailable", b"Bad Gateway")


def page_instead_of(extension: str) -> IsPage:
    """Return what tells a page of the server's from a file with this extension.

    >>> is_page = page_instead_of("pdf")
    >>> is_page("text/html", b"<html>..."), is_page("application/msword", b"<html>Word wrote this")
    (True, False)
    """

    def is_page(media_type: str, head: bytes) -> bool:
        says_page = "html" in media_type.lower()
        if says_page and extension.lower() not in _WEB:
            return True
        looks = says_page or head.lstrip()[:1] == b"<"
        return looks and any(words in head[:4096] for words in _SAY_SO)

    return is_page
