import io
from collections.abc import Callable
from random import Random

import numpy as np
import pypdf
import pytest
from PIL import Image
from pypdf.annotations import FreeText
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from models.corpus.render.scan_pdf import junk_layer, write_scan_pdf
from pipeline.read.content import Content, Limits
from pipeline.read.opening import open_content
from sagstjek.errors import DocumentError
from sagstjek.settings import Settings
from sagstjek.shapes import Reason
from tests.pipeline import samples

LIMITS = Limits.of(Settings())
A4 = (595.0, 842.0)


def read(data: bytes) -> Content:
    return open_content(data, "pdf", LIMITS)


def drawn(draw: Callable[[Canvas], object], size: tuple[float, float] = A4) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=size)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def changed(data: bytes, change: Callable[[pypdf.PdfWriter], object]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    change(writer)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def likeness(one: Image.Image | None, other: Image.Image) -> float:
    """Correlation of two pictures, made small."""
    assert one is not None
    size = (100, round(100 * other.height / other.width))
    a, b = (np.asarray(image.convert("L").resize(size, Image.Resampling.BOX), float).ravel() for image in (one, other))
    return float(np.corrcoef(a, b)[0, 1])


def test_the_text_layer_has_lines() -> None:
    lines = read(samples.pdf()).pages[0].layer().splitlines()
    assert lines[:2] == ["Københavns Kommune, 3. maj 2011", "Skriftlig advarsel"]


def test_pages_and_properties() -> None:
    content = read(samples.pdf(3))
    assert len(content.pages) == 3
    assert content.paged
    assert content.properties["producer"]
    assert content.pages[0].aspect == pytest.approx(595 / 842, abs=0.001)


@pytest.mark.parametrize("kind", ["bilevel", "grey", "colour"])
@pytest.mark.parametrize("layer", ["", samples.LETTER])
def test_a_scan_gives_the_picture_itself(kind: str, layer: str) -> None:
    page = {"bilevel": samples.bilevel(300), "grey": samples.page(300), "colour": samples.page(300).convert("RGB")}[
        kind
    ]
    source = read(write_scan_pdf([page], [layer] if layer else [], dpi=300)).pages[0]
    assert (source.layer() != "") == (layer != "")
    image = source.image(150)
    assert image is not None
    # halved, not rendered: rounding of the rendered size would differ
    assert image.size == (-(-page.width // 2), -(-page.height // 2))
    assert likeness(image, page) > 0.98
    assert source.image(300).size == page.size


def test_a_junk_layer_is_given_as_it_is() -> None:
    junk = junk_layer(samples.LETTER, Random(1))
    assert read(write_scan_pdf([samples.page()], [junk])).pages[0].layer().strip()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_pictures_and_pages_that_are_turned(rotation: int, turned: int) -> None:
    page = samples.page(100)
    # the picture is stored turned clockwise, placed turned back, and the page is shown turned
    stored = page.rotate(-turned, expand=True)
    width, height = A4

    def place(canvas: Canvas) -> None:
        reader = ImageReader(stored.convert("RGB"))
        moves = {0: (0, 0), 90: (width, 0), 180: (width, height), 270: (0, height)}
        canvas.translate(*moves[turned])
        canvas.rotate(turned)
        canvas.drawImage(reader, 0, 0, *((width, height) if turned % 180 == 0 else (height, width)))

    data = changed(drawn(place), lambda writer: writer.pages[0].rotate(rotation))
    source = read(data).pages[0]
    image = source.image(100)
    assert likeness(image, page.rotate(-rotation, expand=True)) > 0.98
    assert image.size in ((page.width, page.height), (page.height, page.width))
    assert source.aspect == pytest.approx(image.width / image.height, abs=0.01)


def test_a_mirrored_picture_is_rendered() -> None:
    page = samples.page(100)

    def place(canvas: Canvas) -> None:
        canvas.translate(A4[0], 0)
        canvas.scale(-1, 1)
        canvas.drawImage(ImageReader(page.transpose(Image.Transpose.FLIP_LEFT_RIGHT)), 0, 0, *A4)

    assert likeness(read(drawn(place)).pages[0].image(100), page) > 0.95


def test_what_is_written_on_a_scan_is_seen() -> None:
    def place(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (800, 1100), 255)), 0, 0, *A4)
        canvas.setFont("Helvetica", 60)
        canvas.drawString(50, 400, "MODTAGET")

    image = read(drawn(place)).pages[0].image(100)
    assert image.getextrema()[0] < 50


def test_a_picture_on_a_part_of_the_page_is_rendered_with_the_rest() -> None:
    data = drawn(lambda canvas: canvas.drawImage(ImageReader(samples.page(100)), 100, 100, 200, 300))
    assert read(data).pages[0].image(72).size == (595, 842)


def test_a_stencil_is_black_on_white() -> None:
    data = write_scan_pdf([samples.bilevel(100)], dpi=100)
    stencil = data.replace(
        b"/ColorSpace /DeviceGray /BitsPerComponent 1 ", b"/ImageMask true /BitsPerComponent 1      "
    )
    assert likeness(read(stencil).pages[0].image(100), samples.page(100)) > 0.95


def test_form_fields_and_notes_are_read() -> None:
    def form(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "Navn:")
        canvas.acroForm.textfield(name="navn", value="Gitte Udfyldt", x=150, y=690, width=200, height=20)
        canvas.acroForm.checkbox(name="ja", checked=True, x=100, y=600)

    text = read(drawn(form)).pages[0].layer()
    assert "Navn:" in text
    assert "Gitte Udfyldt" in text


def test_a_note_put_on_the_page_is_seen() -> None:
    blank = drawn(lambda canvas: canvas.drawString(50, 800, "."))
    note = FreeText(text="NOTAT", rect=(50, 400, 400, 500), font_size="40pt", font_color="000000")
    data = changed(blank, lambda writer: writer.add_annotation(0, note))
    assert read(data).pages[0].image(72) is not None


def test_attached_files() -> None:
    data = changed(samples.pdf(), lambda writer: writer.add_attachment("bilag.txt", samples.LETTER.encode()))
    (attachment,) = read(data).attachments
    assert (attachment.name, attachment.data.decode()) == ("bilag.txt", samples.LETTER)


def test_a_password() -> None:
    data = changed(samples.pdf(), lambda writer: writer.encrypt("hemmeligt"))
    with pytest.raises(DocumentError) as error:
        read(data)
    assert error.value.reason is Reason.ENCRYPTED


def test_only_printing_is_forbidden() -> None:
    data = changed(samples.pdf(), lambda writer: writer.encrypt("", owner_password="ejer"))
    assert samples.WORD in read(data).pages[0].layer()


def test_a_broken_page_leaves_the_others() -> None:
    data = write_scan_pdf([samples.page(100), samples.page(100)], dpi=100)
    first = data.index(b"/DCTDecode")
    start = data.index(b"stream\n", first) + 7
    broken = data[:start] + b"\x13" * 2000 + data[start + 2000 :]
    one, other = read(broken).pages
    assert other.image(100) is not None
    assert other.reason is None
    assert one.image(100) is None
    assert one.reason is Reason.DAMAGED


def test_a_cut_file_is_mended_but_called_damaged() -> None:
    data = samples.pdf(3)
    assert read(data[: data.rindex(b"startxref")]).damaged
    assert not read(data + b"\0" * 10000).damaged
