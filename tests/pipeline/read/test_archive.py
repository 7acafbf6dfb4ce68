import dataclasses
import io
import zipfile
from random import Random

import pytest

from models.corpus.render.packing import lock_zip
from pipeline.read.content import Attachment, Limits
from pipeline.read.opening import open_content
from sagstjek.errors import DocumentError
from sagstjek.settings import Settings
from sagstjek.shapes import Reason
from tests.pipeline import samples

LIMITS = Limits.of(Settings())


def members(data: bytes, limits: Limits = LIMITS) -> tuple[Attachment, ...]:
    return open_content(data, "zip", limits).attachments


def test_members_and_zips_within_zips() -> None:
    inner = samples.zipped({"cv.pdf": samples.pdf()})
    found = members(samples.zipped({"sag/brev.txt": b"hej", "sag/": b"", "bilag.zip": inner}))
    assert [member.name for member in found] == ["brev.txt", "bilag.zip"]
    assert members(found[1].data)[0].data == samples.pdf()


def test_names_are_labels() -> None:
    names = [member.name for member in members(samples.zipped({"../../etc/passwd": b"x", "C:\\sag\\b.txt": b"y"}))]
    assert names == ["passwd", "b.txt"]


def test_danish_names_of_an_old_windows() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xxx.txt", b"hej")
    data = stream.getvalue().replace(b"xxx.txt", "æøå.txt".encode("cp850"))
    assert members(data)[0].name == "æøå.txt"


def test_what_the_system_put_there_is_no_document() -> None:
    found = members(samples.zipped({"a.txt": b"a", "__MACOSX/._a.txt": b"x", "sag/Thumbs.db": b"x", ".DS_Store": b"x"}))
    assert [member.name for member in found] == ["a.txt"]


def test_a_password() -> None:
    found = members(lock_zip([("hemmelig.txt", b"hej" * 50)], "kode", Random(1)))
    assert [(member.data, member.reason) for member in found] == [(b"", Reason.ENCRYPTED)]


def test_a_broken_member_leaves_the_others() -> None:
    data = samples.zipped({"a.txt": b"a" * 50, "b.txt": b"b" * 50}, zipfile.ZIP_STORED).replace(b"a" * 50, b"c" * 50)
    assert [member.reason for member in members(data)] == [Reason.DAMAGED, None]


def test_an_unknown_compression() -> None:
    data = bytearray(samples.zipped({"a.txt": b"a"}, zipfile.ZIP_STORED))
    data[8:10] = b"\x61\0"
    directory = data.index(b"PK\x01\x02")
    data[directory + 10 : directory + 12] = b"\x61\0"
    assert members(bytes(data))[0].reason is Reason.UNSUPPORTED


def test_a_bomb_costs_no_more_than_the_limit() -> None:
    data = samples.zipped({"bombe.txt": bytes(5_000_000), "brev.txt": b"hej"})
    small = dataclasses.replace(LIMITS, max_member_bytes=1_000_000)
    assert [(member.reason, len(member.data)) for member in members(data, small)] == [(Reason.TOO_LARGE, 0), (None, 3)]


def test_a_member_that_lies_about_its_size() -> None:
    data = bytearray(samples.zipped({"bombe.txt": bytes(5_000_000)}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    (found,) = members(bytes(data))
    assert found.reason is Reason.DAMAGED


def test_all_members_together_have_a_limit() -> None:
    data = samples.zipped(dict.fromkeys("abc", b"x" * 600))
    total = dataclasses.replace(LIMITS, max_total_bytes=1300)
    assert [member.reason for member in members(data, total)] == [None, None, Reason.TOO_LARGE]


def test_too_many_members_are_told() -> None:
    data = samples.zipped(dict.fromkeys("abc", b"x"))
    content = open_content(data, "zip", dataclasses.replace(LIMITS, max_members=2))
    assert content.truncated
    assert [member.reason for member in content.attachments] == [None, None, Reason.TOO_MANY]


def test_a_cut_archive() -> None:
    with pytest.raises(DocumentError) as error:
        members(samples.zipped({"a.txt": b"a" * 100})[:-30])
    assert error.value.reason is Reason.DAMAGED
