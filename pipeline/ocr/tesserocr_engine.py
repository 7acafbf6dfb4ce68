"""Tesseract within this process: the model is loaded once, and no page touches the disk."""

import os

# Tesseract's own threads make it slower, and every core has a process already. Read when its library loads.
os.environ["OMP_THREAD_LIMIT"] = "1"

import tesserocr
from PIL import Image

from pipeline.ocr.engine import AUTO, SURE, Recognised, check_sides, for_orientation, mean_confidence
from pipeline.ocr.language_data import ORIENTATION, find_language_data, identity
from sagstjek.errors import ProgramError


class TesserocrEngine:
    """Keeps two warm Tesseracts, one for text and one for orientation. For one thread."""

    name = "tesserocr"

    def __init__(self, languages: str) -> None:
        folder = find_language_data(languages)
        place = f"{folder}/"  # without the slash Tesseract looks beside the folder
        try:
            self._text = tesserocr.PyTessBaseAPI(path=place, lang=languages, psm=AUTO, oem=tesserocr.OEM.LSTM_ONLY)
            self._orientation = tesserocr.PyTessBaseAPI(path=place, lang=ORIENTATION, psm=tesserocr.PSM.OSD_ONLY)
        except RuntimeError:
            raise ProgramError(
                f"Tesseract cannot use its language files in {folder}: they are damaged or made for another version. "
                "Install them again: sudo apt-get install --reinstall tesseract-ocr-dan tesseract-ocr-osd"
            ) from None
        number = tesserocr.tesseract_version().split("\n", 1)[0].removeprefix("tesseract").strip()
        self.version = f"tesseract {number} {identity(folder, languages)}"

    def recognise(self, image: Image.Image, dpi: int, mode: int = AUTO) -> Recognised:
        """Return the text; what was learnt from the page is forgotten, so the next is read as if alone."""
        self._text.SetPageSegMode(mode)
        _show(self._text, image, dpi)
        try:
            text: str = self._text.GetUTF8Text()
            confidence = mean_confidence(text.split(), self._text.AllWordConfidences())
        finally:
            self._text.Clear()
            self._text.ClearAdaptiveClassifier()
        return Recognised(text, confidence if text.strip() else 0.0)

    def orientation(self, image: Image.Image) -> int:
        """Return the clockwise turn that makes the page upright; 0 when unsure."""
        image = for_orientation(image)
        _show(self._orientation, image, 0)
        try:
            found = self._orientation.DetectOrientationScript()
        finally:
            self._orientation.Clear()
        if not found or found["orient_conf"] < SURE:
            return 0
        return (360 - int(found["orient_deg"])) % 360


def _show(tesseract: tesserocr.PyTessBaseAPI, image: Image.Image, dpi: int) -> None:
    check_sides(image)
    grey = image if image.mode == "L" else image.convert("L")
    tesseract.SetImageBytes(grey.tobytes(), grey.width, grey.height, 1, grey.width)
    if dpi:
        tesseract.SetSourceResolution(dpi)
