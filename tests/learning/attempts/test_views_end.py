"""The end of a quiz in a browser: what is left, the result, what comes after it, and whose it is."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.database.db import db
from learnapp.learning.models import Attempt
from tests.actors.attempt_pages import Taker, taking, words
from tests.actors.attempts import right
from tests.courses.tea import LESSON


def test_finishing_twice_gives_one_result(taker: Taker) -> None:
    for _press in range(2):
        answer = taker.client.post(f"{taker.url}/finish")
        assert (answer.status_code, answer.location) == (303, taker.url)
    page = taker.client.get(taker.url).text
    assert "Not there yet 0 of 9" in words(page)
    assert "What you missed stands open below" in words(page)
    assert page.count("<details") == 9


def test_an_answer_after_the_end_leads_to_the_result(taker: Taker) -> None:
    attempt_item = taker.attempt_item("single")
    taker.client.post(f"{taker.url}/finish")
    late = taker.send(attempt_item, right(attempt_item).response, follow_redirects=True)
    assert "Result: Leaf" in late.text
    assert taker.ask(attempt_item, right(attempt_item).response).status_code == 409


def test_only_what_was_missed_is_practised(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    taker = taking(app, client, monkeypatch, "single", "multiple")
    assert client.post(f"{taker.url}/missed").status_code == 409
    attempt_item = taker.attempt_item("single")
    taker.send(attempt_item, right(attempt_item).response)
    client.post(f"{taker.url}/finish")
    started = client.post(f"{taker.url}/missed")
    round_two = Taker(app, client, int(started.location.rpartition("/")[2]))
    assert [attempt_item.item.type for attempt_item in round_two.attempt.items] == ["multiple"]
    attempt_item = round_two.attempt_item("multiple")
    round_two.send(attempt_item, right(attempt_item).response)
    client.post(f"{round_two.url}/finish")
    assert "That was practice." in client.get(round_two.url).text
    assert client.post(f"{round_two.url}/missed").status_code == 409


def test_an_attempt_set_aside_leads_back_to_the_start_of_the_quiz(taker: Taker) -> None:
    with taker.app.app_context():
        db.session.get_one(Attempt, taker.attempt_id).state = "aside"
        db.session.commit()
    answer = taker.client.get(taker.url)
    assert (answer.status_code, answer.location) == (303, f"{LESSON}/quiz")


def test_other_peoples_attempts_answer_as_missing_ones(taker: Taker) -> None:
    cleo = taker.app.test_client()
    cleo.post(f"{LESSON}/place", data={"anchor": "p2"})
    attempt_item = taker.attempt_item("single")
    form = {"item": attempt_item.item.id, "seq": attempt_item.summary.seq, "choice": "0", "action": "check"}
    for method, path, data in (("GET", "", {}), ("POST", "/answers", form), ("POST", "/finish", {})):
        theirs, none = (
            cleo.open(f"{attempt}{path}", method=method, data=data) for attempt in (taker.url, "/attempts/999999")
        )
        assert (theirs.status_code, none.status_code) == (404, 404)
        assert re.sub(r"[0-9a-f]{12}", "", theirs.text) == re.sub(r"[0-9a-f]{12}", "", none.text)
    assert taker.attempt_item("single").state.response is None
