"""OCR engines that fail, each in its own way; all of them are `pipeline.ocr.engine.OcrEngine`s."""

import time
from dataclasses import dataclass, field

from PIL import Image

from pipeline.ocr.engine import AUTO, Recognised


@dataclass(slots=True)
class ScriptedEngine:
    """Says the same of every picture, and counts what it was asked."""

    text: str = ""
    confidence: float = 0.9
    degrees: int = 0
    name: str = "scripted"
    version: str = "scripted 1"
    sizes: list[tuple[int, int]] = field(default_factory=list)

    def recognise(self, image: Image.Image, dpi: int, mode: int = AUTO) -> Recognised:
        self.sizes.append(image.size)
        return Recognised(self.text, self.confidence if self.text else 0.0)

    def orientation(self, image: Image.Image) -> int:
        return self.degrees


def garbage_engine() -> ScriptedEngine:
    """Reads rubbish, and knows that it is."""
    return ScriptedEngine("~|¦ ;:.,' ﬁ§ \x0c ¤¤ 1lI|", 0.11)


@dataclass(slots=True)
class RaisingEngine:
    """Raises on every picture. The text of the exception must show up nowhere."""

    error: BaseException = field(default_factory=lambda: RuntimeError("251248-9996 Åse Sørensen"))
    name: str = "raising"
    version: str = "raising 1"

    def recognise(self, image: Image.Image, dpi: int, mode: int = AUTO) -> Recognised:
        raise self.error

    def orientation(self, image: Image.Image) -> int:
        raise self.error


@dataclass(slots=True)
class HangingEngine:
    """Does not answer within the time of any test; sleeps, so that it can be ended."""

    seconds: float = 3600.0
    name: str = "hanging"
    version: str = "hanging 1"

    def recognise(self, image: Image.Image, dpi: int, mode: int = AUTO) -> Recognised:
        time.sleep(self.seconds)
        return Recognised("", 0.0)

    def orientation(self, image: Image.Image) -> int:
        time.sleep(self.seconds)
        return 0
