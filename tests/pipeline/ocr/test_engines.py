from collections import Counter
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from models.corpus.render.scan import Wear, scan, turn
from pipeline.ocr.engine import OcrEngine, mean_confidence
from pipeline.ocr.opening import open_engine
from sagstjek.errors import DocumentError, ProgramError
from sagstjek.shapes import Reason
from tests.pipeline import samples

WORN = Wear(skew=0.8, blur=0.7, specks=0.0002, fade=50, holes=True)


@pytest.fixture(scope="module", params=["tesserocr", "pytesseract"])
def engine(request: pytest.FixtureRequest) -> OcrEngine:
    return open_engine(request.param, "dan")


def share_read(text: str) -> float:
    wanted = Counter(word for line in samples.LETTER.splitlines() for word in line.lstrip("->#").split())
    return sum((Counter(text.split()) & wanted).values()) / wanted.total()


def test_danish_is_read_with_its_letters(engine: OcrEngine) -> None:
    read = engine.recognise(samples.page(200), 200)
    assert share_read(read.text) > 0.95
    assert "Åse Sørensen" in read.text
    assert "Skriftlig advarsel\n" in read.text
    assert 0.85 < read.confidence <= 1


def test_nothing_to_read(engine: OcrEngine) -> None:
    white = Image.new("L", (800, 1100), 255)
    assert (engine.recognise(white, 100).text.strip(), engine.recognise(white, 100).confidence) == ("", 0.0)
    assert engine.orientation(white) == 0
    assert engine.orientation(Image.new("L", (3, 3), 255)) == 0


def test_a_strip_longer_than_tesseract_takes(engine: OcrEngine) -> None:
    with pytest.raises(DocumentError) as error:
        engine.recognise(Image.new("L", (33000, 20), 255), 150)
    assert error.value.reason is Reason.TOO_LARGE


def test_damaged_language_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("dan", "osd"):
        (tmp_path / f"{name}.traineddata").write_bytes(b"junk")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(ProgramError, match="Install them again"):
        open_engine("tesserocr", "dan")


def test_a_picture_reads_the_same_whatever_came_before() -> None:
    engine = open_engine("tesserocr", "dan")
    page = scan(samples.page(150), WORN, Random(1))
    alone = engine.recognise(page, 150)
    for before in (samples.page(100), turn(page, 180), Image.new("L", (900, 200), 90)):
        engine.recognise(before, 300, 6)
        engine.orientation(before)
        assert engine.recognise(page, 150) == alone
    assert open_engine("tesserocr", "dan").recognise(page, 150) == alone


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("dpi", [100, 150, 200])
def test_orientation_tells_the_turn_that_makes_it_upright(degrees: int, dpi: int) -> None:
    engine = open_engine("tesserocr", "dan")
    page = scan(samples.page(dpi), Wear(skew=0.5, specks=0.0001), Random(1))
    needed = engine.orientation(turn(page, degrees))
    assert (degrees + needed) % 360 == 0


def test_both_engines_agree_on_the_turn(engine: OcrEngine) -> None:
    assert engine.orientation(turn(samples.page(150), 90)) == 270


def test_the_version_names_program_and_language_files(engine: OcrEngine) -> None:
    assert engine.version.startswith("tesseract 5")
    assert " dan:" in engine.version
    assert " osd:" in engine.version
    assert engine.version == open_engine(engine.name, "dan").version


def test_auto_takes_the_fast_one() -> None:
    assert open_engine("auto", "dan").name == "tesserocr"


@pytest.mark.parametrize("kind", ["auto", "tesserocr", "pytesseract"])
def test_a_missing_language_names_the_package(kind: str) -> None:
    with pytest.raises(ProgramError, match=r"sudo apt-get install tesseract-ocr tesseract-ocr-xyz-lat \("):
        open_engine(kind, "dan+xyz_lat")


def test_a_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("pipeline.ocr.opening.import_module", fail)
    with pytest.raises(ProgramError, match="pip install tesserocr"):
        open_engine("auto", "dan")


def test_a_missing_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", "tesseract-findes-ikke")
    with pytest.raises(ProgramError, match="sudo apt-get install tesseract-ocr"):
        open_engine("pytesseract", "dan")


def test_confidence_counts_letters() -> None:
    assert mean_confidence([], []) == 0.0
    assert mean_confidence(["a", "bbb"], [0, 80]) == pytest.approx(0.6)
    assert mean_confidence(["a"], [-1]) == 0.0
