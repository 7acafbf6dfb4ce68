"""Every error that sagstjek raises, on one screen.

    SagstjekError                     exit code
    ├── InputError                    1   a file, option or setting that we were given is wrong
    │   ├── SettingsError             1
    │   ├── RulesError                1
    │   └── TableError                1   an index, roster or label file; names file, line, column, value
    ├── ProgramError                  3   a program, language or package that we need is not installed
    ├── ConnectorError                4   a system or disk does not answer as it should
    ├── ClusterError                  5   scheduler or workers cannot do the work
    ├── ModelError                    1   a model file is damaged or does not fit
    └── DocumentError                 –   one document cannot be read; becomes a value, never stops a run

A message has three parts: what was met, what it means, what to do. It never holds a personal word
(CPR number, name, title, file name, text), except for the value that a `TableError` shows to the
person at the terminal who gave us the file; such a message is printed, never logged.
"""

import difflib
from collections.abc import Iterable
from enum import IntEnum

from sagstjek.shapes import Reason


class ExitCode(IntEnum):
    """What the shell is told."""

    DONE = 0
    WRONG_INPUT = 1
    SOME_UNREADABLE = 2
    MISSING_PROGRAM = 3
    CONNECTOR = 4
    CLUSTER = 5
    FILING_STOPPED = 6
    BUG = 15
    INTERRUPTED = 130


class SagstjekError(Exception):
    """The root: everything that we raise on purpose."""

    exit_code = ExitCode.BUG


class InputError(SagstjekError):
    """A file, option or setting that we were given is wrong."""

    exit_code = ExitCode.WRONG_INPUT


class SettingsError(InputError):
    """A setting is unknown or has an impossible value."""


class RulesError(InputError):
    """The requirements file does not follow the schema."""


class TableError(InputError):
    """A row of an index, roster or label file is wrong.

    Args:
        file: the file as the user named it.
        line: line number from 1, as an editor counts; 0 for the whole file.
        column: the column heading, or an empty string.
        value: what was met, or an empty string.
        advice: what it means and what to do.
    """

    def __init__(self, file: str, line: int, column: str, value: str, advice: str) -> None:
        place = ", ".join(
            bit
            for bit in (
                file,
                f"line {line}" if line else "",
                f"column '{column}'" if column else "",
                f"value '{value}'" if value else "",
            )
            if bit
        )
        super().__init__(f"{place}: {advice}")


class ProgramError(SagstjekError):
    """A program, language or package that we need is not installed."""

    exit_code = ExitCode.MISSING_PROGRAM


class ConnectorError(SagstjekError):
    """A system or disk does not answer as it should."""

    exit_code = ExitCode.CONNECTOR


class ClusterError(SagstjekError):
    """The scheduler or the workers cannot do the work."""

    exit_code = ExitCode.CLUSTER


class ModelError(SagstjekError):
    """A model file is damaged, or made for another version."""

    exit_code = ExitCode.WRONG_INPUT


class DocumentError(SagstjekError):
    """One document cannot be read. Carries a reason code and nothing personal."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason

    def __reduce__(self) -> tuple[type["DocumentError"], tuple[Reason]]:
        return type(self), (self.reason,)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ` (did you mean '...'?)` for the known word nearest to `word`, or an empty string.

    >>> nearest("boernatest", ["boerneattest", "cv"])
    " (did you mean 'boerneattest'?)"
    """
    spelled = {name.lower(): name for name in known}
    found = difflib.get_close_matches(word.lower(), spelled, n=1, cutoff=0.6)
    return f" (did you mean '{spelled[found[0]]}'?)" if found else ""
