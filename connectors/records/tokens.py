"""OAuth2 tokens: both grants that Danish systems use, renewed before they run out and once more when refused."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from connectors.records.answers import Fields
from connectors.records.calling import Ask, Caller
from connectors.records.problems import Problem, RecordsError
from connectors.records.waiting import Clock

_MARGIN: Final = 30.0
"""Seconds before its end at which a token is no longer used."""
_REFUSED: Final = dict.fromkeys((400, 401, 403), Problem.NO_ACCESS)


@dataclass(frozen=True, slots=True)
class Grant:
    """Where tokens come from and what is shown for them.

    Attributes:
        form: `grant_type`, `client_id`, and whatever secrets the grant needs.
    """

    url: str = field(repr=False)
    form: Mapping[str, str] = field(repr=False)


class Tokens:
    """A login by bearer token, shared by all threads."""

    def __init__(self, caller: Caller, grant: Grant, clock: Clock) -> None:
        self._caller = caller
        self._grant = grant
        self._clock = clock
        self._lock = threading.Lock()
        self._token = ""
        self._good_until = 0.0

    def headers(self) -> Mapping[str, str]:
        """Return the header, with a new token when the old one is about to run out.

        Raises:
            RecordsError: no access, or the token server does not answer.
        """
        with self._lock:
            if not self._token or self._clock.now() >= self._good_until:
                self._fetch()
            return {"Authorization": f"Bearer {self._token}"}

    def renew(self, refused: Mapping[str, str]) -> bool:
        """Forget the refused token, unless another thread has renewed it meanwhile."""
        with self._lock:
            if refused.get("Authorization") == f"Bearer {self._token}":
                self._token = ""
        return True

    def _fetch(self) -> None:
        began = self._clock.now()
        ask = Ask("get a token", "POST", self._grant.url, form=self._grant.form, problems=_REFUSED)
        answer = Fields(self._caller.json(ask))
        token = answer.text("access_token")
        if not token:
            raise RecordsError(Problem.NO_ACCESS, "get a token")
        seconds = float(answer.whole("expires_in") or 60)
        self._token = token
        # A token that lives shorter than the margin would never be used.
        self._good_until = began + seconds - min(_MARGIN, seconds / 2)
