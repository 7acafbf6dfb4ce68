"""What people read of a sample."""

from jobs.checking.rows import show
from jobs.checking.texts import load_texts
from tests.jobs.checking.small import archive, sample


def shown(n=1000, language="da"):
    return show(sample(n), archive(), load_texts(language))


def rows():
    return {row["document_id"] + "#" + row["part"]: row for _, row in shown().questions}


def test_every_question_has_a_row_by_pile_and_case():
    found = shown(30)
    assert len(found.questions) == len(sample(30).questions)
    order = [(question.pile, row["case_id"]) for question, row in found.questions]
    assert order == sorted(order, key=lambda pair: (["accepted", "missing", "review"].index(pair[0]), pair[1]))


def test_a_part_is_told_with_place_person_and_what_the_machine_says():
    row = rows()["D0#1"]
    assert row["question"] == "Er typen »CV«, og handler det om medarbejderen?"
    assert (row["pages"], row["person"], row["said"]) == ("1-2", "Nancy Ann Berggren (251248-XXXX)", "CV (99,0\xa0%)")
    assert rows()["D1#2"]["said"].endswith("ellers Ferie, Barsel")
    assert "en anden end den, som sagen er på" in rows()["D90#1"]["question"]


def test_what_was_not_found_is_asked_with_every_part_that_may_hide_it():
    found = shown()
    hunts = {row["person"]: row for question, row in found.questions if question.requirement}
    nancy, otto = hunts["Nancy Ann Berggren (251248-XXXX)"], hunts["=Otto (010858-XXXX)"]
    assert nancy["question"].endswith("Kravet er »MUS hvert år«.")
    places = [(row["document_id"], row["part"]) for row in found.places if row["number"] == nancy["number"]]
    assert len(places) == 81  # all of her case, and what is about her on the case of another
    assert places[0][1] == "2"  # the least sure first
    assert ("D90", "1") in places
    otto_places = [(row["document_id"], row["part"]) for row in found.places if row["number"] == otto["number"]]
    assert otto_places == [("D90", "3"), ("D90", "2"), ("D90", "1")]
    assert next(row for row in found.places if row["part"] == "3")["said"] == "kunne ikke læses"


def test_english():
    assert shown(30, "en").questions[0][1]["question"].startswith("Is the type")
