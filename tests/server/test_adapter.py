"""The adapter between granian and the app: what it hands on, what it refuses, and at once."""

import asyncio
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from learnapp.server.adapter import Adapter, Limits
from learnapp.web import clock
from learnapp.web.http.headers import ALWAYS
from learnapp.web.http.requests import ARRIVED_AT
from learnapp.web.http.uploads import LargeForms

WAIT = 10.0
Answer = tuple[int, dict[str, str], bytes]


class Proto:
    """What granian gives for answering: an answer that can be waited for, and a body that may never come."""

    def __init__(self, body: bytes | None = b"") -> None:
        self.body = body
        self._answered = threading.Event()
        self._answer: Answer | None = None

    async def __call__(self) -> bytes:
        if self.body is None:
            await asyncio.Event().wait()
        assert self.body is not None
        return self.body

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        assert self._answer is None
        self._answer = status, dict(headers), body
        self._answered.set()

    @property
    def answer(self) -> Answer:
        assert self._answered.wait(WAIT)
        assert self._answer is not None
        return self._answer


def request(path: str = "/", body: bytes | None = b"", **headers: str) -> Any:
    """Return a request as granian hands it on; without a body (None), one that is announced and never comes."""
    length = {} if body == b"" else {"content-length": str(len(body or b"12345"))}
    fields = list((length | headers).items())
    scope = SimpleNamespace(
        method="POST" if body != b"" else "GET",
        path=path,
        query_string="a=%20b",
        http_version="1.1",
        scheme="http",
        server="127.0.0.1:8000",
        client="[2001:db8::1]:5000",
        headers=Headers(fields),
    )
    return SimpleNamespace(scope=scope, proto=Proto(body))


class Headers:
    """Headers as granian gives them: several may have one name."""

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        self.items = lambda: fields
        self._first = dict(reversed(fields))

    def __contains__(self, name: str) -> bool:
        return name in self._first

    def __getitem__(self, name: str) -> str:
        return self._first[name]


def echo(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer with what came."""
    start_response("200 OK", [("X-Path", environ["PATH_INFO"]), ("X-Client", environ["REMOTE_ADDR"])])
    return [environ["wsgi.input"].read(), repr(sorted(k for k in environ if k.startswith("HTTP_"))).encode()]


@pytest.fixture
def serve() -> Iterator[Callable[..., Callable[..., Proto]]]:
    """Give a function that runs an adapter on an app and returns how to send it requests."""
    stops: list[Callable[[], None]] = []

    def start(app: Any = echo, **limits: Any) -> Callable[..., Proto]:
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        adapter = Adapter(app, Limits(**{"threads": 1, **limits}))
        adapter.__rsgi_init__(loop)
        take = adapter._schedule

        def send(*args: Any, **values: Any) -> Proto:
            made = request(*args, **values)
            take(made)
            return made.proto  # type: ignore[no-any-return]

        def stop() -> None:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(WAIT)
            # In a thread of its own: a browser of other tests leaves a loop running in this one.
            end = threading.Thread(target=adapter.__rsgi_del__, args=(loop,))
            end.start()
            end.join(WAIT)
            loop.close()

        stops.append(stop)
        return send

    yield start
    for stop in stops:
        stop()


@contextmanager
def held(app: Any = echo) -> Iterator[tuple[Any, threading.Event]]:
    """Yield an app whose pages wait until the end, except for /healthz; and what says that one has begun."""
    let_go, begun = threading.Event(), threading.Event()

    def wait(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/healthz":
            begun.set()
            assert let_go.wait(WAIT)
        return echo(environ, start_response)

    yield wait, begun
    let_go.set()


def test_an_app_gets_path_query_client_and_body(serve: Any) -> None:
    status, headers, body = serve()("/é", b"typed").answer
    assert (status, headers["X-Client"], headers["X-Path"]) == (200, "2001:db8::1", "/Ã©")
    assert body.startswith(b"typed")


def test_a_header_with_an_underscore_does_not_pass_for_one_with_a_hyphen(serve: Any) -> None:
    _, _, body = serve()(**{"x_forwarded_for": "192.0.2.1", "x-real-ip": "192.0.2.2"}).answer
    assert body.endswith(b"['HTTP_X_REAL_IP']")


def test_a_body_that_does_not_come_is_given_up_and_holds_no_page(serve: Any) -> None:
    send = serve(body_seconds=0.05)
    late = [send("/form", None) for _ in range(80)]
    assert send().answer[0] == 200
    for proto in late:
        status, headers, _ = proto.answer
        assert (status, headers["Connection"]) == (408, "close")
        assert headers.items() >= ALWAYS.items()


def test_what_finds_the_queue_full_is_refused_at_once(serve: Any) -> None:
    with held() as (app, begun):
        send = serve(app, queue=1)
        first = send()
        assert begun.wait(WAIT)
        second = send()
        status, headers, _ = send().answer
        assert status == 503
        assert int(headers["Retry-After"]) > 0
        assert headers.items() >= ALWAYS.items()
        assert send("/healthz").answer[0] == 200
    assert [first.answer[0], second.answer[0]] == [200, 200]


def test_a_request_says_when_it_arrived_before_it_waited_for_a_thread(serve: Any) -> None:
    arrived: list[datetime] = []
    with held() as (app, begun):

        def wait_then_note(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            arrived.append(environ[ARRIVED_AT])
            return app(environ, start_response)  # type: ignore[no-any-return]

        send = serve(wait_then_note)
        first = send()
        assert begun.wait(WAIT)
        second = send()
        sent_at = clock.now()
    assert [first.answer[0], second.answer[0]] == [200, 200]
    assert arrived[0] <= arrived[1] <= sent_at


def test_only_so_many_large_bodies_are_read_at_once(serve: Any) -> None:
    send = serve(large_bodies=1, body_seconds=WAIT)
    large = send("/form", None, **{"content-length": "100000"})
    assert send("/form", b"x" * 20_000).answer[0] == 503
    assert send("/form", b"short").answer[0] == 200
    del large


UPLOADS = LargeForms(re.compile("/groups/[^/]+/list"), 50_000)


def test_only_addresses_that_take_files_get_larger_bodies(serve: Any) -> None:
    send = serve(body_bytes=1_000, uploads=UPLOADS)
    assert send("/groups/7/list", b"x" * 50_000).answer[2].startswith(b"x" * 50_000)
    for path, length in (("/groups/7/list/8", 50_000), ("/form", 50_000), ("/groups/7/list", 50_001)):
        large = {"content-length": str(length)}
        assert not send(path, None, **large).answer[2].startswith(b"x")


def test_only_so_many_files_are_taken_at_once_until_they_are_answered(serve: Any) -> None:
    with held() as (app, begun):
        send = serve(app, threads=2, body_bytes=20_000, uploads=UPLOADS, uploads_at_once=1)
        first = send("/groups/7/list", b"x" * 30_000)
        assert begun.wait(WAIT)
        assert send("/groups/7/list", b"x" * 30_000).answer[0] == 503
        second = send("/groups/7/list", b"x" * 19_000)
    assert [first.answer[0], second.answer[0]] == [200, 200]
    for _ in range(3):
        assert send("/groups/7/list", b"x" * 30_000).answer[0] == 200


def test_a_page_that_fails_makes_room_for_the_next_file(serve: Any) -> None:
    def app(_environ: WSGIEnvironment, _start_response: StartResponse) -> Iterable[bytes]:
        raise ValueError

    send = serve(app, body_bytes=20_000, uploads=UPLOADS, uploads_at_once=1)
    assert [send("/groups/7/list", b"x" * 30_000).answer[0] for _ in range(3)] == [500, 500, 500]


def test_a_file_that_does_not_come_makes_room_for_the_next(serve: Any) -> None:
    send = serve(body_bytes=20_000, uploads=UPLOADS, uploads_at_once=1, body_seconds=0.05)
    assert send("/groups/7/list", None, **{"content-length": "30000"}).answer[0] == 408
    assert send("/groups/7/list", b"x" * 30_000).answer[0] == 200


def test_a_body_of_unknown_length_is_refused_unread(serve: Any) -> None:
    assert serve()("/form", **{"transfer-encoding": "chunked"}).answer[0] == 411


def test_a_body_that_is_too_large_reaches_the_app_as_its_length_alone(serve: Any) -> None:
    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("413 Too Large", [("X-Length", environ["CONTENT_LENGTH"])])
        return [environ["wsgi.input"].read()]

    status, headers, body = serve(app)("/form", None, **{"content-length": str(10**9)}).answer
    assert (status, headers["X-Length"], headers["Connection"], body) == (413, str(10**9), "close", b"")


def test_an_app_that_raises_is_answered_for_and_its_thread_goes_on(serve: Any) -> None:
    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/broken":
            raise SystemExit
        return echo(environ, start_response)

    send = serve(app)
    status, headers, _ = send("/broken").answer
    assert status == 500
    assert headers.items() >= ALWAYS.items()
    assert send().answer[0] == 200
