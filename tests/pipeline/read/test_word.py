import io
import zipfile

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from models.corpus.render.packing import write_zip
from pipeline.identify import identify
from pipeline.read.content import Content, Limits
from pipeline.read.opening import open_content
from sagstjek.settings import Settings
from tests.pipeline import samples

LIMITS = Limits.of(Settings())
BOX = """<w:p {ns} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><mc:AlternateContent>
<mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>I tekstboksen</w:t></w:r></w:p></w:txbxContent></mc:Choice>
<mc:Fallback><w:txbxContent><w:p><w:r><w:t>I tekstboksen</w:t></w:r></w:p></w:txbxContent></mc:Fallback>
</mc:AlternateContent></w:r></w:p>"""
CONTROL = """<w:sdt {ns}><w:sdtContent><w:p><w:r><w:t>I </w:t></w:r><w:r><w:t>feltet</w:t></w:r>
<w:del><w:r><w:delText>slettet</w:delText></w:r></w:del></w:p></w:sdtContent></w:sdt>"""


def read(document: Document) -> Content:
    stream = io.BytesIO()
    document.save(stream)
    assert identify(stream.getvalue()) == "docx"
    return open_content(stream.getvalue(), "docx", LIMITS)


def test_everything_in_the_order_of_reading() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Brevhoved"
    document.sections[0].footer.paragraphs[0].text = "Sidefod"
    document.add_paragraph("Først")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("Dato", "Tid", "3. maj", "kl. 9"), strict=True):
        cell.text = text
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(BOX.format(ns=nsdecls("w"))))
    body.insert(len(body) - 1, parse_xml(CONTROL.format(ns=nsdecls("w"))))
    document.add_paragraph("Sidst").add_run("\tmed\nlinje")
    lines = read(document).pages[0].layer().splitlines()
    assert lines == [
        "Brevhoved", "Først", "Dato\tTid", "3. maj\tkl. 9", "I tekstboksen", "I feltet", "Sidst\tmed", "linje", "Sidefod",
    ]  # fmt: skip


def test_a_scan_pasted_into_word_is_an_attachment() -> None:
    document = Document()
    document.add_paragraph("Se vedlagte")
    document.add_picture(io.BytesIO(samples.picture("PNG")))
    content = read(document)
    (scan,) = content.attachments
    assert identify(scan.data) == "png"
    assert content.pages[0].layer() == "Se vedlagte"


def test_only_a_scan() -> None:
    document = Document()
    document.add_picture(io.BytesIO(samples.picture("JPEG")))
    content = read(document)
    assert (len(content.pages), len(content.attachments)) == (0, 1)


def test_logos_and_the_pictures_of_a_long_text_are_left_out() -> None:
    document = Document()
    document.add_picture(io.BytesIO(samples.picture("PNG", samples.page(100).crop((0, 0, 300, 100)))))
    document.add_paragraph("Kort")
    assert not read(document).attachments
    document.add_picture(io.BytesIO(samples.picture("PNG")))
    document.add_paragraph(samples.LETTER)
    assert not read(document).attachments


def test_a_document_with_macros() -> None:
    with zipfile.ZipFile(io.BytesIO(samples.docx())) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    plain, macros = (
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    data = write_zip([(name, data.replace(plain, macros)) for name, data in members])
    assert samples.WORD in open_content(data, "docx", LIMITS).pages[0].layer()


def test_properties() -> None:
    document = Document()
    document.add_paragraph("x")
    document.core_properties.title = "Advarsel"
    assert read(document).properties["title"] == "Advarsel"
