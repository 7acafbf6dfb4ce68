import io

import openpyxl
import pytest

import pipeline.read.excel
from pipeline.read.content import Limits
from pipeline.read.opening import open_content
from sagstjek.settings import Settings
from tests.pipeline import samples

LIMITS = Limits.of(Settings())


def test_cells_as_people_see_them() -> None:
    assert open_content(samples.xlsx(), "xlsx", LIMITS).pages[0].layer().splitlines() == [
        "Løn",
        "Skriftlig advarsel\t0101489996\t03-05-2011\t1234,5\t37\tSAND",
        "\t251248-9996\t03-05-2011 14:05",
    ]


def test_old_sheets_too() -> None:
    text = open_content(samples.xls(), "xls", LIMITS).pages[0].layer()
    assert "0101489996 03-05-2011" in text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("251248999", "251248999"),  # no month 12 at its place: not a number that lost a zero
        ("1.101489996", "1.101489996"),
        ("1014899961", "1014899961"),
        ("2011-05-03 14:05:00", "03-05-2011 14:05"),
        ("tlf 33663366", "tlf 33663366"),
    ],
)
def test_other_numbers_are_left_alone(text: str, seen: str) -> None:
    assert pipeline.read.excel.as_seen(text) == seen


def test_a_list_of_half_the_municipality_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.read.excel, "_MOST_CHARACTERS", 100)
    book = openpyxl.Workbook()
    for row in range(100):
        book.active.append([f"række {row}"])
    stream = io.BytesIO()
    book.save(stream)
    content = open_content(stream.getvalue(), "xlsx", LIMITS)
    assert content.truncated
    assert "række 5" in content.pages[0].layer()
