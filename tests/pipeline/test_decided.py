"""A person's word stands over the machine's, on the document that it was said of."""

from pipeline.decided import with_decisions
from sagstjek.decisions import Decision
from sagstjek.shapes import Part, Reading, Reason, Status, unreadable

PART = Part(
    1, type="cv", confidence=0.4, candidates=("cv", "andet"), possible=("cv", "andet"), reason=Reason.LOW_CONFIDENCE
)


def decided(part, content="c"):
    decision = Decision("D1", 1, content, "orlov")
    (found,) = with_decisions(Reading("D1", "c", "v", (part,)), {1: decision}).parts
    return found


def test_the_type_is_settled():
    part = decided(PART)
    assert (part.type, part.candidates, part.possible, part.confidence) == ("orlov", ("orlov",), (), 1.0)
    assert (part.status, part.reason) == (Status.ACCEPTED, None)


def test_whose_it_is_may_still_be_open():
    part = decided(Part(1, type="cv", reason=Reason.PERSON_UNCERTAIN))
    assert (part.type, part.status, part.reason) == ("orlov", Status.REVIEW, Reason.PERSON_UNCERTAIN)


def test_a_person_can_read_what_the_machine_could_not():
    assert decided(unreadable(1, Reason.NO_TEXT)).status is Status.ACCEPTED


def test_of_other_bytes_it_says_nothing():
    assert decided(PART, content="older") == PART
