"""Calls to a records system over HTTP: tried again only where it is safe, errors of a few kinds, nothing personal told.

A read, or a write that is proven not to have been stored (no connection, 401, 429), is tried again with backoff and
jitter. Any other write is sent once; when its answer is an error, it is `unsure`: the server may have stored it.
"""

import contextlib
import logging
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import BinaryIO, Final, Protocol, TypeVar

import httpx

from connectors.records.answers import Json, decoded
from connectors.records.problems import Problem, RecordsError
from connectors.records.recording import Recorder, content
from connectors.records.site import Site
from connectors.records.waiting import Clock, Tempo, WallClock, asked_for, pause
from sagstjek.logs import event

_Value = TypeVar("_Value")
IsPage = Callable[[str, bytes], bool]
"""Tells from media type and first bytes that an answer is an error page and not the file."""
_CONNECT_SECONDS: Final = 10.0
_BY_STATUS: Final = {401: Problem.NO_ACCESS, 403: Problem.NO_ACCESS, 404: Problem.NOT_FOUND, 410: Problem.NOT_FOUND}
_FOR_A_WHILE: Final = frozenset({408, 425, 429})
_NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
for _name in ("httpx", "httpcore"):  # their lines hold addresses and headers
    logging.getLogger(_name).setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Ask:
    """A call.

    Attributes:
        what: in words, for messages and the log; nothing personal.
        path: below the site's address, or a whole address.
        safe: reading it twice does no harm.
        parts: of a multipart form: name, and file name or None, bytes, media type.
        problems: what a status means in this call, where it is not what it usually means.
    """

    what: str
    method: str
    path: str = field(repr=False)
    safe: bool = True
    body: Json = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    parts: Mapping[str, tuple[str | None, bytes, str]] | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    problems: Mapping[int, Problem] = field(default_factory=dict)


class Login(Protocol):
    """How we show who we are."""

    def headers(self) -> Mapping[str, str]:
        """Return the headers to send."""
        ...

    def renew(self, refused: Mapping[str, str]) -> bool:
        """Return whether others can be sent than those that were just refused."""
        ...


class NoLogin:
    """Nothing in the headers: no login at all, or one by connection."""

    def headers(self) -> Mapping[str, str]:
        """Return none."""
        return {}

    def renew(self, refused: Mapping[str, str]) -> bool:
        """Return that there are no others."""
        del refused
        return False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a caller needs of the world; tests bring their own."""

    clock: Clock = field(default_factory=WallClock)
    chance: Random = field(default_factory=Random)
    recorder: Recorder | None = None
    auth: Callable[[], httpx.Auth] | None = None
    """Makes the login of a connection, such as NTLM."""


class _FailedError(Exception):
    """An attempt failed, and this is what is known of it."""

    def __init__(self, problem: Problem, status: int = 0, *, stored: bool = True, again: bool = True) -> None:
        super().__init__()
        self.problem = problem
        self.status = status
        self.stored = stored  # it may have been
        self.again = again  # another attempt could fare better
        self.after = 0.0


class Caller:
    """Makes calls to one site, from any thread; each thread has a connection of its own."""

    def __init__(self, site: Site, login: Login | None = None, around: Surroundings | None = None) -> None:
        self._site = site
        self._login = login or NoLogin()
        self._around = around or Surroundings()
        self._tempo = Tempo(site.requests_per_second, self._around.clock)
        self._tls = ssl.create_default_context(cafile=site.ca_bundle or None)
        self._mine = threading.local()
        self._clients: list[httpx.Client] = []

    def json(self, ask: Ask | Callable[[], Ask]) -> Json:
        """Return the JSON of an answer; None for an empty one.

        Args:
            ask: the call, or what makes it anew for each attempt.

        Raises:
            RecordsError: it failed; `unsure` when it was a write that may have been stored.
        """
        return self._trying(ask, self._json_once)

    def download(self, ask: Ask | Callable[[], Ask], into: BinaryIO, is_page: IsPage | None = None) -> None:
        """Write the bytes of an answer from the present place of a stream.

        Args:
            ask: a safe call, or what makes it anew for each attempt.
            into: must let itself be set back.
            is_page: tells from media type and first bytes that it is an error page instead of the file.

        Raises:
            RecordsError: not all of it came, it is too large, or it is an error page.
        """
        start = into.tell()

        def once(asked: Ask) -> None:
            into.seek(start)
            into.truncate()
            self._download_once(asked, into, is_page)

        self._trying(ask, once)

    def close(self) -> None:
        """Close the connections of all threads."""
        while self._clients:
            self._clients.pop().close()

    def _trying(self, ask: Ask | Callable[[], Ask], once: Callable[[Ask], _Value]) -> _Value:
        attempt = 0
        while True:
            attempt += 1
            asked = ask() if callable(ask) else ask
            began = time.monotonic()
            self._tempo.take()
            try:
                return self._logged_in(asked, once)
            except _FailedError as error:
                failed = error
            seconds = round(time.monotonic() - began, 3)
            event("call_failed", kind=asked.what, status=failed.status, tries=attempt, seconds=seconds)
            unsure = failed.stored and not asked.safe
            if not failed.again or unsure or attempt >= self._site.attempts:
                raise RecordsError(failed.problem, asked.what, unsure=unsure, status=failed.status)
            if failed.after:
                self._tempo.hold(failed.after)
            wait = pause(attempt, self._site.first_pause, self._site.most_pause, self._around.chance)
            self._around.clock.wait(max(wait, failed.after))

    def _logged_in(self, asked: Ask, once: Callable[[Ask], _Value]) -> _Value:
        """Try once; when the login has run out, renew it and replay: a refused call has not been stored."""
        headers = self._login.headers()
        try:
            return once(_with_headers(asked, headers))
        except _FailedError as failed:
            if failed.status != 401 or not self._login.renew(headers):
                raise
        return once(_with_headers(asked, self._login.headers()))

    def _json_once(self, asked: Ask) -> Json:
        with self._answered(asked) as response:
            data = response.read()
            media = response.headers.get("content-type", "")
            try:
                answer = decoded(data) if data.strip() else None
                is_json = True
            except ValueError:
                answer, is_json = content(media, len(data)), False
            self._keep(asked, response.status_code, answer)
            _check_status(asked, response)
            if not is_json:  # a page where data should be: "503" in a 200
                raise _FailedError(Problem.UNAVAILABLE, response.status_code)
            return answer

    def _download_once(self, asked: Ask, into: BinaryIO, is_page: IsPage | None) -> None:
        with self._answered(asked) as response:
            media, size = response.headers.get("content-type", ""), 0
            _check_status(asked, response)
            for block in response.iter_bytes(1 << 16):
                if not size and is_page and is_page(media, block):
                    raise _FailedError(Problem.UNAVAILABLE, response.status_code)
                size += len(block)
                if size > self._site.max_file_mb << 20:
                    raise _FailedError(Problem.REFUSED, response.status_code, again=False)
                into.write(block)
            self._keep(asked, response.status_code, content(media, size))

    @contextlib.contextmanager
    def _answered(self, asked: Ask) -> Iterator[httpx.Response]:
        """Send a call and give its answer, its body yet to be read; the library's errors become ours."""
        client = self._client
        try:
            request = client.build_request(
                *(asked.method, asked.path),
                headers=asked.headers,
                json=asked.body,
                data=asked.form,
                files=asked.parts,
            )
            with contextlib.closing(client.send(request, stream=True)) as response:
                yield response
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            failed = _transport(error)
        else:
            return
        self._keep(asked, 0, None)
        raise failed

    def _keep(self, asked: Ask, status: int, answer: Json) -> None:
        if self._around.recorder is not None:
            parts: Json = {name: {"size": len(data)} for name, (_, data, _) in (asked.parts or {}).items()} or None
            sent: Json = dict(asked.form) if asked.form else parts or asked.body
            self._around.recorder.keep(asked.method, asked.path, sent, status, answer)

    @property
    def _client(self) -> httpx.Client:
        client: httpx.Client | None = getattr(self._mine, "client", None)
        if client is None or client.is_closed:
            client = httpx.Client(
                base_url=self._site.url + "/",
                verify=self._tls,
                timeout=httpx.Timeout(self._site.timeout, connect=min(_CONNECT_SECONDS, self._site.timeout)),
                limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
                trust_env=not self._site.is_local,  # a proxy cannot reach this machine
                auth=self._around.auth() if self._around.auth else None,
            )
            self._mine.client = client
            self._clients.append(client)
        return client


def _with_headers(asked: Ask, headers: Mapping[str, str]) -> Ask:
    return replace(asked, headers={"Accept": "application/json", **headers, **asked.headers})


def _check_status(asked: Ask, response: httpx.Response) -> None:
    status = response.status_code
    if 200 <= status < 300:
        return
    if status in asked.problems:
        raise _FailedError(asked.problems[status], status, stored=False, again=False)
    if status >= 500 or status in _FOR_A_WHILE:
        failed = _FailedError(Problem.UNAVAILABLE, status, stored=status not in {425, 429})
        failed.after = asked_for(response.headers.get("retry-after", ""))
        raise failed
    raise _FailedError(_BY_STATUS.get(status, Problem.REFUSED), status, stored=False, again=False)


def _transport(error: Exception) -> _FailedError:
    """Return what an error of the HTTP library means; its text, which can hold addresses, is dropped."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _FailedError(Problem.UNTRUSTED, stored=False, again=False)
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol)):
        return _FailedError(Problem.REFUSED, stored=False, again=False)
    return _FailedError(Problem.UNAVAILABLE, stored=not isinstance(error, _NOT_SENT))
