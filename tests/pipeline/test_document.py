"""One document through all steps, with engines that a test controls."""

import dataclasses
import datetime as dt

import pytest

from models.corpus.render.scan_pdf import write_scan_pdf
from pipeline.attribute import People
from pipeline.document import Tools, read_document
from pipeline.ocr.engine import Recognised
from sagstjek.cpr import Cpr
from sagstjek.people import Employment
from sagstjek.settings import Settings
from sagstjek.shapes import CprBasis, Document, Reason, Status, TextSource
from tests.doubles.classifiers import ScriptedClassifier
from tests.doubles.engines import RaisingEngine, ScriptedEngine, garbage_engine
from tests.pipeline import samples

AASE = Cpr("2512489996")
PEOPLE = People.of((Employment("1", AASE, "Åse Sørensen", dt.date(2010, 1, 4)),))
DOCUMENT = Document("1", "files/x", case_id="c", case_cpr=AASE, title="Brev")
PLAIN = "\n".join(line.lstrip("#-> ") for line in samples.LETTER.splitlines())


def tools(engine=None, classifier=None, **settings):
    classifier = classifier or ScriptedClassifier({"advarsel": ("advarsel", 0.97)})
    return Tools(
        engine or ScriptedEngine(PLAIN),
        classifier,
        classifier,
        PEOPLE,
        dataclasses.replace(Settings(), **settings),
        b"k",
    )


def read(data, **changes):
    return read_document(DOCUMENT, data, tools(**changes)).parts


@pytest.mark.parametrize("make", [samples.pdf, samples.docx, samples.doc, samples.tiff, samples.odt])
def test_a_letter_in_any_format(make):
    (part,) = read(make())
    assert (part.type, part.status, part.reason) == ("advarsel", Status.ACCEPTED, None)
    assert (part.cpr, part.cpr_basis, part.misfiled) == (AASE, CprBasis.TEXT, False)
    assert part.document_date == dt.date(2011, 5, 3)
    assert part.fully_read


def test_a_scan_is_read_by_its_heads_when_they_settle_it():
    engine = ScriptedEngine(PLAIN)
    (part,) = read(samples.tiff(3), engine=engine)
    assert part.text_source is TextSource.OCR
    assert (part.first_page, part.last_page, part.pages, part.pages_read) == (1, 3, 3, 3)
    assert len(engine.sizes) == 3
    assert all(height < width for width, height in engine.sizes)


def test_what_is_not_settled_is_read_to_the_end():
    engine = ScriptedEngine("intet af betydning her i dag, den 3. maj 2011")
    (part,) = read(samples.tiff(2, samples.footed()), engine=engine)
    assert (part.status, part.reason, part.fully_read) == (Status.REVIEW, Reason.LOW_CONFIDENCE, True)
    assert len(engine.sizes) == 4
    assert part.candidates == ("andet", "cv")


def test_full_reading_reads_every_page():
    engine = ScriptedEngine(PLAIN)
    read(samples.tiff(3, samples.footed()), engine=engine, reading="full")
    heights = [height for _, height in engine.sizes]
    assert len(heights) == 6
    assert sum(heights) == 3 * samples.footed().height


def test_a_text_layer_needs_no_engine():
    (part,) = read(samples.pdf(), engine=RaisingEngine())
    assert (part.text_source, part.status) == (TextSource.TEXT, Status.ACCEPTED)


def test_a_bundle_is_split_and_numbered():
    classifier = ScriptedClassifier({"advarsel": ("advarsel", 0.97)}, first_words=("Køben",))
    parts = read(samples.pdf(3), classifier=classifier)
    assert [(p.number, p.first_page, p.last_page) for p in parts] == [(1, 1, 1), (2, 2, 2), (3, 3, 3)]


def test_members_become_parts_with_names():
    inner = samples.zipped({"b.pdf": samples.pdf(), "tom.pdf": b""})
    parts = read(samples.zipped({"a.docx": samples.docx(), "inde.zip": inner}))
    assert [(p.number, p.member, p.reason) for p in parts] == [
        (1, "a.docx", None),
        (2, "inde.zip/b.pdf", None),
        (3, "inde.zip/tom.pdf", Reason.EMPTY),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", Reason.EMPTY), (b"\x00\x01\x02\xff" * 99, Reason.UNSUPPORTED), (samples.pdf()[:200], Reason.DAMAGED)],
)
def test_what_cannot_be_read_is_a_value(data, reason):
    (part,) = read(data)
    assert (part.status, part.reason, part.type, part.fully_read) == (Status.UNREADABLE, reason, "", False)


def test_rubbish_is_never_accepted():
    classifier = ScriptedClassifier({"": ("advarsel", 0.99)})
    (part,) = read(samples.tiff(1), engine=garbage_engine(), classifier=classifier)
    assert (part.status, part.reason) == (Status.REVIEW, Reason.POOR_TEXT)


def test_a_scan_without_a_word_is_unreadable_not_empty():
    (part,) = read(samples.tiff(1), engine=ScriptedEngine(""))
    assert (part.status, part.reason) == (Status.UNREADABLE, Reason.NO_TEXT)


def test_blank_pages_only():
    blank = samples.picture("TIFF", samples.bilevel().point(lambda _: 255))
    (part,) = read(blank)
    assert part.reason is Reason.EMPTY


def test_a_page_of_handwriting_inside_a_pile_leaves_it_not_fully_read():
    @dataclasses.dataclass
    class SecondUnreadable(ScriptedEngine):
        def recognise(self, image, dpi, mode=3):
            self.sizes.append(image.size)
            return Recognised("", 0.0) if len(self.sizes) > 1 else Recognised(PLAIN, 0.9)

    (part,) = read(samples.tiff(2), engine=SecondUnreadable())
    assert not part.fully_read


def test_a_stamp_over_a_scan_is_not_its_text():
    stamp = "Journaliseret i ESDH den 3. maj 2011 af personaleafdelingen på rådhuset"
    scan = write_scan_pdf([samples.bilevel()], [stamp])
    (part,) = read(scan)
    assert (part.type, part.text_source) == ("advarsel", TextSource.OCR)


def test_the_signature_of_a_mail_is_no_document():
    signature = bytes.fromhex("3080 06092a864886f70d010702 a080") + bytes(900)
    parts = read(samples.zipped({"smime.p7s": signature, "brev.pdf": samples.pdf()}))
    assert [part.member for part in parts] == ["brev.pdf"]


def test_limits_end_in_a_reason():
    deep = samples.pdf()
    for _ in range(4):
        deep = samples.zipped({"x.zip": deep})
    (part,) = read(deep, max_depth=2)
    assert part.reason is Reason.TOO_DEEP
    parts = read(samples.zipped({f"{n}.txt": b"advarsel i dag" for n in range(9)}), max_members=4)
    assert Reason.TOO_MANY in {p.reason for p in parts}


def test_page_limit_leaves_the_rest_unknown():
    (part,) = read(samples.pdf(4), max_pages=2)
    assert not part.fully_read


def test_pictures_of_signatures_are_no_documents():
    logo = samples.picture("PNG", samples.page().crop((0, 0, 90, 60)))
    parts = read(samples.zipped({"logo.png": logo, "brev.pdf": samples.pdf()}))
    assert [part.member for part in parts] == ["brev.pdf"]


def test_same_bytes_same_reading_and_version_tells_what_it_rests_on():
    first, second = (read_document(DOCUMENT, samples.pdf(), tools()) for _ in "ab")
    assert dataclasses.replace(first, seconds=0) == dataclasses.replace(second, seconds=0)
    assert tools().version != tools(reading="full").version
    assert tools().version != tools(max_pages=9).version
    assert tools().version != tools(classifier=ScriptedClassifier({}, evidence_id="other")).version
    assert tools().deciding != tools(classifier=ScriptedClassifier({}, model_id="other")).deciding
    assert tools().deciding != tools(accept_at=0.5).deciding
