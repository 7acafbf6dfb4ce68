from dataclasses import replace
from random import Random

import pytest

from pipeline.identify import identify
from pipeline.read.content import Content, Limits
from pipeline.read.opening import open_content
from sagstjek.errors import DocumentError
from sagstjek.settings import Settings
from sagstjek.shapes import Reason
from tests.pipeline import samples

LIMITS = Limits.of(Settings())
EVERY = samples.every()
PICTURES = {"tiff", "jpeg", "png", "gif", "bmp", "webp"}


def content_or_reason(data: bytes, media: str) -> Content | Reason:
    try:
        return open_content(data, media, LIMITS)
    except DocumentError as error:
        return error.reason


def look_at_all(content: Content) -> int:
    """Ask every page for all it has; returns how many pages failed."""
    for page in content.pages:
        assert page.aspect >= 0
        page.layer()
        page.image(100)
    return sum(page.reason is not None for page in content.pages)


@pytest.mark.parametrize("media", EVERY)
def test_every_format_is_read(media: str) -> None:
    content = open_content(EVERY[media], media, LIMITS)
    assert content.media == media
    assert not content.damaged
    assert not content.truncated
    assert look_at_all(content) == 0
    if media in PICTURES:
        image = content.pages[0].image(200)
        assert image is not None
        assert image.mode == "L"
        assert content.pages[0].aspect == pytest.approx(210 / 297, abs=0.01)
    elif media == "zip":
        assert content.attachments[0].data.decode() == samples.LETTER
    else:
        assert samples.WORD in content.pages[0].layer()


@pytest.mark.parametrize("media", sorted(EVERY.keys() - {"txt", "html", "xml", "eml"}))
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_cut_file_is_an_error_or_damaged_and_never_another_exception(media: str, share: float) -> None:
    data = EVERY[media][: int(len(EVERY[media]) * share)]
    content = content_or_reason(data, media)
    if isinstance(content, Reason):
        assert content in (Reason.DAMAGED, Reason.NO_TEXT)
        return
    whole = open_content(EVERY[media], media, LIMITS)
    nothing_lost = [page.layer() for page in content.pages] == [page.layer() for page in whole.pages]
    assert look_at_all(content) or content.damaged or (nothing_lost and not content.paged)


@pytest.mark.parametrize("media", EVERY)
def test_flipped_bytes_never_give_another_exception(media: str) -> None:
    for seed in range(12):
        rng = Random(seed)
        data = bytearray(EVERY[media])
        for _ in range(1 + len(data) // 500):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            look_at_all(open_content(bytes(data), media, LIMITS))
        except DocumentError:
            continue


@pytest.mark.parametrize("media", sorted(EVERY.keys() - {"txt"}))
def test_the_bytes_of_another_format(media: str) -> None:
    content = content_or_reason(b"\x00\x01\x02 ikke det, den siger \xff\xfe" * 60, media)
    if isinstance(content, Reason):
        assert content in (Reason.DAMAGED, Reason.NO_TEXT)
    else:
        assert content.damaged or look_at_all(content) or media in ("html", "xml", "eml")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (bytes(100), Reason.EMPTY),
        (bytes(range(256)), Reason.UNSUPPORTED),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Reason.UNSUPPORTED),
        (samples.zipped({}), Reason.EMPTY),
        (samples.zipped({"[Content_Types].xml": b"x", "word/document.xml": b"x"}), Reason.DAMAGED),
    ],
)
def test_reasons(data: bytes, reason: Reason) -> None:
    with pytest.raises(DocumentError) as error:
        open_content(data, identify(data), LIMITS)
    assert error.value.reason is reason


def test_no_personal_word_in_repr() -> None:
    content = open_content(EVERY["txt"], "txt", LIMITS)
    assert "advarsel" not in repr(content) + repr(content.pages)
    assert "brev" not in repr(open_content(EVERY["zip"], "zip", LIMITS))


@pytest.mark.parametrize("media", ["pdf", "tiff"])
def test_pages_beyond_the_limit_are_told(media: str) -> None:
    data = samples.pdf(3) if media == "pdf" else samples.tiff(3)
    content = open_content(data, media, replace(LIMITS, max_pages=2))
    assert (len(content.pages), content.truncated) == (2, True)
    content = open_content(data, media, replace(LIMITS, max_pages=3))
    assert (len(content.pages), content.truncated) == (3, False)


@pytest.mark.parametrize("media", sorted(PICTURES - {"tiff"}))
def test_a_picture_with_too_many_pixels(media: str) -> None:
    with pytest.raises(DocumentError) as error:
        open_content(EVERY[media], media, replace(LIMITS, max_pixels=1000))
    assert error.value.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("media", ["tiff", "pdf"])
def test_a_page_with_too_many_pixels(media: str) -> None:
    page = open_content(EVERY[media], media, replace(LIMITS, max_pixels=1000)).pages[0]
    assert page.image(150) is None
    assert page.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("media", ["docx", "xlsx", "odt", "ods"])
def test_an_office_file_that_unpacks_to_too_much(media: str) -> None:
    with pytest.raises(DocumentError) as error:
        open_content(EVERY[media], media, replace(LIMITS, max_total_bytes=100))
    assert error.value.reason is Reason.TOO_LARGE
