"""Samples and answers come back from the ledger; the report uses those of the decisions in force only."""

import dataclasses

from connectors.ledger import Ledger
from jobs.checking.keeping import basis_of, keep_sample, kept_sample, last_measured
from jobs.checking.questions import Answer, Pile
from tests.jobs.checking.small import DAY, findings, sample


def test_a_sample_comes_back(tmp_path):
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        keep_sample(ledger, sample())
        assert kept_sample(ledger, sample().code) == sample()
        assert kept_sample(ledger, "other") is None
        assert last_measured(ledger, "basis") is None  # nobody has answered


def test_the_sample_answered_last_counts_while_its_decisions_are_in_force(tmp_path):
    drawn = sample()
    said = {Pile.MISSING: Answer.THERE}
    answered = tuple(dataclasses.replace(q, answer=said.get(q.pile, Answer.RIGHT)) for q in drawn.questions)
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        keep_sample(ledger, dataclasses.replace(drawn, questions=answered))
        keep_sample(ledger, sample(seed=2))
        assert last_measured(ledger, "basis").elusion.value == 1
        assert last_measured(ledger, "after new rules") is None


def test_the_basis_changes_with_model_rules_day_and_outcomes():
    base = basis_of({"model": "m"}, "r", DAY, {"accepted": 1}, findings())
    assert base == basis_of({"model": "m", "started": "later"}, "r", DAY, {"accepted": 1}, findings())
    others = [
        basis_of({"model": "n"}, "r", DAY, {"accepted": 1}, findings()),
        basis_of({"model": "m"}, "s", DAY, {"accepted": 1}, findings()),
        basis_of({"model": "m"}, "r", DAY, {"accepted": 2}, findings()),
        basis_of({"model": "m"}, "r", DAY, {"accepted": 1}, findings()[1:]),
    ]
    assert base not in others
