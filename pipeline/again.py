"""A reading decided again, without reading: another model, threshold or roster, on what the ledger kept."""

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.attribute import People, attribute, known_again
from pipeline.judge import decided_status
from sagstjek.shapes import Classifier, CprBasis, Document, Part, Prediction, Reading, Reason, Status


@dataclass(frozen=True, slots=True)
class Anew:
    """What is decided with.

    Attributes:
        renamed: CPR numbers of those whose name was not looked for when the readings were made.
    """

    classifier: Classifier
    accept_at: float
    people: People = field(repr=False)
    renamed: Collection[str] = field(default=(), repr=False)


def decide_again(pairs: Sequence[tuple[Document, Reading]], anew: Anew) -> list[Reading | None]:
    """Return each reading decided anew; None where that takes another look at the document.

    Another look is needed when reading stopped early because the answer was settled, and it no longer is; when what
    a type is decided on was not kept; and when the person of the case has a name that was not looked for.
    """
    asked = [
        (n, part.number, part.evidence)
        for n, (_, reading) in enumerate(pairs)
        for part in reading.parts
        if part.evidence
    ]
    predictions = anew.classifier.decide([evidence for *_, evidence in asked])
    found: list[dict[int, Prediction]] = [{} for _ in pairs]
    for (n, number, _), prediction in zip(asked, predictions, strict=True):
        found[n][number] = prediction
    return [_decided(*pair, some, anew) for pair, some in zip(pairs, found, strict=True)]


def _decided(document: Document, reading: Reading, found: Mapping[int, Prediction], anew: Anew) -> Reading | None:
    parts = []
    for part in reading.parts:
        if part.status is Status.UNREADABLE:
            parts.append(part)
            continue
        prediction = found.get(part.number)
        again = _part(document, part, prediction, anew) if prediction else None
        if again is None:
            return None
        parts.append(again)
    return dataclasses.replace(reading, parts=tuple(parts))


def _part(document: Document, part: Part, prediction: Prediction, anew: Anew) -> Part | None:
    mentions = known_again(part.mentions, anew.people)
    attribution = attribute(mentions, document.case_cpr)
    unnamed = document.case_cpr is not None and document.case_cpr.digits in anew.renamed
    if unnamed and attribution.basis is not CprBasis.TEXT:
        return None
    poor = part.reason is Reason.POOR_TEXT
    status, reason = decided_status(prediction, attribution, anew.accept_at, poor=poor)
    if status is not Status.ACCEPTED and not part.whole:
        return None
    return dataclasses.replace(
        part,
        type=prediction.type,
        confidence=prediction.confidence,
        candidates=prediction.candidates,
        possible=prediction.possible,
        status=status,
        reason=reason,
        cpr=attribution.cpr,
        cpr_basis=attribution.basis,
        misfiled=attribution.misfiled,
        mentions=mentions,
    )
