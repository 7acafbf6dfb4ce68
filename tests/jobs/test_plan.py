"""`sagstjek plan` on a small export, read through the wall on one local process."""

import csv
import json

import pytest

from jobs.cli import main
from jobs.plan import Machines, Sampled, choose, make_plan, parse_machines
from jobs.plan_table import lines
from jobs.planned import Taken, load_plan
from jobs.strata import LookedAt
from sagstjek.errors import InputError
from sagstjek.shapes import Document
from tests.pipeline import samples


@pytest.fixture
def export(tmp_path):
    folder = tmp_path / "export"
    (folder / "files").mkdir(parents=True)
    kinds = {"pdf": samples.pdf(), "docx": samples.docx(), "odt": samples.odt(), "bad": b"\0\1\2\xff" * 99}
    with (folder / "index.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, delimiter=";")
        rows.writerow(("document_id", "path", "case_id", "case_cpr", "journal_date"))
        for number, (kind, data) in enumerate(kinds.items()):
            (folder / "files" / f"{number}.{kind}").write_bytes(data)
            rows.writerow((number, f"files/{number}.{kind}", "S1", "251248-9996", "2011-05-03"))
    return folder


def test_a_plan_tells_what_is_there(export, tmp_path, capsys):
    out = tmp_path / "plan.json"
    assert main(["plan", str(export), "--out", str(out), "--workers", "1", "--price", "0,5", "--machines", "8x2"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("4 documents: 4 looked at, 4 read")
    assert "hours on 2 machines of 8 cores" in told
    assert "kroner, at 0.5 a core-hour" in told
    estimates = load_plan(out)["estimates"]
    assert estimates["parts"] == {"value": 4.0, "low": 4.0, "high": 4.0}
    assert estimates["unreadable"]["value"] == 1.0
    assert estimates["bytes"]["value"] == sum(file.stat().st_size for file in (export / "files").iterdir())
    assert estimates["core_hours"]["value"] > 0
    assert "251248" not in told + out.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--machines", "16"], "'16' is not CORESxMACHINES"),
        (["--machines", "4x1,0x3"], "'0x3' is not CORESxMACHINES"),
        (["--price", "billigt"], "'billigt' is not an amount"),
        (["--roster", "nowhere.csv"], "nowhere.csv"),
        (["--model", "nowhere"], "nowhere: cannot be read"),
    ],
)
def test_bad_words_get_a_line(export, words, said, capsys):
    assert main(["plan", str(export), *words]) == 1
    assert said in capsys.readouterr().err


def test_an_export_without_documents_cannot_be_planned(tmp_path, capsys):
    (tmp_path / "index.csv").write_text("document_id;path\r\n", "utf-8")
    assert main(["plan", str(tmp_path)]) == 1
    assert "index" in capsys.readouterr().err


def test_an_audit_refuses_what_is_no_plan_before_it_starts(export, tmp_path, capsys):
    roster, plan = tmp_path / "roster.csv", tmp_path / "plan.json"
    roster.write_text("cpr;name;hired\r\n251248-9996;Nancy Ann Berggren;2011-05-03\r\n", "utf-8")
    plan.write_text("{}", "utf-8")
    words = ["audit", str(export), "--roster", str(roster), "--out", str(tmp_path / "audit"), "--plan", str(plan)]
    assert main(words) == 1
    assert "is no plan" in capsys.readouterr().err
    assert not (tmp_path / "audit").exists()


def test_an_audit_holds_its_plan_against_the_run(export, tmp_path, capsys):
    roster, plan, out = tmp_path / "roster.csv", tmp_path / "plan.json", tmp_path / "audit"
    roster.write_text("cpr;name;hired\r\n251248-9996;Nancy Ann Berggren;2011-05-03\r\n", "utf-8")
    assert main(["plan", str(export), "--roster", str(roster), "--out", str(plan), "--workers", "1"]) == 0
    words = ["audit", str(export), "--roster", str(roster), "--out", str(out), "--plan", str(plan), "--workers", "1"]
    assert main(words) == 2
    capsys.readouterr()
    found = json.loads((out / "run.json").read_text("utf-8"))["plan"]
    assert found["parts"] == {"value": 4.0, "low": 4.0, "high": 4.0, "truth": 4.0, "held": True}
    assert found["unreadable"]["held"]
    assert found["bytes"]["held"]


def test_machines():
    assert parse_machines("16x1, 64X4") == (Machines(16, 1), Machines(64, 4))
    with pytest.raises(InputError):
        parse_machines("")


def many(count):
    return tuple(
        LookedAt(Document(str(n), f"{n}"), "", "tiff" if n % 3 else "docx", 1000 * (1 + n % 7)) for n in range(count)
    )


def test_the_same_seed_chooses_the_same_documents():
    looked_at = many(300)
    assert choose(looked_at, 40, 1) == choose(looked_at, 40, 1)
    assert choose(looked_at, 40, 1) != choose(looked_at, 40, 2)
    groups, chosen = choose(looked_at, 40, 1)
    assert len(groups) == 300
    assert len(chosen) == 40
    assert {groups[place] for place in chosen} == set(groups)


def test_machines_share_the_work_and_pay_for_it():
    looked_at = many(300)
    groups, chosen = choose(looked_at, 40, 1)
    read = tuple((place, Taken(0.5 + place % 5, looked_at[place].size, 2, 1, 1, place % 2, 0)) for place in chosen)
    plan = make_plan(Sampled(looked_at, groups, read, 3000), parse_machines("10x1,10x4"), 2.0, 1)
    one, four = (found["hours"] for found in plan["machines"])
    assert one["value"] == pytest.approx(4 * four["value"])
    assert plan["cost"]["value"] == pytest.approx(one["value"] * 10 * 2)
    assert plan["estimates"]["parts"]["value"] == pytest.approx(3000)
    assert one["low"] < one["value"] < one["high"]
    assert sum(row["documents"] for row in plan["formats"].values()) == pytest.approx(3000)
    assert any("hours on 4 machines of 10 cores" in line for line in lines(plan))
