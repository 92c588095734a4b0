"""What clients can hold is bounded, ends by itself, and keeps no page from anybody else."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.serving import Server
from tests.shares import left

PATIENCE = 1  # seconds for headers, and for a body
HELD = 80
SILENT = b""
HALF_A_HEADER = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"
ONE_REQUEST = HALF_A_HEADER + b"\r\n"
HALF_A_BODY = b"POST /account/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\n\r\nname=B"
HTTP_2 = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes((0, 0, 0, 4, 0, 0, 0, 0, 0))


@pytest.fixture
def server(sqlite_url: str, tmp_path: Path) -> Iterator[Server]:
    """Give a server with few threads and little patience."""
    made = Server(sqlite_url, tmp_path, threads=2)
    made.env["FAULT_LIMITS"] = json.dumps({"body_seconds": PATIENCE})
    made.env["FAULT_WORKERS"] = json.dumps({"HEADERS_WITHIN_SECONDS": PATIENCE})
    with made:
        yield made


def opened(server: Server, data: bytes) -> socket.socket:
    """Return a connection on which so much was sent."""
    line = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    line.sendall(data)
    return line


def rest(line: socket.socket) -> bytes:
    """Return all that comes until the server ends the connection."""
    with line:
        return b"".join(iter(lambda: line.recv(65536), b""))


@pytest.mark.parametrize("data", [left(SILENT), left(HALF_A_HEADER), ONE_REQUEST, left(HALF_A_BODY)])
def test_connections_that_go_no_further_hold_no_page_and_end(server: Server, data: bytes) -> None:
    descriptors = Path(f"/proc/{server.worker_pids()[0]}/fd")
    before = len(list(descriptors.iterdir()))
    held = [opened(server, data) for _ in range(HELD)]
    assert server.browser().get("/").status == 200
    answers = {rest(line).partition(b"\r\n")[0] for line in held}
    assert answers <= {b"", b"HTTP/1.1 200 OK", b"HTTP/1.1 408 Request Timeout"}
    # What they held is free again, without a restart; the browser's own connection may have come or gone.
    assert abs(len(list(descriptors.iterdir())) - before) <= 2


def test_requests_that_were_broken_off_leave_nothing_behind(server: Server) -> None:
    for _ in range(HELD):
        opened(server, HALF_A_BODY).close()
    assert server.browser().get("/").status == 200


def test_http_2_is_not_spoken(server: Server) -> None:
    assert rest(opened(server, HTTP_2)) in {b"", b"HTTP/1.1 400 Bad Request\r\n"}
    assert server.browser().get("/").status == 200


def test_a_form_to_no_page_leaves_the_connection_in_use(server: Server) -> None:
    ben = server.browser()
    for _ in range(20):
        answer = ben.post("/nowhere", {"text": "x" * 20_000})
        assert answer.status in (400, 404)
        assert "connection" not in answer.headers


def test_a_form_that_is_too_large_is_answered_with_a_page(server: Server) -> None:
    ben = server.browser()
    ben.get("/account/sign-in")
    answer = ben.post("/account/sign-in", {"name": "x" * 1_000_000})
    assert answer.status == 413
    assert "That is too much at once" in answer.text
    assert "content-security-policy" in answer.headers
    assert ben.get("/").status == 200
