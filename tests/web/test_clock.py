"""The clock: what a request is told of when it arrived."""

from datetime import UTC, datetime, timedelta

from flask import Flask, g

from learnapp.web import clock

LONG_AGO = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_now_is_aware() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_a_request_arrived_when_the_server_had_it(app: Flask) -> None:
    with app.test_request_context(environ_overrides={clock.ARRIVED_AT: LONG_AGO}):
        assert clock.arrival() == LONG_AGO


def test_without_such_a_server_it_arrived_before_anything_was_done_for_it(app: Flask) -> None:
    with app.test_request_context():
        app.preprocess_request()
        assert clock.arrival() == g.arrived_at <= clock.now()


def test_nobody_can_say_in_a_header_when_they_arrived(app: Flask) -> None:
    headers = {"Learnapp.Arrived-At": "2026-11-21", "learnapp.arrived_at": "2026-11-21"}
    with app.test_request_context(headers=headers):
        assert clock.arrival() > LONG_AGO
