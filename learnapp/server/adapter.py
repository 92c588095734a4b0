"""Adapter: granian's requests to a WSGI app in a bounded pool of threads.

Bodies are read on an event loop, with a size and a deadline, so that no thread ever waits for a client. What finds
the pool's queue full is refused at once. Why not granian's own threads: docs/decisions/0003-server.md.
"""

import asyncio
import logging
import sys
import threading
from asyncio import AbstractEventLoop
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from typing import Any, TypeAlias
from wsgiref.types import WSGIApplication, WSGIEnvironment

from granian._granian import CallbackScheduler

from learnapp.threads import Threads
from learnapp.web import clock
from learnapp.web.http.headers import ALWAYS
from learnapp.web.http.requests import ARRIVED_AT
from learnapp.web.http.uploads import LargeForms

log = logging.getLogger(__name__)

HEALTH_PATH = "/healthz"  # asks for nothing that could be busy, so it has a thread of its own
SMALL_BODY = 16 * 1024
READ_AND_DROPPED = 16  # times the largest body: so much is taken in before it is refused, or browsers show no page
# A request of granian's with its body, None for one that was too large, and when it had come whole.
Job: TypeAlias = tuple[Any, bytes | None, datetime]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one process takes on at once."""

    threads: int
    at_once: int = 6  # threads that run; the others wait for something
    queue: int = 512  # requests that wait for a thread
    body_bytes: int = 256 * 1024
    body_seconds: float = 20.0
    large_bodies: int = 128  # bodies above SMALL_BODY that are being read
    uploads: LargeForms | None = None  # addresses whose bodies may be larger
    uploads_at_once: int = 4  # of those that are larger, from the first byte to the answer

    def is_upload(self, path: str, length: int) -> bool:
        """Tell whether a body of this length is taken at this address, and at no other."""
        if self.uploads is None or not self.body_bytes < length <= self.uploads.body_bytes:
            return False
        return self.uploads.paths.fullmatch(path) is not None


class Adapter:
    """A WSGI app as what a worker of granian calls, with threads of its own."""

    def __init__(self, app: WSGIApplication, limits: Limits) -> None:
        self._app, self._limits = app, limits
        self._large_bodies = 0
        self._uploads = threading.BoundedSemaphore(limits.uploads_at_once)
        self.closing = False  # each connection is closed after its next answer, which says so

    def __rsgi_init__(self, loop: AbstractEventLoop) -> None:
        """Start the threads; granian calls this in each worker."""
        self._loop = loop
        self._reading: set[asyncio.Task[None]] = set()
        self._threads: Threads[Job] = Threads(self._answer, self._limits.threads, self._limits.at_once)
        self._health_thread: Threads[Job] = Threads(self._answer, 1, 1)

    def __rsgi_del__(self, loop: AbstractEventLoop) -> None:
        """Answer what has come whole, then end the threads; granian calls this when the loop has stopped."""
        for task in self._reading:
            task.cancel()
        if self._reading:
            loop.run_until_complete(asyncio.wait(self._reading))
        self._threads.close()
        self._health_thread.close()

    async def __rsgi__(self, _scope: Any, _proto: Any) -> None:
        raise NotImplementedError  # `scheduler` takes requests before this is called

    def scheduler(self, loop: AbstractEventLoop, callback: Callable[..., Any], **_options: Any) -> Any:
        """Return what a worker hands its requests to, in place of the one that makes a task of each.

        Most requests have no body, and go to a thread without a way round by the event loop, which would cost an
        eighth of a page.
        """
        make: Any = CallbackScheduler  # its types are not declared
        made = make(loop, callback, None, None, None)
        made._schedule_fn = self._schedule
        return made

    def _schedule(self, request: Any) -> None:
        headers = request.scope.headers
        if "transfer-encoding" in headers:
            refuse(request.proto, 411, "Say first how long it is.")  # no browser sends a form so
        elif "content-length" in headers:
            self._loop.call_soon_threadsafe(self._begin_to_read, request)
        else:
            self._enqueue(request, b"")

    def _enqueue(self, request: Any, body: bytes | None) -> bool:
        """Hand a request to a thread, or refuse it where too many wait; tell which."""
        job = (request, body, clock.now())
        if request.scope.path == HEALTH_PATH:
            self._health_thread.put(job)
        elif self._threads.waiting() < self._limits.queue:
            self._threads.put(job)
        else:
            refuse_busy(request.proto)
            return False
        return True

    def _begin_to_read(self, request: Any) -> None:
        task = self._loop.create_task(self._read(request))
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)

    async def _read(self, request: Any) -> None:
        """Read a body and hand it on, or refuse it when it is late."""
        length = int(request.scope.headers["content-length"])
        large = length > SMALL_BODY
        is_upload = self._limits.is_upload(request.scope.path, length)
        if large and (
            self._large_bodies >= self._limits.large_bodies or (is_upload and not self._uploads.acquire(blocking=False))
        ):
            refuse_busy(request.proto)
            return
        self._large_bodies += large
        try:
            body = await self._receive(request.proto, length, is_upload)
        except TimeoutError:
            refuse(request.proto, 408, "It took too long to send that. Try again.")
        except RuntimeError:  # the sender has gone
            refuse(request.proto, 400, "What was sent was not complete.")
        else:
            is_upload = not self._enqueue(request, body) and is_upload  # once it waits, its answer makes room
        finally:
            self._large_bodies -= large
            if is_upload:
                self._uploads.release()

    async def _receive(self, proto: Any, length: int, is_upload: bool) -> bytes | None:
        async with asyncio.timeout(self._limits.body_seconds):
            if is_upload or length <= self._limits.body_bytes:
                body: bytes = await proto()
                return body
            if length <= self._limits.body_bytes * READ_AND_DROPPED:
                async for _chunk in proto:
                    pass
        return None

    def _answer(self, job: Job) -> None:
        request, body, arrived_at = job
        status, headers = 500, [("Connection", "close")] if body is None or self.closing else []

        def start_response(line: str, fields: list[tuple[str, str]], _error: Any = None) -> Callable[[bytes], None]:
            nonlocal status
            status = int(line[:3])
            headers.extend(fields)
            return _write

        try:
            content = self._content(request, body or b"", arrived_at, start_response)
            request.proto.response_bytes(status, headers, content)
        except BaseException as error:  # a thread that ends would be missing for good
            log.error("failure", exc_info=error)
            refuse(request.proto, 500, "Something broke on our side. Try again.")

    def _content(self, request: Any, body: bytes, arrived_at: datetime, start_response: Any) -> bytes:
        """Return what the app answers; after that there is room for another large body."""
        try:
            chunks = self._app(_environ(request.scope, body, arrived_at), start_response)
            try:
                return b"".join(chunks)
            finally:
                getattr(chunks, "close", _nothing)()
        finally:
            if self._limits.is_upload(request.scope.path, len(body)):
                self._uploads.release()


def refuse_busy(proto: Any) -> None:
    """Answer that more is under way than this process takes on."""
    refuse(proto, 503, "Very many people are here just now. Try again in a few seconds.", ("Retry-After", "5"))


def refuse(proto: Any, status: int, text: str, *more: tuple[str, str]) -> None:
    """Answer without the app, with the headers of every answer, and close the connection."""
    kind = ("Content-Type", "text/plain; charset=utf-8")
    headers = [*ALWAYS.items(), kind, ("Cache-Control", "no-store"), ("Connection", "close"), *more]
    proto.response_bytes(status, headers, f"{text}\n".encode())


def _environ(scope: Any, body: bytes, arrived_at: datetime) -> WSGIEnvironment:
    server, _, port = scope.server.rpartition(":")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        ARRIVED_AT: arrived_at,
    }
    for name, value in scope.headers.items():
        key = _key(name)
        if key in environ:
            value = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
        if key:
            environ[key] = value
    return environ


@lru_cache(maxsize=256)
def _key(name: str) -> str:
    """Return a header's name in WSGI; none for one with an underscore, which would pass for another with a hyphen."""
    key = "" if "_" in name else name.upper().replace("-", "_")
    return key if key in {"", "CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"


def _nothing() -> None:
    """Stand in for what an answer's parts lack."""


def _write(_data: bytes) -> None:
    raise NotImplementedError("an app returns its answer")
