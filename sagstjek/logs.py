"""Logging without personal words.

A log line is an event name and values of listed keys, nothing else: no free text, no file name, title
or path. Digits that could be a CPR number are masked as a last net.
"""

import json
import logging
import re
from typing import Final

_CPR_LIKE: Final = re.compile(r"(?<!\d)(\d{6})[-–— ]?\d{4}(?!\d)")
_KEYS: Final = frozenset(
    "run batch documents document count pages parts seconds reason step version workers address status "
    "rate kind size tries error host python dask model engine".split()
)


def event(name: str, level: int = logging.INFO, /, **values: str | float) -> None:
    """Log an event.

    Raises:
        KeyError: a key that is not on the list; new keys are added there after thought.
    """
    unknown = values.keys() - _KEYS
    if unknown:
        raise KeyError(f"log keys not on the list: {sorted(unknown)}")
    logging.getLogger("sagstjek").log(level, "%s %s", name, json.dumps(values))


class MaskCpr(logging.Filter):
    """Masks what looks like a CPR number in any line, ours or a library's, and drops exception texts."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the message by its masked form."""
        record.msg = _CPR_LIKE.sub(r"\1-XXXX", record.getMessage())
        record.args = ()
        if record.exc_info:
            kind = record.exc_info[0]
            record.msg += f" ({kind.__name__ if kind else 'exception'}; text withheld)"
            record.exc_info = record.exc_text = None
        return True


def set_up(*, verbose: bool = False) -> None:
    """Send our events and the libraries' warnings to stderr, masked."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(MaskCpr())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("sagstjek").setLevel(logging.INFO if verbose else logging.WARNING)
