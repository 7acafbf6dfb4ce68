"""Which file format a document came in: by its year, and by what kind of document it is."""

from random import Random

from models.corpus.markup import Template

Weights = dict[str, float]

_PAPER: Weights = {"tif": 50, "grey_tif": 4, "scan_pdf": 16, "layer_pdf": 8, "junk_pdf": 12}
_OFFICE: Weights = {
    "doc": 34,
    "tif": 32,
    "grey_tif": 3,
    "scan_pdf": 12,
    "layer_pdf": 4,
    "junk_pdf": 8,
    "pdf": 3,
}
_MIXED: Weights = {"doc": 12, "docx": 12, "pdf": 22, "scan_pdf": 16, "layer_pdf": 12, "junk_pdf": 5, "tif": 9}
_DIGITAL: Weights = {"docx": 20, "pdf": 38, "scan_pdf": 10, "layer_pdf": 9, "junk_pdf": 2, "jpg": 6, "tif": 3}
_ERAS = ((1997, _PAPER), (2006, _OFFICE), (2013, {**_MIXED, "msg": 4}), (9999, {**_DIGITAL, "msg": 4}))
"""Weights by the last year that they hold for."""
_SINCE = {
    "docx": 2007,
    "jpg": 2009,
    "msg": 1999,
    "eml": 2001,
    "xlsx": 2007,
    "xls": 1996,
    "pdf": 2000,
    "doc": 1997,
}
_MAIL: Weights = {"msg": 60, "eml": 14, "pdf": 16, "scan_pdf": 6, "tif": 4}
_CARD: Weights = {"jpg": 55, "scan_pdf": 25, "layer_pdf": 10, "tif": 20}
_SIGNED: Weights = {"scan_pdf": 34, "layer_pdf": 22, "junk_pdf": 6, "tif": 16, "jpg": 14, "pdf": 24}
_SYSTEM: Weights = {"pdf": 80, "scan_pdf": 10, "layer_pdf": 10, "tif": 10}
_TABLE: Weights = {"xlsx": 38, "xls": 14, "pdf": 20, "docx": 8, "scan_pdf": 10, "tif": 12}
_STYLES = {"mail": _MAIL, "card": _CARD, "certificate": _SIGNED, "register": _SYSTEM, "table": _TABLE}
_TYPED = frozenset({"typewriter", "telegram", "slip"})
_SHEETS = frozenset({"loenindplacering", "loenaftale", "ferie"})
_WITH_TABLE = "\n| "


def draw_form(template: Template, year: int, rng: Random) -> str:
    """Return the format, a key of `render.formats.EXTENSIONS`, of a document of this year."""
    weights = _weights(template, year)
    possible = {form: weight for form, weight in weights.items() if year >= _SINCE.get(form, 0)}
    return rng.choices(list(possible), list(possible.values()))[0]


def _weights(template: Template, year: int) -> Weights:
    if template.style in _TYPED:
        return _PAPER
    weights = _STYLES.get(template.style) or next(w for last, w in _ERAS if year <= last)
    if template.type in _SHEETS and _WITH_TABLE in template.text and year >= _SINCE["xls"]:
        weights = {**weights, "xlsx": 22, "xls": 10}
    return weights


def suits(form: str, template: Template, year: int) -> bool:
    """Return whether a document of this template and year may come in a format."""
    return year >= _SINCE.get(form, 0) and (form in _weights(template, year) or form in {"eml", "xls", "grey_tif"})
