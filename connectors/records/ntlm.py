"""NTLM login (Windows), by pyspnego. It belongs to a connection, so each thread keeps one of its own."""

import base64
from collections.abc import Generator

import httpx
import spnego


class NtlmAuth(httpx.Auth):
    """Shakes hands when the server asks for it, and then only when it asks again.

    The one class that inherits from a library's: httpx takes no function that needs several requests.
    """

    def __init__(self, user: str, password: str) -> None:
        self._user = user
        self._password = password

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Yield the request, and after a 401 the two messages of the handshake with it."""
        response = yield request
        scheme = next((name for name in ("NTLM", "Negotiate") if _offers(response, name)), "")
        if response.status_code != 401 or not scheme:
            return
        client = spnego.client(self._user, self._password, hostname=request.url.host, service="HTTP", protocol="ntlm")
        token = client.step()
        while token:
            request.headers["Authorization"] = f"{scheme} {base64.b64encode(token).decode()}"
            response = yield request
            if response.status_code != 401:
                return
            challenge = _challenge(response, scheme)
            if not challenge or client.complete:
                return
            token = client.step(challenge)


def _offers(response: httpx.Response, scheme: str) -> bool:
    offered = response.headers.get_list("www-authenticate", split_commas=True)
    return any(line.strip().lower().startswith(scheme.lower()) for line in offered)


def _challenge(response: httpx.Response, scheme: str) -> bytes:
    for line in response.headers.get_list("www-authenticate", split_commas=True):
        name, _, token = line.strip().partition(" ")
        if name.lower() == scheme.lower() and token:
            try:
                return base64.b64decode(token, validate=True)
            except ValueError:
                return b""
    return b""
