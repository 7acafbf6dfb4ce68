"""The rules: which documents must be there, for whom, by when; and which must not.

They are YAML as DESIGN.md, section 4 tells. To that schema the following is added, because law and
agreements need it:

- operators: `empty: ja|nej`; a bound may be a date field moved by days: `before: today`,
  `from: foerste_sygedag + 29`. `not:` takes a list too: none of them holds.
- derived fields: `today`, `employed`, `duration_days` (`sagstjek.conditions`); in `forbidden` also
  `document_age_days`, from the document's date to today.
- `dated: {around: FIELD, days_before: N, days_after: N}`: only a document dated in this window counts,
  for rules on an event. A side left out is open.
- `valid: {months: 15}` beside years; `{years: 1, until_stated: ja}` means the date printed in the
  document, and a year from its own date where none is printed.
- `per: person`: a document on any case of the same person counts. Default `per: employment`.
- `enabled: nej` switches a rule off; `source` and `note` are for people.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from sagstjek.conditions import DERIVED, NO, YES, Condition, OneOf, as_number, choices_of, evaluate
from sagstjek.errors import RulesError, nearest
from sagstjek.marked import Marked, compose
from sagstjek.people import Employment
from sagstjek.requirements import (
    EVERYBODY,
    FOREVER,
    Due,
    Forbidden,
    IfUnknown,
    Per,
    Requirement,
    Severity,
    Valid,
    Window,
)
from sagstjek.taxonomy import taxonomy
from sagstjek.when import read_field, read_when

DOCUMENT_AGE: Final = "document_age_days"
_ALWAYS: Final = frozenset({*DERIVED, DOCUMENT_AGE, "cpr", "name", "hired", "employment_id"})
_SHOWN: Final = 30
"""Characters of a value that a warning shows."""
_VALUES_SHOWN: Final = 6
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class Rules:
    """A set of rules in the order of its file.

    Attributes:
        switched_off: the rules with `enabled: nej`; they give no findings, but the report names them.
        digest: SHA-256 of the file, hexadecimal.
    """

    requirements: tuple[Requirement, ...]
    forbidden: tuple[Forbidden, ...] = ()
    switched_off: tuple[Requirement | Forbidden, ...] = ()
    digest: str = ""


def load_rules(path: Path | None) -> Rules:
    """Return the rules of a file, or the shipped set for None.

    Raises:
        RulesError: the file cannot be read, or something in it does not follow the schema.
    """
    if path is None:
        return read_rules("the shipped rules", files("sagstjek.data").joinpath("requirements.yaml").read_bytes())
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RulesError(f"{path}: cannot be read ({error.strerror}). Name a file with rules.") from None
    return read_rules(str(path), data)


def read_rules(name: str, data: bytes) -> Rules:
    """Return the rules in the bytes of a file that the user knows by this name; raises `RulesError`."""
    top = compose(name, data).known("the rules file", ("requirements", "forbidden"), ("requirements",))
    requirements = [_requirement(item) for item in top["requirements"].items("'requirements'")]
    forbidden = [_forbidden(item) for item in top["forbidden"].items("'forbidden'")] if "forbidden" in top else []
    every: list[tuple[Marked, Requirement | Forbidden, bool]] = [*requirements, *forbidden]
    lines: dict[str, int] = {}
    for mark, rule, _ in every:
        if rule.id in lines:
            raise mark.wrong(f"this id stands in line {lines[rule.id]} already. Give each rule its own.")
        lines[rule.id] = mark.node.start_mark.line + 1
    return Rules(
        tuple(rule for _, rule, enabled in requirements if enabled),
        tuple(rule for _, rule, enabled in forbidden if enabled),
        tuple(rule for _, rule, enabled in every if not enabled),
        hashlib.sha256(data).hexdigest(),
    )


def check_fields(rules: Rules, columns: Iterable[str]) -> tuple[str, ...]:
    """Return a warning for each roster column that rules name and the roster does not have.

    Args:
        columns: of the roster, by the names that rules use.
    """
    own = set(columns)
    known = own | _ALWAYS
    lacking: dict[str, list[str]] = {}
    every: tuple[Requirement | Forbidden, ...] = (*rules.requirements, *rules.forbidden)
    for rule in every:
        for field in dict.fromkeys(rule.fields()):
            if field not in known:
                lacking.setdefault(field, []).append(rule.id)
    return tuple(
        f"The roster has no column '{field}'{nearest(field, sorted(known))}; it counts as empty for everybody. "
        f"Rules that name it: {', '.join(ids)}."
        for field, ids in lacking.items()
    )


def check_values(rules: Rules, employments: Iterable[Employment]) -> tuple[str, ...]:
    """Return a warning for each roster column that is filled, but with none of the values that rules ask for.

    Such rules would apply to nobody, or to everybody, without a word.
    """
    asked: dict[str, dict[str, None]] = {}
    every: tuple[Requirement | Forbidden, ...] = (*rules.requirements, *rules.forbidden)
    for choice in (choice for rule in every for choice in choices_of(rule.when)):
        if choice.field not in _ALWAYS:
            asked.setdefault(choice.field, {}).update(dict.fromkeys(choice.values))
    found: dict[str, set[str]] = {field: set() for field in asked}
    for employment in employments:
        fields = employment.fields()
        for field, values in found.items():
            values.add(str(fields.get(field) or ""))
    return tuple(
        f"The roster's column '{field}' has none of the values that rules ask for ({', '.join(values)}). "
        f"It has: {_some(found[field])}. If they mean the same, make one of them follow the other."
        for field, values in asked.items()
        if _is_strange(field, tuple(values), found[field])
    )


def _is_strange(field: str, values: tuple[str, ...], found: set[str]) -> bool:
    """Return whether a filled column has none of the values, nor a yes, no or number where one is asked for."""
    held = {evaluate(OneOf(field, values), {field: value}).value for value in found}
    return False in held and True not in held and _kinds(values).isdisjoint(_kinds(found))


def _kinds(values: Iterable[str]) -> set[str]:
    """Return which of the values are a plain yes or no, or a number: of such a kind others may stand there too."""
    answers = {"answer" for value in values if value.casefold() in YES | NO}
    return answers | {"number" for value in values if as_number(value) is not None}


def _some(values: set[str]) -> str:
    shown = sorted(value[:_SHOWN] for value in values if value)
    return ", ".join(shown[:_VALUES_SHOWN]) + (", …" if len(shown) > _VALUES_SHOWN else "")


_COMMON: Final = ("when", "severity", "ground", "ground_confidence", "enabled", "source", "note")
_REQUIREMENT: Final = ("id", "title", "any_of", "all_of", "if_unknown", "due", "valid", "dated", "per", "ask", *_COMMON)
_FORBIDDEN: Final = ("id", "title", "types", "action", *_COMMON)


def _requirement(item: Marked) -> tuple[Marked, Requirement, bool]:
    keys = item.known("a requirement", _REQUIREMENT, ("id", "title"))
    if ("any_of" in keys) == ("all_of" in keys):
        raise item.wrong("a requirement needs either 'any_of' or 'all_of', and not both.")
    rule = Requirement(
        _id(keys["id"]),
        keys["title"].text("the title"),
        _types(keys["any_of"] if "any_of" in keys else keys["all_of"]),
        all_of="all_of" in keys,
        when=_when(keys),
        if_unknown=IfUnknown(_word(keys, "if_unknown", IfUnknown) or IfUnknown.ASK),
        due=_due(keys["due"]) if "due" in keys else None,
        valid=_valid(keys["valid"]) if "valid" in keys else FOREVER,
        dated=_window(keys["dated"]) if "dated" in keys else None,
        per=Per(_word(keys, "per", Per) or Per.EMPLOYMENT),
        severity=_severity(keys),
        ask=_word(keys, "ask", ("leder", "medarbejder", "myndighed")) or "leder",
        ground=_text(keys, "ground"),
        ground_confidence=_word(keys, "ground_confidence", ("hoej", "middel", "lav")),
        source=_text(keys, "source"),
        note=_text(keys, "note"),
    )
    if DOCUMENT_AGE in rule.fields():
        raise keys["when"].wrong(f"'{DOCUMENT_AGE}' is known under 'forbidden' only. Use 'valid' or 'dated' here.")
    return keys["id"], rule, _enabled(keys)


def _forbidden(item: Marked) -> tuple[Marked, Forbidden, bool]:
    keys = item.known("a prohibition", _FORBIDDEN, ("id", "title", "types"))
    rule = Forbidden(
        _id(keys["id"]),
        keys["title"].text("the title"),
        _types(keys["types"]),
        when=_when(keys),
        action=_word(keys, "action", ("slet", "vurder", "flyt")) or "vurder",
        severity=_severity(keys),
        ground=_text(keys, "ground"),
        ground_confidence=_word(keys, "ground_confidence", ("hoej", "middel", "lav")),
        source=_text(keys, "source"),
        note=_text(keys, "note"),
    )
    return keys["id"], rule, _enabled(keys)


def _id(marked: Marked) -> str:
    written = marked.text("an id")
    if _ID.fullmatch(written) is None:
        raise marked.wrong("an id is written with letters a-z, digits, and _ . - between them.")
    return written


def _types(marked: Marked) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.word("document type", taxonomy()) for item in marked.items("the document types")))


def _when(keys: dict[str, Marked]) -> Condition:
    return read_when(keys["when"]) if "when" in keys else EVERYBODY


def _severity(keys: dict[str, Marked]) -> Severity:
    return Severity(_word(keys, "severity", Severity) or Severity.MAJOR)


def _enabled(keys: dict[str, Marked]) -> bool:
    return "enabled" not in keys or keys["enabled"].yes("'enabled'")


def _word(keys: dict[str, Marked], key: str, words: Iterable[str]) -> str:
    return keys[key].word(f"value of '{key}'", words) if key in keys else ""


def _text(keys: dict[str, Marked], key: str) -> str:
    return keys[key].text(f"'{key}'") if key in keys else ""


def _due(marked: Marked) -> Due:
    keys = marked.known("'due'", ("days", "after"), ("days", "after"))
    return Due(keys["days"].whole("'days'"), read_field(keys["after"]))


def _valid(marked: Marked) -> Valid:
    if not marked.is_mapping:
        return Valid(until_stated=marked.word("value of 'valid'", ("forever", "until_stated")) == "until_stated")
    keys = marked.known("'valid'", ("years", "months", "until_stated"))
    if ("years" in keys) == ("months" in keys):
        raise marked.wrong("'valid' needs either 'years' or 'months', or is 'forever' or 'until_stated'.")
    months = keys["months"].whole("'months'", 1) if "months" in keys else 12 * keys["years"].whole("'years'", 1)
    return Valid(months, until_stated="until_stated" in keys and keys["until_stated"].yes("'until_stated'"))


def _window(marked: Marked) -> Window:
    keys = marked.known("'dated'", ("around", "days_before", "days_after"), ("around",))
    if len(keys) == 1:
        raise marked.wrong("'dated' needs 'days_before', 'days_after' or both.")
    before, after = (keys[key].whole(f"'{key}'", 0) if key in keys else None for key in ("days_before", "days_after"))
    return Window(read_field(keys["around"]), before, after)
