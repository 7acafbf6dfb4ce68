import traceback
import warnings

import pytest
from PIL import Image

from pipeline.read.seam import plain_name, seal, sealed
from sagstjek.errors import DocumentError
from sagstjek.shapes import Reason


@pytest.mark.parametrize(
    ("met", "reason"),
    [
        (ValueError("251248-9996"), Reason.DAMAGED),
        (RecursionError(), Reason.DAMAGED),
        (MemoryError(), Reason.OUT_OF_MEMORY),
        (NotImplementedError(), Reason.UNSUPPORTED),
        (DocumentError(Reason.ENCRYPTED), Reason.ENCRYPTED),
    ],
)
def test_any_exception_becomes_a_reason_without_its_text(met: Exception, reason: Reason) -> None:
    with pytest.raises(DocumentError) as error, sealed():
        raise met
    assert error.value.reason is reason
    assert "251248" not in "".join(traceback.format_exception(error.value))


def test_warnings_are_silent() -> None:
    with sealed():
        warnings.warn("Åse Sørensen", stacklevel=1)


class Page:
    """A page whose layer fails, and whose picture fails the first time."""

    def __init__(self) -> None:
        self.asked = 0

    @property
    def aspect(self) -> float:
        raise KeyError

    def layer(self) -> str:
        raise ValueError

    def image(self, dpi: int) -> Image.Image:
        self.asked += 1
        if self.asked == 1:
            raise DocumentError(Reason.TOO_LARGE)
        return Image.new("L", (dpi, dpi))


def test_a_page_never_raises_and_tells_why() -> None:
    (page,) = seal([Page()])
    assert (page.aspect, page.reason) == (0.0, None)
    assert (page.layer(), page.reason) == ("", Reason.DAMAGED)
    assert (page.image(100), page.reason) == (None, Reason.TOO_LARGE)
    assert page.image(50) is not None
    assert page.reason is None


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("a/b/c.pdf", "c.pdf"),
        ("..\\x.pdf", "x.pdf"),
        ("a\0b\r\n.pdf", "ab.pdf"),
        ("mappe/", "mappe"),
        ("", ""),
        ("æ" * 999, "æ" * 200),
    ],
)
def test_plain_names(name: str, label: str) -> None:
    assert plain_name(name) == label
