"""Sentences on a requirement are true and grammatical for one and for many."""

import pytest

from jobs.report.sentences import advice, joined, observation
from jobs.report.tally import Tally
from jobs.report.texts import load_texts

DA, EN = load_texts("da"), load_texts("en")


@pytest.mark.parametrize(
    ("tally", "said"),
    [
        (Tally(fulfilled=1), "Der er ingen mangel ved den ene ansættelse, hvor kravet kunne vurderes."),
        (Tally(fulfilled=3), "Der er ingen kendte mangler blandt de 3 ansættelser, hvor kravet kunne vurderes."),
        (Tally(uncertain=1), "Kravet kunne ikke vurderes: den ene ansættelse, det angår, er usikker"),
        (Tally(uncertain=2, unassessable=1), "Kravet kunne ikke vurderes: de 3 ansættelser, det angår, er usikre"),
        (Tally(fulfilled=1, missing=1), "Kravet er ikke opfyldt for 1 af 2 ansættelser, hvor det kunne vurderes"),
        (Tally(fulfilled=1, uncertain=1), "Yderligere én er usikker"),
    ],
)
def test_observations(tally, said):
    assert said in observation(tally, DA)


def test_nothing_is_further_where_nothing_was_assessed():
    assert "Yderligere" not in observation(Tally(uncertain=2), DA)
    assert "further" not in observation(Tally(uncertain=2), EN)


def test_advice_names_each_step_once():
    said = advice(Tally(missing=2, expired=1, misfiled=1, uncertain=4), "medarbejder", "kritisk", DA)
    assert said == (
        "Inden 14 dage: medarbejderne bedes om det, der savnes eller er udløbet; det, der ligger på en anden sag, "
        "flyttes til den rette; det usikre ses efter."
    )


def test_lists():
    assert [joined(bits, DA) for bits in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a og b", "a, b og c"]
