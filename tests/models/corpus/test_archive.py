"""A small archive: complete, true, the same each time."""

import csv
import hashlib
import io
import itertools
import json
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from models.corpus.archive import make_case, plan_archive, write_archive
from models.corpus.grammar import shipped_templates, templates_of
from sagstjek.cpr import parse_cpr
from sagstjek.taxonomy import taxonomy

EMPLOYEES = 6
Rows = list[dict[str, str]]


def rows(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("archive")
    write_archive(out, employees=EMPLOYEES, seed=3)
    return out


def test_every_document_has_its_file_and_truth_from_part_1(archive):
    index, truth = rows(archive / "index.csv"), rows(archive / "truth" / "parts.csv")
    assert len({row["document_id"] for row in index}) == len(index) > EMPLOYEES * 5
    for row in index:
        assert (archive / row["path"]).is_file()
        own = [part for part in truth if part["document_id"] == row["document_id"]]
        assert [part["part"] for part in own] == [str(n) for n in range(1, len(own) + 1)] != []
    assert {part["document_id"] for part in truth} == {row["document_id"] for row in index}
    assert {part["type"] for part in truth} <= taxonomy().keys()
    files = [path.relative_to(archive).as_posix() for path in (archive / "files").rglob("*") if path.is_file()]
    assert sorted(files) == sorted(row["path"] for row in index)


def test_all_numbers_are_safe(archive):
    written = [row["cpr"] for row in (*rows(archive / "roster.csv"), *rows(archive / "truth" / "parts.csv"))]
    written += [row["case_cpr"] for row in rows(archive / "index.csv")]
    for number in set(written):
        cpr = parse_cpr(number)
        assert cpr is not None
        assert not cpr.passes_modulus_11


def test_pages_of_a_pile_follow_one_another_to_the_last(archive):
    index = {row["document_id"]: row for row in rows(archive / "index.csv")}
    truth = rows(archive / "truth" / "parts.csv")
    piles = {part["document_id"] for part in truth if "bundle" in part["traps"].split("|")}
    assert piles
    for pile in piles:
        parts = [part for part in truth if part["document_id"] == pile]
        data = (archive / index[pile]["path"]).read_bytes()
        pages = len(pypdfium2.PdfDocument(data)) if data.startswith(b"%PDF") else Image.open(io.BytesIO(data)).n_frames
        assert parts[0]["first_page"] == "1"
        assert parts[-1]["last_page"] == str(pages)
        for before, after in itertools.pairwise(parts):
            assert int(after["first_page"]) == int(before["last_page"]) + 1


def test_misfiled_and_copied_documents_are_what_truth_says(archive):
    index = {row["document_id"]: row for row in rows(archive / "index.csv")}
    truth = rows(archive / "truth" / "parts.csv")
    for part in truth:
        assert (part["cpr"] != index[part["document_id"]]["case_cpr"]) == (part["misfiled"] == "yes")
        if "duplicate_bytes" in part["traps"]:
            original = part["duplicate_of"].split("#")[0]
            copies = [(archive / index[i]["path"]).read_bytes() for i in (part["document_id"], original)]
            assert copies[0] == copies[1]


def test_the_summary_counts_what_is_there(archive):
    summary = json.loads((archive / "truth" / "archive.json").read_text("utf-8"))
    assert summary["seed"] == 3
    assert summary["documents"] == len(rows(archive / "index.csv"))


def test_a_case_can_be_made_alone_and_twice_with_the_same_bytes(archive):
    plan = plan_archive(EMPLOYEES, 3, shipped_templates())
    case = plan.cases[-1]
    made = list(make_case(plan, case))
    assert made
    for file in made:
        written = (archive / file.row["path"]).read_bytes()
        assert hashlib.sha256(file.data).hexdigest() == hashlib.sha256(written).hexdigest()


def test_a_side_uses_its_templates_only():
    unseen = {template.id for template in templates_of("unseen")}
    plan = plan_archive(4, 1, templates_of("unseen"))
    used = {part.template.id for case in plan.cases for document in case.documents for part in document.parts}
    assert used
    assert used <= unseen


def test_other_seed_other_people():
    first, second = (plan_archive(3, seed, shipped_templates()) for seed in (1, 2))
    assert {hire.person.cpr for hire in first.hires}.isdisjoint({hire.person.cpr for hire in second.hires})
