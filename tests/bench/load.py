"""A load generator: a few processes with kept-alive connections to this machine, bounded in time."""

import json
import multiprocessing
import socket
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlencode

PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page to open again and again."""

    path: str
    cookie: str


@dataclass(frozen=True, slots=True)
class Save:
    """A form to send again and again, each time with another choice and, where asked for, the newest seq."""

    path: str
    cookie: str
    token: str
    fields: tuple[tuple[str, str], ...]
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a load: how many answers in how long, how many were not 200, and the waits in seconds."""

    done: int
    failed: int
    seconds: float
    waits: tuple[float, ...]

    @property
    def rate(self) -> float:
        return self.done / self.seconds

    def wait(self, percent: int) -> float:
        """Return the wait that so many percent of the requests did not exceed, in milliseconds."""
        return 1000 * statistics.quantiles(self.waits, n=100)[percent - 1]


def run(port: int, jobs: Sequence[Page | Save], seconds: float) -> Result:
    """Do all jobs at once, each on its own connection, for so many seconds."""
    shares = [list(jobs[start::PROCESSES]) for start in range(PROCESSES)]
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        parts = list(pool.map(partial(_run_share, port, seconds), [share for share in shares if share]))
    waits = tuple(wait for part in parts for wait in part.waits)
    return Result(sum(part.done for part in parts), sum(part.failed for part in parts), seconds, waits)


def _run_share(port: int, seconds: float, jobs: list[Page | Save]) -> Result:
    with ThreadPoolExecutor(len(jobs)) as pool:
        parts = list(pool.map(partial(_run_one, port, time.monotonic() + seconds), jobs))
    waits = tuple(wait for part in parts for wait in part.waits)
    return Result(sum(part.done for part in parts), sum(part.failed for part in parts), seconds, waits)


def _run_one(port: int, end: float, job: Page | Save) -> Result:
    waits: list[float] = []
    failed = 0
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while (began := time.monotonic()) < end:
            line.sendall(_request(job, len(waits)))
            status, body = read_answer(line.recv)
            waits.append(time.monotonic() - began)
            failed += status != 200
            if isinstance(job, Save) and job.seq is not None and status == 200:
                job = replace(job, seq=json.loads(body)["seq"])
    return Result(len(waits) - failed, failed, 0, tuple(waits))


def _request(job: Page | Save, number: int) -> bytes:
    head = f"Host: 127.0.0.1\r\nCookie: {job.cookie}\r\n"
    if isinstance(job, Page):
        return f"GET {job.path} HTTP/1.1\r\n{head}\r\n".encode()
    fields = dict(job.fields, csrf_token=job.token, choice=str(number % 3))
    if job.seq is not None:
        fields["seq"] = str(job.seq)
    body = urlencode(fields)
    head += "Accept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    head += f"Content-Length: {len(body)}\r\n"
    return f"POST {job.path} HTTP/1.1\r\n{head}\r\n{body}".encode()


def read_answer(receive: Callable[[int], bytes]) -> tuple[int, bytes]:
    """Read one answer of stated length from a connection; raises ConnectionError when it ends too early."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(receive)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
    )
    while len(body) < length:
        body += _more(receive)
    return int(head.split(b" ", 2)[1]), body


def _more(receive: Callable[[int], bytes]) -> bytes:
    data = receive(65536)
    if not data:
        raise ConnectionError("the server closed the connection")
    return data
