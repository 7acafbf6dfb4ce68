"""Calls over HTTP: what is tried again, what is told, TLS, rates, records."""

import datetime as dt
import io
import json
import logging
import ssl
import threading
from dataclasses import replace
from random import Random

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from connectors.records import calling
from connectors.records.calling import Ask, Caller, Surroundings
from connectors.records.problems import Problem, RecordsError
from connectors.records.recording import Recorder, masked
from connectors.records.site import Site
from connectors.records.tokens import Grant, Tokens
from connectors.records.waiting import Tempo, pause
from tests.doubles.benches import QuickClock
from tests.doubles.web import Double, RefusedError, Reply, as_json

READ, WRITE = Ask("read it", "GET", "x"), Ask("write it", "POST", "x", safe=False, body={"a": 1})


@pytest.fixture
def double():
    made = Double()
    made.routes = [
        ("GET", "/x", lambda _: as_json({"ok": True})),
        ("POST", "/x", lambda _: as_json({"ok": True})),
        ("GET", "/empty", lambda _: Reply(b"")),
        ("GET", "/big", lambda _: Reply(b"x" * (2 << 20), media="application/pdf")),
        ("GET", "/away", lambda _: Reply(b"", 302, headers={"Location": "http://example.invalid/"})),
    ]
    yield made
    made.close()


@pytest.fixture
def clock():
    return QuickClock()


def caller_of(double, clock, login=None, recorder=None, **site):
    settings = Site(double.url, **{"requests_per_second": 0, "timeout": 2, **site})
    return Caller(settings, login, Surroundings(clock, Random(1), recorder))


def error_of(call, *arguments):
    with pytest.raises(RecordsError) as caught:
        call(*arguments)
    return caught.value


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (400, Problem.REFUSED),
        (401, Problem.NO_ACCESS),
        (403, Problem.NO_ACCESS),
        (404, Problem.NOT_FOUND),
        (409, Problem.REFUSED),
        (413, Problem.REFUSED),
    ],
)
def test_what_a_status_means(double, clock, status, problem):
    double.fail("", status=status, times=9)
    error = error_of(caller_of(double, clock).json, WRITE)
    assert (error.problem, error.unsure, error.status) == (problem, False, status)
    assert len(double.calls) == 1  # asking again would not help


def test_a_status_can_mean_something_else(double, clock):
    double.fail("", status=409)
    closed = replace(WRITE, problems={409: Problem.CLOSED_CASE})
    assert error_of(caller_of(double, clock).json, closed).problem is Problem.CLOSED_CASE


def test_an_empty_answer_is_none(double, clock):
    assert caller_of(double, clock).json(Ask("read it", "GET", "empty")) is None


def test_a_redirect_is_not_followed(double, clock):
    assert error_of(caller_of(double, clock).json, Ask("read it", "GET", "away")).problem is Problem.REFUSED


def test_a_slow_answer_runs_out(double, clock):
    double.fail("", "slow", seconds=0.6)
    assert caller_of(double, clock, timeout=0.3).json(READ) == {"ok": True}
    double.fail("", "slow", seconds=0.6)
    error = error_of(caller_of(double, clock, timeout=0.3).json, WRITE)
    assert (error.problem, error.unsure) == (Problem.UNAVAILABLE, True)


def test_nobody_there_is_proof_that_nothing_was_stored(double, clock):
    caller = caller_of(double, clock)
    double.close()
    error = error_of(caller.json, WRITE)
    assert (error.problem, error.unsure) == (Problem.UNAVAILABLE, False)
    assert len(clock.waited) == 4  # and so it was tried five times


def test_retry_after_is_obeyed(double, clock):
    double.fail("", status=503, headers={"Retry-After": "11"})
    assert caller_of(double, clock).json(READ) == {"ok": True}
    assert max(clock.waited) == 11


def test_a_file_that_is_too_large(double, clock):
    into = io.BytesIO()
    error = error_of(caller_of(double, clock, max_file_mb=1).download, Ask("fetch", "GET", "big"), into)
    assert error.problem is Problem.REFUSED
    assert len(double.calls) == 1


def test_pauses_double_with_jitter_up_to_the_most():
    first = [pause(n, 0.5, 8, Random(n)) for n in range(1, 9)]
    assert all(least / 2 <= wait <= least for wait, least in zip(first, [0.5, 1, 2, 4, 8, 8, 8, 8], strict=True))
    assert len(set(first)) == len(first)


def test_one_rate_for_all_threads(clock):
    tempo = Tempo(4, clock)
    threads = [threading.Thread(target=tempo.take) for _ in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert clock.now() >= 2  # the ninth place is two seconds away


def test_every_error_of_the_library_has_a_meaning():
    caught = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError)
    kinds = [k for k in vars(httpx).values() if isinstance(k, type) and issubclass(k, Exception)]
    assert [kind for kind in kinds if not issubclass(kind, caught)] == [httpx.CookieConflict]  # we keep no cookies
    for kind in kinds:
        assert isinstance(calling._transport(kind.__new__(kind)).problem, Problem)


class Tickets:
    """A token server and a call that wants its tokens."""

    def __init__(self, double, clock, seconds=300):
        self.given, self.good = 0, set()
        double.routes = [("POST", "/token", self.token), ("GET", "/x", self.x), ("POST", "/x", self.x)]
        self.seconds = seconds
        plain = caller_of(double, clock)
        self.login = Tokens(plain, Grant(double.url + "/token", {"client_secret": "s3cret"}), clock)

    def token(self, request):
        assert request.form == {"client_secret": "s3cret"}
        self.given += 1
        self.good.add(f"Bearer t{self.given}")
        return as_json({"access_token": f"t{self.given}", "expires_in": self.seconds})

    def x(self, request):
        if request.headers.get("authorization") not in self.good:
            raise RefusedError(401)
        return as_json({"ok": True})


def test_a_token_is_used_until_shortly_before_its_end(double, clock):
    tickets = Tickets(double, clock)
    caller = caller_of(double, clock, tickets.login)
    caller.json(READ)
    clock.wait(269)
    caller.json(READ)
    assert tickets.given == 1
    clock.wait(2)
    caller.json(READ)
    assert tickets.given == 2


def test_a_token_that_lives_shorter_than_the_margin(double, clock):
    tickets = Tickets(double, clock, seconds=10)
    caller = caller_of(double, clock, tickets.login)
    caller.json(READ)
    caller.json(READ)
    assert tickets.given == 1


def test_a_refused_token_is_renewed_once_also_for_a_write(double, clock):
    tickets = Tickets(double, clock)
    caller = caller_of(double, clock, tickets.login)
    caller.json(READ)
    tickets.good.clear()
    assert caller.json(WRITE) == {"ok": True}
    assert (tickets.given, double.count("POST /x")) == (2, 2)


def test_a_login_that_is_refused_for_good(double, clock):
    tickets = Tickets(double, clock)
    double.routes[1] = ("GET", "/x", lambda _: Reply(b"", 401))
    assert error_of(caller_of(double, clock, tickets.login).json, READ).problem is Problem.NO_ACCESS
    assert double.count("GET /x") == 2


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_token_that_is_not_given(double, clock, status):
    tickets = Tickets(double, clock)
    double.fail("/token", status=status)
    assert error_of(caller_of(double, clock, tickets.login).json, READ).problem is Problem.NO_ACCESS


def test_a_record_holds_nobody(double, clock, tmp_path):
    answer = {
        "access_token": "t0ken",
        "Results": [{"Id": 979, "SagsTitel": "Nancy", "CprNummer": "251248-9996", "n": 2512489996}],
        "SagsTilstand": "Aktiv",
        "251248-9996": "nøgle",
    }
    double.routes = [("POST", "/sag/251248-9996", lambda _: as_json(answer))]
    caller = caller_of(double, clock, recorder=Recorder(tmp_path / "record"))
    caller.json(Ask("find", "POST", "sag/251248-9996?navn=Nancy", body={"Cpr": "2512489996", "Limit": 100}))
    (kept,) = (tmp_path / "record").iterdir()
    text = kept.read_text("utf-8")
    for word in ("9996", "Nancy", "t0ken", "nøgle"):
        assert word not in text
    found = json.loads(text)
    assert found["request"]["body"]["Limit"] == 100
    assert found["response"]["body"]["Results"][0]["Id"] == 979
    assert found["response"]["body"]["SagsTilstand"] == "Aktiv"


def test_parts_and_files_are_recorded_by_their_size(double, clock, tmp_path):
    caller = caller_of(double, clock, recorder=Recorder(tmp_path))
    caller.json(replace(WRITE, body=None, parts={"file": ("nancy.pdf", b"%PDF nancy", "application/pdf")}))
    caller.download(Ask("fetch", "GET", "big"), io.BytesIO())
    text = "".join(path.read_text("utf-8") for path in sorted(tmp_path.iterdir()))
    assert '"size": 10' in text
    assert f'"size": {2 << 20}' in text
    assert "nancy" not in text


def test_masking_keeps_the_shape():
    assert masked([{"a": [1, True, None, 2.5]}]) == [{"a": [1, True, None, 2.5]}]
    assert masked({"grant_type": "password 251248-9996"}) == {"grant_type": "(20)"}


def test_the_log_names_the_call_and_nothing_else(double, clock, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "sagstjek")
    double.fail("", times=2)
    caller_of(double, clock).json(Ask("read it", "GET", "x?cpr=251248-9996"))
    assert "read it" in caplog.text
    assert "9996" not in caplog.text
    assert "127.0.0.1" not in caplog.text


def test_only_a_trusted_certificate_will_do(double, clock, tmp_path):
    certificate, key = write_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    double.server.socket = context.wrap_socket(double.server.socket, server_side=True)
    double.url = double.url.replace("http://127.0.0.1", "https://localhost")
    error = error_of(caller_of(double, clock).json, WRITE)
    assert (error.problem, error.unsure, len(double.calls)) == (Problem.UNTRUSTED, False, 0)
    assert "ca_bundle" in str(error)
    assert caller_of(double, clock, ca_bundle=str(certificate)).json(READ) == {"ok": True}


def write_certificate(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(tz=dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "ca.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "ca.pem", folder / "key.pem"
