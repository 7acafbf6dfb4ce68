"""The classifier: a linear model over n-grams and layout, with calibrated probabilities and prediction sets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from models.artefact import Artefact, read_artefact
from models.breaks import BreakModel
from models.calibration import Calibration
from models.evidence import Evidence, evidence_id, observe
from models.features import GRAMS, OWN, Features
from models.vocabulary import Vocabulary
from sagstjek.errors import ModelError
from sagstjek.shapes import Page, PartText, Prediction


@dataclass(frozen=True, slots=True)
class Labeller:
    """Tells what parts are and where documents begin. Implements `Classifier` and `PageBreaks`.

    Attributes:
        types: taxonomy codes, one a column.
        weights: (n_features, n_types) float32. offset: (n_types,).
        model_id: name and content hash of the artefact; empty for a model that was never saved.
    """

    types: tuple[str, ...]
    features: Features = field(repr=False)
    weights: npt.NDArray[np.float32] = field(repr=False)
    offset: npt.NDArray[np.float32] = field(repr=False)
    calibration: Calibration = field(repr=False)
    breaks: BreakModel = field(repr=False)
    model_id: str = ""

    @property
    def accept_at(self) -> float:
        """Calibrated probability from which a type is accepted without a person's look."""
        return self.calibration.accept_at

    @property
    def evidence_id(self) -> str:
        """What it sees in a text."""
        return evidence_id()

    @property
    def breaks_id(self) -> str:
        """Content hash of the page-begins model."""
        return self.breaks.digest

    def probabilities(self, evidence: Sequence[Evidence]) -> npt.NDArray[np.float64]:
        """Return calibrated probabilities, (n_parts, n_types), rows sum to 1."""
        scores = self.features.transform(evidence) @ self.weights + self.offset
        return self.calibration.probabilities(np.asarray(scores, dtype=np.float64))

    def observe(self, part: PartText) -> bytes:
        """Return what a decision on a part rests on, for the ledger."""
        return observe(part).pack()

    def classify(self, parts: Sequence[PartText]) -> list[Prediction]:
        """Return one prediction a part."""
        return self._predictions([observe(part) for part in parts])

    def decide(self, evidence: Sequence[bytes]) -> list[Prediction]:
        """Return one prediction for each part of which `observe` kept the evidence.

        Raises:
            ModelError: it was kept by a version that saw other things in a text.
        """
        return self._predictions([Evidence.unpack(item) for item in evidence])

    def _predictions(self, evidence: Sequence[Evidence]) -> list[Prediction]:
        return [self._prediction(row) for row in self.probabilities(evidence)] if evidence else []

    def begins(self, pages: Sequence[Page]) -> list[float]:
        """Return for each page the probability that it begins a document; 1 for the first."""
        return self.breaks.begins(pages)

    def _prediction(self, chances: npt.NDArray[np.float64]) -> Prediction:
        order = np.argsort(-chances, kind="stable")
        inside = [self.types[n] for n in order if chances[n] >= self.calibration.set_floor]
        wider = tuple(self.types[n] for n in order if chances[n] >= self.calibration.possible_floor)
        top = self.types[order[0]]
        return Prediction(top, float(chances[order[0]]), tuple(inside) or (top,), wider)


def load_model(data: bytes | None = None) -> Labeller:
    """Return the model of a file's bytes; the shipped one for None.

    Raises:
        ModelError: the file is damaged, or made for another version.
    """
    if data is None:
        data = files("models").joinpath("shipped", "model.sagstjek").read_bytes()
    return from_artefact(read_artefact(data))


def to_artefact(model: Labeller) -> Artefact:
    """Return the model as arrays and plain values."""
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "weights": model.weights.astype(np.float16),
        "offset": model.offset.astype(np.float32),
        "bias": model.calibration.bias,
        **model.breaks.arrays(),
    }
    for vocabulary in model.features.vocabularies:
        name = vocabulary.grams.name
        arrays[f"columns_{name}"] = vocabulary.columns
        arrays[f"idf_{name}"] = vocabulary.idf
    values = {
        "types": list(model.types),
        "sharpness": model.calibration.sharpness,
        "set_floor": model.calibration.set_floor,
        "possible_floor": model.calibration.possible_floor,
        "accept_at": model.calibration.accept_at,
        "blocks": [v.grams.name for v in model.features.vocabularies],
    }
    return Artefact(values, arrays)


def from_artefact(artefact: Artefact) -> Labeller:
    """Return the model in an artefact.

    Raises:
        ModelError: something that a model needs is not in it.
    """
    values, arrays = artefact.values, artefact.arrays
    try:
        known = {grams.name: grams for grams in (*GRAMS, OWN)}
        vocabularies = tuple(
            Vocabulary(
                known[name],
                arrays[f"columns_{name}"].astype(np.uint32),
                arrays[f"idf_{name}"].astype(np.float32),
            )
            for name in values["blocks"]
        )
        calibration = Calibration(
            float(values["sharpness"]),
            arrays["bias"].astype(float),
            float(values["set_floor"]),
            float(values["possible_floor"]),
            float(values["accept_at"]),
        )
        features = Features(vocabularies)
        if arrays["weights"].shape != (features.width, len(values["types"])):
            raise ValueError
        return Labeller(
            tuple(values["types"]),
            features,
            arrays["weights"].astype(np.float32),
            arrays["offset"].astype(np.float32),
            calibration,
            BreakModel.of(arrays),
            f"labeller-{artefact.digest[:12]}",
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"the model file lacks what this version needs ({type(error).__name__}). Train it again: sagstjek train."
        ) from None
