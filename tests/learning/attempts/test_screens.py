"""Screens of a quiz: what is left before the end, and what the result says and leads to."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.actors.attempt_pages import Taker, begin, fields_of, taking, words
from tests.actors.attempts import right
from tests.courses.serving import serve
from tests.courses.tea import LESSON, lesson, quiz
from tests.quiz.samples import make


def test_the_end_names_what_is_left(taker: Taker) -> None:
    attempt_item = taker.attempt_item("single")
    taker.send(attempt_item, right(attempt_item).response)
    page = words(taker.look("end"))
    assert "8 questions are not answered yet: numbers 2, 3, 4, 5, 6, 7, 8, 9." in page
    assert "Go to question 2" in page


def test_a_passed_quiz_leads_on_and_completes_the_lesson(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson("1-leaf", quiz=quiz(make("single"))), lesson("2-water"))
    client.post(f"{LESSON}/read")
    taker = begin(app, client)
    attempt_item = taker.attempt_item("single")
    taker.send(attempt_item, right(attempt_item).response)
    client.post(f"{taker.url}/finish")
    page = client.get(taker.url).text
    assert "1 of 1 answered right. The quiz is passed. The lesson is done." in words(page)
    assert 'href="/modules/1-tea/2-water">Go on: Water' in page
    assert "Worth another look" not in page
    assert "What you can say now Warm the pot" in words(page)
    assert "Practice only what I missed" not in page
    assert client.get("/modules/1-tea/2-water").status_code == 200


def test_the_answered_page_survives_a_lesson_that_has_left_the_course(
    taker: Taker, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt_item = taker.attempt_item("single")
    taker.send(attempt_item, right(attempt_item).response)
    serve(taker.app, monkeypatch, lesson("9-new"))
    assert "That is right." in taker.look(attempt_item.number)
    taker.client.post(f"{taker.url}/finish")
    assert "a lesson that has left the course" in taker.client.get(taker.url).text
    assert taker.client.get("/me").status_code == 200


def test_certainty_is_asked_only_where_the_quiz_says_so_and_shown_at_the_end(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = taking(app, client, monkeypatch, "single", certainty=True)
    assert "How sure are you?" in taker.look(1)
    attempt_item = taker.attempt_item("single")
    choice = fields_of(attempt_item, right(attempt_item).response)["choice"][0]
    taker.post(
        {
            "item": attempt_item.item.id,
            "seq": attempt_item.summary.seq,
            "choice": choice,
            "certainty": "3",
            "action": "check",
        }
    )
    client.post(f"{taker.url}/finish")
    assert "You said Answers Right Sure 1 1" in words(client.get(taker.url).text)
