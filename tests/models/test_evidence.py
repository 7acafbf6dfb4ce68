"""Evidence holds what a decision rests on: no word, no number, no name."""

import numpy as np
import pytest

from models.corpus.names import MEN, SURNAMES
from models.evidence import Evidence, evidence_id, letters, observe, people_names, stems, words_and_pairs
from sagstjek.errors import ModelError
from sagstjek.shapes import PartText

PART = PartText("Skriftlig advarsel\nDu har den 3. maj 2011 ikke passet dit arbejde.", "Advarsel", media="pdf", pages=1)


def test_what_was_packed_comes_back():
    evidence = observe(PART)
    again = Evidence.unpack(evidence.pack())
    assert np.array_equal(again.columns, evidence.columns)
    assert np.array_equal(again.counts, evidence.counts)
    assert np.array_equal(again.numbers, evidence.numbers)


def test_columns_rise_and_counts_count():
    evidence = observe(PartText("orlov orlov orlov"))
    assert (np.diff(evidence.columns.astype(int)) > 0).all()
    assert evidence.counts.max() >= 3


def test_an_empty_part_has_numbers_only():
    evidence = Evidence.unpack(observe(PartText("")).pack())
    assert len(evidence.columns) == len(evidence.counts) == 0
    assert np.isfinite(evidence.numbers).all()


def test_people_and_digits_leave_no_trace():
    name = next(name for name in MEN if name.lower() in people_names() and name.isalpha())
    surname = next(name for name in SURNAMES if name.lower() in people_names() and name.isalpha())
    assert columns(f"advarsel til {name} {surname}") == columns("advarsel til")
    assert columns("cpr 010858-9995") == columns("cpr 251248-9996")


def columns(text):
    return observe(PartText(text)).columns.tolist()


def test_terms():
    assert list(words_and_pairs("en to tre")) == ["en", "to", "tre", "en to", "to tre"]
    assert list(stems("orloven på")) == ["orlov-", "-loven"]
    assert list(stems("lønanciennitet")) == ["lønan-", "-nitet", "lønanci-", "-ennitet"]
    assert " or" in set(letters("orlov"))


def test_evidence_of_another_version_is_refused():
    data = observe(PART).pack()
    with pytest.raises(ModelError, match="read again"):
        Evidence.unpack(bytes([data[0] + 1]) + data[1:])
    assert len(evidence_id()) == 12
