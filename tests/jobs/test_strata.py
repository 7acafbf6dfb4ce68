"""Groups of like documents, and the sample that they are told from."""

import datetime as dt
from collections import Counter

import fsspec

from connectors.export_folder import peek
from jobs.strata import LookedAt, draw_some, group, look_at
from sagstjek.shapes import Document
from tests.pipeline import samples


def document(number, **more):
    return Document(str(number), f"files/{number}.msg", **more)


def test_a_sample_is_drawn_evenly_and_in_order():
    documents = [document(number) for number in range(50)]
    times = Counter()
    for seed in range(400):
        drawn, count = draw_some(iter(documents), 10, seed)
        assert count == 50
        assert drawn == sorted(drawn, key=lambda one: int(one.document_id))
        times.update(one.document_id for one in drawn)
    assert len(times) == 50
    assert all(40 <= n <= 130 for n in times.values())


def test_few_documents_are_all_looked_at():
    documents = [document(number) for number in range(5)]
    assert draw_some(iter(documents), 10, 1) == (documents, 5)


def test_the_format_is_told_by_the_first_bytes(tmp_path):
    file = tmp_path / "brev.doc"
    file.write_bytes(samples.pdf())
    found = look_at(document(1), str(file))
    assert (found.media, found.size) == ("pdf", len(samples.pdf()))


def test_what_cannot_be_fetched_is_a_group_of_its_own(tmp_path):
    assert look_at(document(1), str(tmp_path / "nowhere")).key == ("cannot be fetched", "to 30 kB", "undated")


def test_what_the_first_bytes_leave_open_goes_by_its_extension(tmp_path):
    file = tmp_path / "x"
    file.write_bytes(b"PK\x03\x04" + bytes(30))
    assert look_at(document(1), str(file)).media == "zip .msg"


def test_size_and_age_classes():
    def key(size, day):
        return LookedAt(document(1, journal_date=day), "", "pdf", size).key

    assert key(30_000, dt.date(2004, 12, 31)) == ("pdf", "to 30 kB", "before 2005")
    assert key(30_001, dt.date(2005, 1, 1)) == ("pdf", "to 150 kB", "2005-2014")
    assert key(10_000_001, dt.date(2030, 1, 1)) == ("pdf", "over 10 MB", "2015 and later")


def test_small_groups_lose_age_then_size_then_format():
    keys = (
        [("pdf", "a", "x")] * 8
        + [("pdf", "a", "y")] * 4
        + [("pdf", "a", "z")] * 4
        + [("pdf", "b", "x"), ("msg", "b", "x")]
    )
    assert Counter(group(keys)) == {("pdf", "a", "x"): 8, ("pdf", "a"): 8, ("others",): 2}


def test_of_a_file_in_a_store_only_the_beginning_is_fetched():
    store = fsspec.filesystem("memory")
    store.pipe_file("/export/1.msg", b"%PDF-1.4" + bytes(200_000))
    found = look_at(document(1), "memory://export/1.msg")
    assert (found.media, found.size) == ("pdf", 200_008)
    assert len(peek("memory://export/1.msg", 100).head) == 100
    assert look_at(document(1), "memory://export/2.msg").media == "cannot be fetched"
