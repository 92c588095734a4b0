"""Answering a quiz in a browser: every type, every behaviour, and what is no answer."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.actors.attempt_pages import Taker, taking, words
from tests.actors.attempts import right, wrong


def test_hints_are_free_in_a_lesson_quiz(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    taker = taking(app, client, monkeypatch, "single")
    taker.send(taker.attempt_item("single"), None, "hint")
    page = taker.look(1)
    assert "Look!" in page
    assert "Show another hint" not in page
    attempt_item = taker.attempt_item("single")
    assert taker.send(attempt_item, None, "hint").status_code == 303
    taker.send(attempt_item, right(attempt_item).response)
    assert taker.attempt_item("single").state.points == 1


def test_an_interactive_question_may_be_tried_again(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = taking(app, client, monkeypatch, "single", behaviour="interactive")
    attempt_item = taker.attempt_item("single")
    taker.send(attempt_item, wrong(attempt_item).response)
    page = words(taker.look(1))
    assert "Not quite. You may try 2 more times." in page
    assert "takes a third off" in page
    attempt_item = taker.attempt_item("single")
    taker.send(attempt_item, right(attempt_item).response)
    assert taker.attempt_item("single").state.points == pytest.approx(2 / 3)
    assert "That is right." not in words(taker.look(1))


def test_a_deferred_quiz_keeps_each_answer_and_goes_on(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = taking(app, client, monkeypatch, "single", "multiple", behaviour="deferred")
    assert "Keep my answer and go on" in taker.look(1)
    assert "Show a hint" not in taker.look(1)
    for number, item_type in enumerate(("single", "multiple"), start=1):
        attempt_item = taker.attempt_item(item_type)
        following = "end" if number == 2 else number + 1
        assert taker.send(attempt_item, right(attempt_item).response).location == f"{taker.url}?q={following}"
    assert "All questions are answered." in taker.look("end")
    client.post(f"{taker.url}/finish")
    assert "2 of 2" in words(client.get(taker.url).text)


@pytest.mark.parametrize(
    "change", [{"item": "none"}, {"item": ""}, {"seq": "x"}, {"seq": ""}, {"action": "grade"}, {"choice": ["0", "1"]}]
)
def test_a_mangled_form_is_refused(taker: Taker, change: dict[str, Any]) -> None:
    attempt_item = taker.attempt_item("single")
    form = {"item": attempt_item.item.id, "seq": attempt_item.summary.seq, "action": "save", "choice": "0", **change}
    assert taker.post(form).status_code == (404 if "item" in change else 400)


@pytest.mark.parametrize("q", ["0", "10", "-1", "x", "1e1", ""])
def test_a_question_that_is_not_there_is_not_found(taker: Taker, q: str) -> None:
    assert taker.client.get(f"{taker.url}?q={q}").status_code == 404
