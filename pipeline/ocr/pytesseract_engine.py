"""Tesseract as a program, once for each page: slower, for machines without tesserocr."""

import os

os.environ["OMP_THREAD_LIMIT"] = "1"

import pytesseract
from PIL import Image

from pipeline.ocr.engine import AUTO, SURE, Recognised, check_sides, for_orientation, mean_confidence
from pipeline.ocr.language_data import find_language_data, identity
from sagstjek.errors import ProgramError


class PytesseractEngine:
    """Starts the program `tesseract` for each picture; pictures lie in the temporary folder meanwhile."""

    name = "pytesseract"

    def __init__(self, languages: str) -> None:
        folder = find_language_data(languages)
        self._languages = languages
        self._config = f'--tessdata-dir "{folder}"'
        try:
            number = pytesseract.get_tesseract_version()
        except pytesseract.TesseractNotFoundError:
            raise ProgramError(
                "The program tesseract is not installed; without it scanned pages cannot be read. "
                "Install it: sudo apt-get install tesseract-ocr"
            ) from None
        self.version = f"tesseract {number} {identity(folder, languages)}"

    def recognise(self, image: Image.Image, dpi: int, mode: int = AUTO) -> Recognised:
        """Return the text, lines and blocks as Tesseract found them."""
        check_sides(image)
        words = pytesseract.image_to_data(
            image,
            lang=self._languages,
            config=f"{self._config} --oem 1 --psm {mode} --dpi {dpi}",
            output_type=pytesseract.Output.DICT,
        )
        text, places = "", (0, 0, 0)
        kept: list[str] = []
        confidences: list[float] = []
        for word, confidence, *place in zip(
            words["text"], words["conf"], words["block_num"], words["par_num"], words["line_num"], strict=True
        ):
            if not str(word).strip():
                continue
            here = tuple(place)
            if text:
                text += " " if here == places else "\n" if here[:2] == places[:2] else "\n\n"
            text += str(word)
            places = here
            kept.append(str(word))
            confidences.append(float(confidence))
        return Recognised(text, mean_confidence(kept, confidences))

    def orientation(self, image: Image.Image) -> int:
        """Return the clockwise turn that makes the page upright; 0 when unsure."""
        try:
            found = pytesseract.image_to_osd(
                for_orientation(image), config=self._config, output_type=pytesseract.Output.DICT
            )
        except pytesseract.TesseractError:  # too few characters
            return 0
        return int(found["rotate"]) if found["orientation_conf"] >= SURE else 0
