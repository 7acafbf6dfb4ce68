"""Redacted exchanges with a server: a customer's test run becomes a fixture, without its people.

Kept are method, path, keys, whole numbers, truth values, null, and texts of a short list of keys whose values are
words of the system, not of people. Every other text is replaced by its length; CPR-like digits go wherever they are.
"""

import itertools
import json
import re
import threading
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from connectors.records.answers import Json
from sagstjek.errors import ConnectorError

_PLAIN: Final = frozenset(
    "grant_type token_type scope sagstilstand deletedstate mimetype filendelse activecode progressstate "
    "participantrole identificationtype sensitivity documenttype fileextension documentdatainfotype mailtype parttype "
    "listname querytype resulttypename viewname".split()
)
_CPR_LIKE: Final = re.compile(r"(?<!\d)\d{6}[-–—. ]?\d{4}(?!\d)")
_PLAIN_PATH: Final = re.compile(r"[A-Za-z_][A-Za-z_.]{0,40}|v?\d{1,9}|")


class Recorder:
    """Keeps exchanges in a folder, one JSON file each, numbered in the order of their answers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConnectorError(f"{folder}: cannot be made ({error.strerror}). Name another folder.") from None

    def keep(self, method: str, url: str, sent: Json, status: int, answered: Json) -> None:
        """Write an exchange.

        Args:
            method, url: of the request. sent: its JSON or form, or what parts it had. status: 0 for no answer.
            answered: the JSON, or `content(...)` of another answer.
        """
        exchange: dict[str, Json] = {
            "request": {"method": method, "path": masked_url(url), "body": masked(sent)},
            "response": {"status": status, "body": masked(answered)},
        }
        text = json.dumps(exchange, ensure_ascii=False, indent=1)
        with self._lock:
            while True:
                try:
                    with (self._folder / f"{next(self._numbers):06}.json").open("x", encoding="utf-8") as stream:
                        stream.write(text)
                    break
                except FileExistsError:  # of an earlier run
                    continue


def masked(value: Json, key: str = "") -> Json:
    """Return a JSON value without anything personal or secret.

    >>> masked({"Id": 979, "Navn": "Anna", "SagsTilstand": "Aktiv", "nr": 101901234})
    {'Id': 979, 'Navn': '(4)', 'SagsTilstand': 'Aktiv', 'nr': '(9)'}
    """
    if isinstance(value, dict):
        # A key that is no word could be data.
        return {name if _PLAIN_PATH.fullmatch(name) else "(key)": masked(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [masked(item, key) for item in value[:50]]
    if isinstance(value, str):
        return value if key.lower() in _PLAIN and not _CPR_LIKE.search(value) else f"({len(value)})"
    if isinstance(value, int) and not isinstance(value, bool) and 8 < len(str(abs(value))) < 11:
        return f"({len(str(abs(value)))})"
    return value


def masked_url(url: str) -> str:
    """Return path and query of an address, with all that is not a plain word or small number replaced.

    A whole address can end in a file name, so nothing of it is kept but its shape.

    >>> masked_url("api/sag/979/x-0101901234?a=hej&b=3"), masked_url("https://host/Dokumenter/Nancy.pdf")
    ('api/sag/979/(12)?a=(3)&b=3', '/(10)/(9)')
    """
    parts = urlsplit(url)
    path = "/".join(f"({len(bit)})" if parts.scheme and bit else _plain(bit) for bit in parts.path.split("/"))
    query = "&".join(f"{_plain(n)}={_small(v)}" for n, v in parse_qsl(parts.query))
    return f"{path}?{query}" if query else path


def _small(value: str) -> str:
    return value if value.isdigit() and len(value) < 9 else f"({len(value)})"


def _plain(bit: str) -> str:
    return bit if _PLAIN_PATH.fullmatch(bit) and not _CPR_LIKE.search(bit) else f"({len(bit)})"


def content(media_type: str, size: int) -> Json:
    """Return what is told of an answer that is not JSON."""
    return {"MimeType": media_type.partition(";")[0][:60], "size": size}
