"""Requests: when they arrived, and what is sent back to them as it is."""

from datetime import UTC, datetime

from flask import Flask, g
from flask.testing import FlaskClient

from learnapp.web import clock
from learnapp.web.http.packing import PART_STEP
from learnapp.web.http.requests import ARRIVED_AT

LONG_AGO = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_a_request_arrived_when_the_server_had_it(app: Flask) -> None:
    with app.test_request_context(environ_overrides={ARRIVED_AT: LONG_AGO}):
        app.preprocess_request()
        assert g.arrived_at == LONG_AGO


def test_without_such_a_server_it_arrived_before_anything_was_done_for_it(app: Flask) -> None:
    with app.test_request_context():
        app.preprocess_request()
        assert LONG_AGO < g.arrived_at <= clock.now()


def test_nobody_can_say_in_a_header_when_they_arrived(app: Flask) -> None:
    headers = {"Learnapp.Arrived-At": "2026-11-21", "learnapp.arrived_at": "2026-11-21"}
    with app.test_request_context(headers=headers):
        app.preprocess_request()
        assert g.arrived_at > LONG_AGO


def test_a_redirect_is_sent_as_short_as_it_is(client: FlaskClient) -> None:
    answer = client.post("/display", data={"theme": "dark"}, headers={"Accept-Encoding": "br"})
    assert answer.status_code == 302
    assert "Content-Encoding" not in answer.headers
    assert len(answer.data) < PART_STEP
