"""The document types, read from `data/taxonomy.yaml`."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of document: stable code, Danish name, English gloss, usual folder of the case."""

    code: str
    name: str
    en: str
    folder: str
    about: str


@cache
def taxonomy() -> dict[str, DocumentType]:
    """Return every type by its code, in the order of the file.

    >>> taxonomy()["cv"].en, len(taxonomy())
    ('curriculum vitae', 38)
    """
    raw = yaml.safe_load(files("sagstjek.data").joinpath("taxonomy.yaml").read_text("utf-8"))
    return {entry["code"]: DocumentType(**entry) for entry in raw["types"]}
