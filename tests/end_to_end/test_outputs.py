"""What an audit leaves in its folder is what DESIGN.md, section 4, promises."""

import codecs
import json
import re
import stat
from collections import Counter
from itertools import groupby, pairwise
from operator import itemgetter

import openpyxl
import pytest
from lxml import etree

from sagstjek.findings import Outcome
from sagstjek.rules import load_rules
from sagstjek.shapes import CprBasis, Reason, Status, TextSource
from sagstjek.taxonomy import taxonomy
from tests.end_to_end.running import table

DOCUMENT_COLUMNS = """document_id part member first_page last_page type confidence candidates status reason cpr cpr_basis
misfiled duplicate_of case_id case_cpr title document_date valid_until pages pages_read text_source seconds""".split()
GAP_COLUMNS = """employment_id cpr name unit manager case_id requirement title types status confidence best_candidate why
action due severity ground""".split()
FILES = {"ledger.sqlite", "ledger.sqlite.lock", "documents.csv", "gaps.csv", "gaps.xlsx", "report.html", "run.json"}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}|")
CPR = re.compile(r"\d{6}-\d{4}")


@pytest.fixture(scope="module")
def rows(audited):
    return table(audited.out / "documents.csv")


@pytest.fixture(scope="module")
def gaps(audited):
    return table(audited.out / "gaps.csv")


@pytest.fixture(scope="module")
def facts(audited):
    return json.loads((audited.out / "run.json").read_text("utf-8"))


def test_every_document_of_the_index_is_there_in_its_order(audited, rows):
    index = [row["document_id"] for row in table(audited.export / "index.csv")]
    assert [document for document, _ in groupby(row["document_id"] for row in rows)] == index


def test_exit_code_tells_of_unreadable_documents(audited, rows):
    whole = {
        name for name, some in groupby(rows, itemgetter("document_id")) if {r["status"] for r in some} == {"unreadable"}
    }
    assert whole, "the sample holds encrypted, truncated and empty files"
    assert audited.code == 2
    assert f"{len(whole)} documents unreadable" in audited.run.out


@pytest.mark.parametrize(("name", "columns"), [("documents.csv", DOCUMENT_COLUMNS), ("gaps.csv", GAP_COLUMNS)])
def test_form_of_the_lists(audited, name, columns):
    data = (audited.out / name).read_bytes()
    assert data.startswith(codecs.BOM_UTF8)
    head, _, _ = data.removeprefix(codecs.BOM_UTF8).partition(b"\r\n")
    assert head.decode().split(";") == columns


def test_cells_of_documents_are_known_words(rows):
    types = set(taxonomy())
    for row in rows:
        assert row["status"] in set(Status)
        assert row["reason"] in {"", *Reason}
        assert row["cpr_basis"] in set(CprBasis)
        assert row["text_source"] in set(TextSource)
        assert row["misfiled"] in {"", "yes"}
        assert DAY.fullmatch(row["document_date"])
        assert DAY.fullmatch(row["valid_until"])
        assert not row["cpr"] or CPR.fullmatch(row["cpr"])
        assert bool(row["cpr"]) == (row["cpr_basis"] != "none")
        if row["status"] == "unreadable":
            assert row["reason"]
            assert row["type"] == row["candidates"] == row["confidence"] == ""
        else:
            assert row["type"] in types
            assert row["type"] == row["candidates"].split("|")[0]
            assert set(row["candidates"].split("|")) <= types
            assert 0 <= float(row["confidence"]) <= 1
        assert (row["status"] == "review") <= bool(row["reason"])


def test_duplicates_point_at_an_original_on_the_same_case(rows):
    known = {f"{row['document_id']}#{row['part']}": row for row in rows}
    copies = [row for row in rows if row["status"] == "duplicate"]
    assert copies
    for row in copies:
        original = known[row["duplicate_of"]]
        assert original["status"] != "duplicate"
        assert original["case_id"] == row["case_id"]


def test_parts_are_numbered_and_cover_the_pages_of_their_member_once(rows):
    for _, some in groupby(rows, itemgetter("document_id")):
        parts = list(some)
        assert [int(part["part"]) for part in parts] == list(range(1, len(parts) + 1))
        for _, members in groupby(parts, itemgetter("member")):
            ranges = [(int(p["first_page"]), int(p["last_page"])) for p in members if p["first_page"]]
            assert not ranges or ranges[0][0] == 1
            assert all(first <= last for first, last in ranges)
            assert all(before[1] + 1 == after[0] for before, after in pairwise(ranges))


def test_pages_of_a_part_are_those_of_its_range(rows):
    for row in rows:
        if row["first_page"]:
            assert int(row["pages"]) == int(row["last_page"]) - int(row["first_page"]) + 1
            assert 0 <= int(row["pages_read"]) <= int(row["pages"])


def test_gaps_are_known_words_and_one_a_requirement(gaps):
    rules = load_rules(None)
    known = {rule.id for rule in (*rules.requirements, *rules.forbidden)}
    assert gaps
    for row in gaps:
        assert row["status"] in set(Outcome) - {"fulfilled"}
        assert row["requirement"] in known
        assert set(filter(None, row["types"].split("|"))) <= set(taxonomy())
        assert row["severity"] in {"kritisk", "vaesentlig", "mindre"}
        assert DAY.fullmatch(row["due"])
        assert CPR.fullmatch(row["cpr"])
        assert row["why"]
        assert row["action"]
        assert row["ground"]
    asked = Counter((row["employment_id"], row["requirement"]) for row in gaps if row["status"] != "forbidden")
    assert set(asked.values()) == {1}


def test_candidates_of_gaps_are_parts_in_documents(rows, gaps):
    parts = {f"{row['document_id']}#{row['part']}" for row in rows}
    named = {row["best_candidate"] for row in gaps} - {""}
    assert named
    assert named <= parts


def test_gaps_are_of_people_on_the_roster(audited, gaps):
    roster = {row["cpr"].replace("-", ""): row["name"] for row in table(audited.export / "roster.csv")}
    assert {(row["cpr"].replace("-", ""), row["name"]) for row in gaps} <= set(roster.items())


def test_workbook_opens_with_a_row_a_gap(audited, gaps):
    book = openpyxl.load_workbook(audited.out / "gaps.xlsx", read_only=True)
    most = max(sheet.max_row for sheet in book.worksheets)
    assert most > len([row for row in gaps if row["status"] != "forbidden"])


def test_report_is_well_formed_and_needs_nothing_from_outside(audited):
    text = (audited.out / "report.html").read_text("utf-8")
    page = etree.HTML(text, etree.HTMLParser(recover=False))
    assert page.find("head/title").text
    assert page.get("lang") == "da"
    assert not page.findall(".//script")
    assert not [node for node in page.iter() for name in node.attrib if name.startswith("on")]
    links = {node.get(name) for node in page.iter() for name in ("src", "href", "xlink:href", "data") if node.get(name)}
    assert all(link.startswith(("#", "data:")) or re.fullmatch(r"[\w.]+", link) for link in links)
    assert not re.search(r"url\((?!['\"]?(?:data:|#))|@import", text)


def test_facts_add_up(audited, rows, facts):
    assert facts["documents"] == len({row["document_id"] for row in rows}) == len(table(audited.export / "index.csv"))
    assert facts["parts"] == len(rows)
    status = Counter(row["status"] for row in rows)
    assert {name: facts[name] for name in ("accepted", "review", "duplicate")} == {
        name: status[name] for name in ("accepted", "review", "duplicate")
    }
    assert facts["misfiled"] == sum(row["misfiled"] == "yes" for row in rows)
    assert facts["pages"] == sum(int(row["pages"] or 0) for row in rows)
    assert 0 < facts["pages_read"] <= facts["pages"]
    assert facts["employments"] == len(table(audited.export / "roster.csv"))
    assert facts["as_of"] == "2026-10-30"
    assert facts["settings"]["reading"] == ["quick", "default"]


def test_findings_of_the_facts_are_the_gaps(gaps, facts):
    counts = Counter(row["status"] for row in gaps)
    assert {name: number for name, number in facts["findings"].items() if name != "fulfilled"} == counts


def test_files_are_for_us_alone(audited):
    assert {file.name for file in audited.out.iterdir()} == FILES
    assert stat.S_IMODE(audited.out.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in audited.out.iterdir()} == {0o600}


def test_nothing_is_left_running(audited):
    assert audited.run.processes() == []


def test_misfiled_ones_lie_on_another_persons_case(rows):
    misfiled = [row for row in rows if row["misfiled"]]
    assert all(row["cpr"] and row["cpr"] != row["case_cpr"] for row in misfiled)
