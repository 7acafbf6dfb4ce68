"""Text as it goes into the n-grams."""

from models.text_features import HEAD_LINES, body, head, title
from sagstjek.shapes import PartText


def test_no_number_and_no_mail_address_is_left():
    part = PartText("CPR 251248-9996\nSkriv til nancy@kommune.example", "Sag 2011/17", "nancy 251248.pdf")
    seen = head(part) + body(part) + title(part)
    assert not any(digit in seen for digit in "123456789")
    assert "nancy@" not in seen


def test_the_head_is_the_first_lines_that_hold_something():
    lines = [f"linje {letter}" for letter in "abcdefghijk"]
    seen = head(PartText("\n\n".join(lines)))
    assert seen.count("linje") == HEAD_LINES
    assert seen.index("linje a") < seen.index("linje h")


def test_a_long_body_keeps_beginning_and_end():
    seen = body(PartText("først " + "ord " * 5000 + "sidst"))
    assert seen.startswith("først")
    assert seen.endswith("sidst")
    assert len(seen) < 7000
    assert body(PartText("  kort\t tekst ")) == " kort tekst "


def test_a_title_has_the_members_name_without_folders_and_extension():
    assert title(PartText("", "Brev_fra.leder", "a.zip/Løn 1.PDF")).split() == ["brev", "fra", "leder", "løn", "0"]


def test_a_text_without_spaces_costs_no_more_than_its_length():
    assert len(body(PartText("x" * 300_000))) < 7000
