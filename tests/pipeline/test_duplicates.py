"""The same document twice."""

from pipeline.duplicates import Placed, mark_duplicates, text_key
from sagstjek.shapes import Part, Reading, Reason, Status, unreadable

TEXT = " ".join(f"ord{n}" for n in range(40))


def reading(name, content="a", key="", kind="cv"):
    return Reading(name, content, "v", (Part(1, type=kind, status=Status.ACCEPTED, text_key=key),))


def test_same_bytes_on_a_case():
    first, second = mark_duplicates([Placed("c", reading("1")), Placed("c", reading("2"))])
    assert first.parts[0].status is Status.ACCEPTED
    part = second.parts[0]
    assert (part.status, part.reason, part.duplicate_of) == (Status.DUPLICATE, Reason.SAME_BYTES, "1#1")


def test_same_bytes_on_two_cases_are_not_duplicates():
    assert all(
        r.parts[0].status is Status.ACCEPTED
        for r in mark_duplicates([Placed("c", reading("1")), Placed("d", reading("2"))])
    )


def test_same_text_in_two_formats():
    key = text_key(TEXT, b"k")
    _, second = mark_duplicates([Placed("c", reading("1", "a", key)), Placed("c", reading("2", "b", key))])
    assert second.parts[0].reason is Reason.SAME_TEXT


def test_unreadable_copies_stay_unreadable():
    parts = (unreadable(1, Reason.ENCRYPTED),)
    marked = mark_duplicates([Placed("c", Reading(n, "a", "v", parts)) for n in "12"])
    assert [r.parts[0].status for r in marked] == [Status.UNREADABLE] * 2


def test_what_could_not_be_read_is_nobodys_original():
    crashed = Reading("1", "a", "v", (unreadable(1, Reason.CRASHED),))
    _, read, copy = mark_duplicates([Placed("c", crashed), Placed("c", reading("2")), Placed("c", reading("3"))])
    assert read.parts[0].status is Status.ACCEPTED
    assert copy.parts[0].duplicate_of == "2#1"


def test_text_key_is_keyed_and_folds_space_and_case():
    assert text_key(TEXT, b"k") == text_key(TEXT.upper().replace(" ", "\n"), b"k")
    assert text_key(TEXT, b"k") != text_key(TEXT, b"other")
    assert text_key("for kort", b"k") == ""
