"""A real HTTP server on this machine that answers as a vendor's does, and fails when it is told to."""

import json
import re
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email import policy
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

PAGE = b"<!DOCTYPE html><html><body><h2>HTTP Error 503. The service is unavailable.</h2></body></html>"


@dataclass
class Request:
    method: str
    path: str
    query: dict
    headers: dict
    body: bytes
    match: re.Match | None = None
    connection: dict = field(default_factory=dict)
    """Lives as long as the connection."""

    @property
    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            raise RefusedError(400) from None

    @property
    def form(self):
        return dict(parse_qsl(self.body.decode()))

    @property
    def parts(self):
        """The parts of a multipart body by name: (disposition as sent, file name, media type, bytes)."""
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        message = BytesParser(policy=policy.HTTP).parsebytes(head + self.body)
        raw = re.findall(rb"Content-Disposition: ([^\r]*)", self.body)
        found = {}
        for part, disposition in zip(message.iter_parts(), raw, strict=True):
            name = part.get_param("name", header="content-disposition")
            found[name] = (disposition, part.get_filename(), part.get_content_type(), part.get_payload(decode=True))
        return found


class RefusedError(Exception):
    def __init__(self, status, said="", **headers):
        super().__init__(status)
        self.status, self.said, self.headers = status, said, headers


@dataclass
class Reply:
    data: bytes = b""
    status: int = 200
    media: str = "application/json; charset=utf-8"
    headers: dict = field(default_factory=dict)


def as_json(value, status=200):
    return Reply(json.dumps(value).encode(), status)


@dataclass
class Fault:
    """What goes wrong with calls whose `METHOD path` the pattern is found in.

    kinds: `status` instead of an answer, `stored` the work is done and then 500, `drop` the connection closes,
    `cut` half of the answer comes, `page` an error page in a 200, `slow` seconds before the answer.
    """

    pattern: str
    kind: str = "status"
    times: int = 1
    status: int = 500
    seconds: float = 0.0
    headers: dict = field(default_factory=dict)


class Double:
    """A server of routes; subclasses name them as `routes`: (method, path pattern, handler)."""

    def __init__(self):
        self.routes = []
        self.faults = []
        self.calls = []
        self.chaos = None  # Chaos, or None
        self.most_at_once = self._now = 0
        self._lock = threading.Lock()
        double = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def setup(self):
                super().setup()
                self.kept = {}

            def handle_all(self):
                double.handle(self)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_all  # noqa: N815

            def log_message(self, *words):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def fail(self, pattern, kind="status", **how):
        self.faults.append(Fault(pattern, kind, **how))

    def count(self, pattern):
        return sum(1 for call in self.calls if re.search(pattern, call))

    def handle(self, handler):
        url = urlsplit(handler.path)
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        request = Request(
            handler.command,
            unquote(url.path),
            {name: values[0] for name, values in parse_qs(url.query, keep_blank_values=True).items()},
            {name.lower(): value for name, value in handler.headers.items()},
            body,
            connection=handler.kept,
        )
        call = f"{request.method} {request.path}"
        with self._lock:
            self.calls.append(call)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
            fault = self._fault(call)
        try:
            self._send(handler, *self._answer(request, fault))
        finally:
            with self._lock:
                self._now -= 1

    def _fault(self, call):
        for fault in self.faults:
            if fault.times and re.search(fault.pattern, call):
                fault.times -= 1
                return fault
        return self.chaos.draw() if self.chaos else None

    def _answer(self, request, fault):
        kind = fault.kind if fault else ""
        if kind == "slow":
            time.sleep(fault.seconds)
        if kind == "status":
            return Reply(b"fejl", fault.status, "text/plain", fault.headers), ""
        if kind == "page":
            return Reply(PAGE, 200, "text/html"), ""
        if kind == "drop":
            return Reply(), "drop"
        reply = self.reply(request)
        return (Reply(b"", 500) if kind == "stored" else reply), kind

    def reply(self, request):
        for method, pattern, answer in self.routes:
            match = re.fullmatch(pattern, request.path)
            if match and method == request.method:
                request.match = match
                try:
                    return answer(request)
                except RefusedError as refused:
                    return Reply(refused.said.encode(), refused.status, "text/plain", refused.headers)
        return Reply(b"no such call", 404, "text/plain")

    def _send(self, handler, reply, kind):
        if kind == "drop":
            handler.close_connection = True
            handler.connection.shutdown(socket.SHUT_RDWR)
            return
        handler.send_response(reply.status)
        handler.send_header("Content-Type", reply.media)
        handler.send_header("Content-Length", str(len(reply.data)))
        for name, value in reply.headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        if kind == "cut":
            handler.wfile.write(reply.data[: len(reply.data) // 2])
            handler.close_connection = True
        else:
            handler.wfile.write(reply.data)


@dataclass
class Chaos:
    """Faults by chance: a share of all calls fails one way or another, and some are slow."""

    seed: int = 1
    share: float = 0.05
    slow: float = 0.02
    seconds: float = 0.02

    def __post_init__(self):
        self._rng = Random(self.seed)

    def draw(self):
        dice = self._rng.random()
        if dice < self.share:
            kind = self._rng.choice(["status", "status", "drop", "cut", "page"])
            return Fault("", kind, status=self._rng.choice([500, 502, 503, 429]))
        if dice < self.share + self.slow:
            return Fault("", "slow", seconds=self.seconds)
        return None


def bearer(tokens: dict) -> Callable:
    """Return a check of the Authorization header against living tokens (token: time of its end)."""

    def check(request):
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or tokens.get(token, 0) < time.monotonic():
            raise RefusedError(401, WWW_Authenticate="Bearer")

    return check
