"""Classifiers that say what a test wants."""

from dataclasses import dataclass, field

from sagstjek.shapes import Prediction


@dataclass(slots=True)
class ScriptedClassifier:
    """Takes a part for the first type whose word it holds, with the confidence of that word; counts its questions."""

    words: dict[str, tuple[str, float]]
    first_words: tuple[str, ...] = ()
    model_id: str = "scripted"
    accept_at: float = 0.9
    breaks_id: str = "scripted"
    evidence_id: str = "scripted"
    asked: list[str] = field(default_factory=list)

    def classify(self, parts):
        self.asked += [part.text for part in parts]
        return [self._one(part.text.lower()) for part in parts]

    def observe(self, part):
        return part.text.encode()

    def decide(self, evidence):
        return [self._one(text.decode().lower()) for text in evidence]

    def begins(self, pages):
        return [float(n == 0 or page.text.startswith(self.first_words)) for n, page in enumerate(pages)]

    def _one(self, text):
        for word, (code, confidence) in self.words.items():
            if word in text:
                return Prediction(code, confidence, (code,))
        return Prediction("andet", 0.2, ("andet", "cv"))
