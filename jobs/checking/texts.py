"""The words of the check sample, from `texts.yaml`."""

from functools import cache
from importlib.resources import files

import yaml

from jobs.report.texts import Texts


@cache
def load_texts(language: str) -> Texts:
    """Return the texts in a language, `da` or `en`."""
    raw = yaml.safe_load(files("jobs.checking").joinpath("texts.yaml").read_text("utf-8"))
    return Texts(language, {key: entry[language] for key, entry in raw.items()})
