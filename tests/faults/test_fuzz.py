"""Fuzzed requests over real connections, to every address and in every role: no 5xx, no hang, nobody disturbed."""

import json
import random
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from learnapp.accounts import sessions
from learnapp.accounts.models import User
from learnapp.accounts.names import rules as names
from learnapp.web.login import GUEST
from tests.actors.people import hashed
from tests.faults.browser import Browser
from tests.faults.serving import Server
from tests.shares import IN_CI, LONG
from tests.whole.hostile import HEADERS, Request, about

ROLES = ("anonymous", "guest", "learner", "teacher", "coordinator", "author", "admin")
# With LEARNAPP_TEST_LONG (`make test-long`) 30,000 requests in all, else as many as take some seconds.
EACH_ROLE = 10 if not LONG else 25 if IN_CI else 4300
LONGEST_SECONDS = 5.0
PLACEHOLDER = re.compile(r"<(?:[^>]*:)?(\w+)>")
# What can write is tried most.
WEIGHTS = {"POST": 6, "GET": 2}
ISLAND = {"course": "island", "module": "1-light", "lesson": "1-the-lamp", "section": "x", "slug": "1-the-lamp"}
FIELDS = {
    "name": "Ben",
    "password": "a wrong one that is long",
    "new_password": "a new one that is long",
    "email": "ben@example.org",
    "item": "lamp",
    "seq": "0",
    "action": "check",
    "choice": "0",
    "card": "1",
    "version": "1",
    "band": "16",
    "aim_on": "2030-01-01",
    "kind": "main",
    "route": "short",
    "anchor": "p1",
    "q": "lamp",
    "theme": "dark",
    "asked": "x",
}
# What no client library would send: the request line, the headers, the framing of the body.
BROKEN = (
    b"\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
    b"get / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET //evil.example/%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    b"TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET / HTTP/1.0\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n folded: yes\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nA\x00B: c\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: a\r\n" * 5000 + b"\r\n",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET /\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\n\r\nabc",
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -3\r\n\r\nabc",
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3, 4\r\n\r\nabc",
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999999999999999\r\n\r\nabc",
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\na",
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    b"POST /account/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\n\r\nname=B",
    b"POST /account/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\na=",
    bytes(range(256)),
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
)


@pytest.fixture
def server(sqlite_url: str, tmp_path: Path) -> Iterator[Server]:
    """Give a server that waits a second for what was announced and does not come."""
    made = Server(sqlite_url, tmp_path, threads=8)
    made.env["FAULT_LIMITS"] = json.dumps({"body_seconds": 1})
    made.env["FAULT_WORKERS"] = json.dumps({"HEADERS_WITHIN_SECONDS": 1})
    with made:
        yield made


def cookie(engine: sa.Engine, role: str) -> str:
    """Make somebody of a role and return the cookie that their browser holds."""
    if role == "anonymous":
        return ""
    now = datetime.now(UTC)
    with Session(engine) as session:
        user = User(name="" if role == GUEST else role, role=role, created_at=now, seen_at=now)
        if role != GUEST:
            user.name_key, user.password_hash = names.key(f"{role} of the fuzz"), hashed()
        session.add(user)
        session.flush()
        token = sessions.open_session(session, user.id, now)
        session.commit()
    return f"guest={token}" if role == GUEST else f"login={token}.stay"


def addresses(app: Flask) -> list[tuple[str, str]]:
    """Return every address with each of its methods, filled in with what is there and with what is not."""
    found = []
    for rule in app.url_map.iter_rules():
        for filled in (ISLAND, dict.fromkeys(ISLAND, "nothing")):
            path = PLACEHOLDER.sub(partial(_value, filled), rule.rule)
            found += [(path, method) for method in sorted(rule.methods or ())]
    return [*found, ("/nowhere", "GET"), ("/nowhere", "POST"), ("/modules/1-light/9-nothing/quiz/x", "POST")]


def _value(filled: dict[str, str], placeholder: re.Match[str]) -> str:
    return filled.get(placeholder[1], "1")


def on_the_wire(request: Request, cookies: str) -> bytes:
    """Return the bytes of a request; what a header cannot hold is sent as it is."""
    headers = {"Host": "127.0.0.1", "Cookie": cookies} | request.headers
    if request.data is not None:
        headers = {"Content-Length": str(len(request.data)), "Content-Type": request.content_type or ""} | headers
    target = request.path + (f"?{request.query}" if request.query else "")
    lines = [f"{request.method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    head = "\r\n".join([*lines, "Connection: close", "", ""])
    return head.encode("utf-8", "surrogatepass") + (request.data or b"")


def status(port: int, data: bytes) -> int | None:
    """Send bytes and nothing more; return the status that comes, or nothing where the server hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=LONGEST_SECONDS) as line:
        try:
            line.sendall(data)
            answer = line.recv(65536)
            while line.recv(65536):
                pass
        except (ConnectionResetError, BrokenPipeError):
            return None
    found = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
    return int(found[1]) if found else None


def wrong(port: int, data: bytes) -> str | None:
    """Say how a request is not answered as it should be, or nothing."""
    begun = time.monotonic()
    try:
        code = status(port, data)
    except TimeoutError:
        return f"no answer within {LONGEST_SECONDS} s: {data[:300]!r}"
    if code and code >= 500 and not data.startswith(b"GET /readyz"):
        return f"{code} after {time.monotonic() - begun:.1f} s: {data[:300]!r}"
    return None


def test_bytes_that_are_no_request_disturb_nobody(server: Server) -> None:
    workers = server.worker_pids()
    # All at once: for what was announced and does not come, the server waits.
    with ThreadPoolExecutor(len(BROKEN)) as pool:
        sent = [pool.submit(wrong, server.port, data) for data in BROKEN]
        assert server.browser().get("/").status == 200
    assert [found for one in sent if (found := one.result())] == []
    assert server.browser().get("/").status == 200
    assert server.worker_pids() == workers


def fuzzed(port: int, known: list[tuple[str, str]], role: str, cookies: str) -> Iterator[str]:
    """Send requests of a role, the same ones each time, and yield what is wrong with an answer."""
    chance = random.Random(f"fuzz as {role}")
    weights = [WEIGHTS.get(method, 0.1) for _, method in known]
    for number in range(EACH_ROLE):
        if number % 100 == 0:  # a form with its token goes further than one without
            browser = Browser(port)
            browser.cookies = dict(part.split("=", 1) for part in cookies.split("; ") if part)
            browser.get("/display")
            browser.close()
            held = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        path, method = chance.choices(known, weights)[0]
        form = {**chance.choice([FIELDS, {}]), "csrf_token": browser.token}
        request = chance.choice(list(about(path, method, form)))
        extra = chance.choice([{}, {}, *HEADERS])
        if found := wrong(port, on_the_wire(replace(request, headers=request.headers | extra), held)):
            yield found


@pytest.mark.long
@pytest.mark.scaled
def test_no_request_over_a_real_connection_ends_in_a_5xx(app: Flask, server: Server, sqlite_url: str) -> None:
    engine = sa.create_engine(sqlite_url, poolclass=sa.NullPool)
    known = addresses(app)
    found = [one for role in ROLES for one in fuzzed(server.port, known, role, cookie(engine, role))]
    assert found == []
    assert server.browser().get("/").status == 200
