"""The aliases, and their page in the documentation."""

import re
from pathlib import Path

import pytest

from connectors.cells import heading_key
from connectors.columns import INDEX, LABELS, ROSTER

PAGE = (Path(__file__).parents[2] / "docs" / "files.md").read_text("utf-8")


@pytest.mark.parametrize("columns", [INDEX, ROSTER, LABELS])
def test_no_alias_means_two_things(columns):
    pairs = {(heading_key(word), name) for name, column in columns.items() for word in (name, *column.aliases)}
    assert len({key for key, _ in pairs}) == len(pairs)


@pytest.mark.parametrize(("heading", "columns"), [("Export folder", INDEX), ("Roster", ROSTER), ("Labels", LABELS)])
def test_the_page_on_files_tells_every_column_and_alias(heading, columns):
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    told = {name: also.split(", ") for name, also in re.findall(r"^\| `(\w+)` \|.*\| (.+) \|$", section, re.MULTILINE)}
    assert told == {name: list(column.aliases) for name, column in columns.items()}
