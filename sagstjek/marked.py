"""YAML with the place of every word, read strictly: scalars by their source text, so that `NO` stays Norway."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import yaml

from sagstjek.conditions import NO, YES
from sagstjek.errors import RulesError, nearest

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Marked:
    """A node of a YAML file. Its methods return what it holds, or raise a `RulesError` that names the place."""

    file: str
    node: yaml.Node = field(repr=False)

    def wrong(self, advice: str) -> RulesError:
        """Return the error to raise: file, line, column and value, then what it means and what to do."""
        mark = self.node.start_mark
        value = self.node.value if isinstance(self.node, yaml.ScalarNode) else ""
        shown = value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
        met = f", value '{shown}'" if shown else ""
        return RulesError(f"{self.file}, line {mark.line + 1}, column {mark.column + 1}{met}: {advice}")

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_mapping(self) -> bool:
        """Whether it has keys with values."""
        return isinstance(self.node, yaml.MappingNode)

    def entries(self, what: str) -> Iterator[tuple["Marked", str, "Marked"]]:
        """Yield for each entry of a mapping its key's place, its key and its value."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.wrong(f"{what} must be written as 'key: value'.")
        seen: dict[str, int] = {}
        for key_node, value_node in self.node.value:
            key = Marked(self.file, key_node)
            name = key.text("a key")
            if name in seen:
                raise key.wrong(f"this key stands in line {seen[name]} already. Remove one of them.")
            seen[name] = key_node.start_mark.line + 1
            yield key, name, Marked(self.file, value_node)

    def known(self, what: str, keys: Iterable[str], needed: Iterable[str] = ()) -> dict[str, "Marked"]:
        """Return the values of a mapping that may hold these keys only, and must hold the needed ones."""
        allowed, found = tuple(keys), {}
        for key, name, value in self.entries(what):
            if name not in allowed:
                raise key.wrong(f"{what} has no key of this name{nearest(name, allowed)}. Keys: {', '.join(allowed)}.")
            found[name] = value
        for name in needed:
            if name not in found:
                raise self.wrong(f"{what} lacks the key '{name}'. Add it.")
        return found

    def items(self, what: str) -> list["Marked"]:
        """Return the items of a list; it must have some."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.wrong(f"{what} must be a list, such as [a, b].")
        if not self.node.value:
            raise self.wrong(f"{what} is an empty list. Write at least one item, or remove the key.")
        return [Marked(self.file, item) for item in self.node.value]

    def text(self, what: str) -> str:
        """Return a single value as it is written."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.wrong(f"{what} must be a single value.")
        written: str = self.node.value
        if not written.strip():
            raise self.wrong(f"{what} is empty. Write a value, or remove the key.")
        return written.strip()

    def word(self, what: str, words: Iterable[str]) -> str:
        """Return a value that must be one of these words."""
        written, allowed = self.text(what), tuple(words)
        if written not in allowed:
            listed = f" One of: {', '.join(allowed)}." if len(allowed) <= 10 else ""
            raise self.wrong(f"unknown {what}{nearest(written, allowed)}.{listed}")
        return written

    def whole(self, what: str, least: int | None = None) -> int:
        """Return a whole number, not less than `least`."""
        try:
            number = int(self.text(what))
        except ValueError:
            raise self.wrong(f"{what} must be a whole number.") from None
        if least is not None and number < least:
            raise self.wrong(f"{what} must be at least {least}.")
        return number

    def yes(self, what: str) -> bool:
        """Return True for `ja`, False for `nej`."""
        written = self.text(what).casefold()
        if written not in YES | NO:
            raise self.wrong(f"{what} must be ja or nej.")
        return written in YES


def compose(file: str, data: bytes) -> Marked:
    """Return the top of a YAML file.

    Raises:
        RulesError: it is not UTF-8, not YAML, or empty.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise RulesError(f"{file}, line {line}: this is not UTF-8. Save the file with the encoding UTF-8.") from None
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise RulesError(
            f"{file}{place}: not YAML here ({error.problem}). Check the indentation (spaces, no tabs), "
            "and put text that holds ': ' or ' #' in quotation marks."
        ) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise RulesError(f"{file}: cannot be read as YAML ({type(error).__name__}). Mend the file.") from None
    if node is None:
        raise RulesError(f"{file}: holds no rules. Start it with 'requirements:'.")
    return Marked(file, node)
