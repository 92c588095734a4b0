"""Logs: one line of JSON each, and no name, answer, token, query or address of anybody in them."""

import json
import logging
import os
from collections.abc import Callable
from io import StringIO

import pytest
from flask import Flask, Response

from learnapp.web.logs import JsonLines, LeakyHandler
from learnapp.web.policy import policy

CANARY = "canary-7f3a"


@pytest.fixture
def leaky(make_app: Callable[..., Flask]) -> Flask:
    """Give an app whose pages carry a canary in every place that could be logged."""
    app = make_app(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)

    @policy("everyone")
    def reset(token: str) -> str:
        return token

    @policy("everyone")
    def crash(token: str) -> str:
        try:
            raise KeyError(token)
        except KeyError as error:
            raise ValueError(f"no such thing as {token}") from error

    @policy("everyone")
    def foreign(token: str) -> str:
        logging.getLogger("some.library").warning("cannot read %s", token)
        return "ok"

    for view in (reset, crash, foreign):
        app.add_url_rule(f"/{view.__name__}/<token>", view.__name__, view, methods=["GET", "POST"])
    return app


def test_a_request_is_one_line_with_its_route_and_time(leaky: Flask, written: StringIO) -> None:
    answer = leaky.test_client().get(f"/reset/{CANARY}?name={CANARY}")
    (line,) = map(json.loads, written.getvalue().splitlines())
    assert line["message"] == "request"
    assert (line["method"], line["route"], line["status"]) == ("GET", "/reset/<token>", 200)
    assert line["ms"] >= 0
    assert line["request"] == answer.headers["X-Request-ID"]
    assert line["time"].endswith("+00:00")


def test_a_request_that_ended_before_it_was_counted_is_answered(leaky: Flask, written: StringIO) -> None:
    with leaky.test_request_context("/reset/x"):
        answer = leaky.process_response(Response("sorry", 503))
    assert (answer.status_code, answer.headers["X-Request-ID"]) == (503, "")
    assert not written.getvalue()


def test_logs_hold_nothing_that_anybody_typed(leaky: Flask, written: StringIO) -> None:
    client = leaky.test_client()
    everywhere = {"data": {"name": CANARY, "password": CANARY}, "headers": {"User-Agent": CANARY, "Referer": CANARY}}
    client.set_cookie("session", CANARY)
    for path in ("reset", "crash", "foreign", "nowhere"):
        client.post(f"/{path}/{CANARY}?q={CANARY}", environ_base={"REMOTE_ADDR": "203.0.113.77"}, **everywhere)
    client.open(f"/reset/{CANARY}", method=CANARY.upper())
    text = written.getvalue()
    assert len(text.splitlines()) >= 6
    assert CANARY not in text.lower()
    assert "203.0.113" not in text


def test_a_failure_is_logged_with_its_types_and_places(leaky: Flask, written: StringIO) -> None:
    leaky.test_client().get(f"/crash/{CANARY}")
    line = next(one for one in map(json.loads, written.getvalue().splitlines()) if one["level"] == "error")
    assert [error["type"] for error in line["error"]] == ["builtins.ValueError", "builtins.KeyError"]
    assert any(place.startswith("tests/web/test_logs.py:") for place in line["error"][0]["at"])
    assert line["route"] == "/crash/<token>"


def test_a_library_s_message_is_kept_as_a_pattern(leaky: Flask, written: StringIO) -> None:
    leaky.test_client().get(f"/foreign/{CANARY}")
    messages = [json.loads(line)["message"] for line in written.getvalue().splitlines()]
    assert "cannot read %s" in messages


def test_a_pipe_that_nobody_reads_holds_nothing_up_and_what_was_dropped_is_counted() -> None:
    reading, writing = os.pipe()
    handler = LeakyHandler(writing)
    handler.setFormatter(JsonLines(others=False))

    def write(text: str) -> None:
        handler.emit(logging.makeLogRecord({"name": "learnapp", "msg": text, "levelname": "INFO"}))

    while not handler.dropped:
        write("x" * 1000)
    write("y" * 1000)
    lost = handler.dropped
    assert lost == 2
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        assert pipe.read(1_000_000)
        write("heard again")
        notice, line = map(json.loads, pipe.read(1_000_000).split(b"\n")[-3:-1])
        assert (notice["message"], notice["lines"], line["message"]) == ("lines were dropped", lost, "heard again")
    write("to nobody")  # the other end is closed
    os.close(writing)


def test_in_debug_messages_of_others_are_filled_in() -> None:
    record = logging.LogRecord("werkzeug", logging.INFO, "x.py", 1, '"%s" %s %s', ("GET / HTTP/1.1", 200, "-"), None)
    assert json.loads(JsonLines(others=True).format(record))["message"] == '"GET / HTTP/1.1" 200 -'
    assert json.loads(JsonLines().format(record))["message"] == '"%s" %s %s'
