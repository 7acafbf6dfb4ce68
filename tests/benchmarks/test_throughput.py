"""The pure functions of the benchmark: levels, shares, figures, comparison."""

import importlib.util
from pathlib import Path

import pytest

from connectors.labels import Label
from jobs.evaluation.pairs import Pair
from sagstjek.cpr import Cpr
from sagstjek.shapes import Document, Extent, Page, Part, Status, TextSource, unreadable

pytest.importorskip("pdfplumber")
FILE = Path(__file__).parents[2] / "benchmarks" / "throughput.py"
NANCY = Cpr("2512489996")


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("throughput", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("extents", "finer", "level"),
    [
        ((), False, "text layer"),
        ((Extent.HEAD, Extent.WHOLE), False, "head"),
        ((Extent.WHOLE, Extent.WHOLE), False, "whole"),
        ((Extent.WHOLE,), True, "finer"),
    ],
)
def test_levels(bench, extents, finer, level):
    pages = [Page(1, source=TextSource.TEXT, extent=Extent.WHOLE)]
    pages += [Page(2, source=TextSource.OCR, extent=extent) for extent in extents]
    assert bench.level_of(pages, finer=finer) == level


def test_formats(bench):
    document = Document("1", "files/1.PDF")
    labels = (Label("cv", member="a.pdf", extra=(("format", "docx"),)), Label("cv", extra=(("format", "scan_pdf"),)))
    assert bench.format_of(document, labels) == "scan_pdf"
    assert bench.format_of(document, ()) == "pdf"


def test_right_parts_are_counted(bench):
    label = Label("cv", document_id="1", first_page=1, last_page=2, cpr=NANCY)
    part = Part(1, first_page=1, last_page=2, type="cv", pages=2, cpr=NANCY, status=Status.REVIEW)
    other = Part(1, first_page=1, last_page=1, type="mus", pages=1)
    pairs = [Pair("1", label, found) for found in (part, other, None, unreadable(1, "empty"))]
    assert bench.right_ones(iter(pairs)) == {"type": 1, "pages": 1, "person": 1}


def measured(bench, quick, plain, right):
    one = bench.Measured("tif", parts=2, pages=2, pages_read=2, levels=["whole", "head"])
    one.cpu = {"quick": quick, "full": 2 * quick, "plain": plain, "tuned": plain}
    one.engine = {"quick": quick / 2, "full": quick}
    one.right = {"quick": dict.fromkeys(("type", "pages", "person"), right)}
    one.right["full"] = dict.fromkeys(("type", "pages", "person"), 2)
    one.calls = [(100, 0.1), (200, 0.15)]
    return one


def test_figures_and_comparison(bench):
    found = [measured(bench, 1.0, 5.0, 2), measured(bench, 3.0, 15.0, 1)]
    figures = {"date": "2026-11-25", **bench.summarise(found)}
    assert figures["ratios"]["plain/quick"] == pytest.approx([5, 5, 5])
    assert figures["ratios"]["ocrmypdf/quick"] is None
    assert figures["engine_share_on_scans"] == pytest.approx(0.5)
    assert figures["documents_per_core_hour"]["quick"][0] == pytest.approx(1800)
    assert figures["levels"] == {"text layer": 0, "head": 2, "whole": 2, "finer": 0}
    assert figures["accuracy"]["type"]["points_lost"][0] == pytest.approx(25)
    assert figures["engine"]["milliseconds_a_character"] == pytest.approx(0.5)
    assert figures["formats"]["tif"]["median"]["quick"] == 2.0
    assert any("OCRmyPDF" in line and "not measured" in line for line in bench.table(figures))
    worse = {"date": "2026-11-26", **bench.summarise([measured(bench, 2.0, 5.0, 2), measured(bench, 6.0, 15.0, 1)])}
    assert any("+100 %" in line for line in bench.compared(worse, figures))
