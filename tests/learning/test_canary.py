"""No byte of a key, of feedback or of an accepted answer leaves the server before an item is submitted."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from learnapp.quiz.item import Item
from tests.actors.attempt_pages import Taker, begin
from tests.actors.attempts import right, wrong
from tests.courses.serving import serve
from tests.courses.tea import TYPES, lesson, quiz
from tests.quiz.samples import ITEM, raw
from tests.shares import share

SECRET = "xkanarix"
BEHAVIOURS = ("immediate", "interactive", "deferred")


def marked(item_type: str) -> dict[str, Any]:
    """Return a sample item in which everything that may not be seen yet holds a canary of its own."""
    data: dict[str, Any] = _marked(raw(item_type, hints=[f"{SECRET} hint"]))
    if item_type == "numeric":
        data |= {"answer": "97531.25", "tolerance": "0.125"}
    return data


def _marked(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _marked(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_marked(inner, key) for inner in value]
    if isinstance(value, str) and key in {"feedback", "true", "false", "right", "low", "high", "accept", "answers"}:
        return f"{SECRET} {key} {value}"
    return value


def item(item_type: str) -> Item:
    return ITEM.validate_python(marked(item_type))


def seen(answer: TestResponse) -> str:
    """Return everything that a browser gets: status, headers and body."""
    return f"{answer.status}\n{answer.headers}\n{answer.text}"


def assert_clean(answer: TestResponse, item_type: str, *statuses: int) -> None:
    text = seen(answer)
    assert answer.status_code in (statuses or (200, 303))
    assert SECRET not in text
    if item_type == "numeric":
        assert "97531" not in text
        assert "97,531" not in text


@pytest.mark.parametrize("behaviour", share(BEHAVIOURS, "immediate".__eq__))
@pytest.mark.parametrize("item_type", TYPES)
def test_nothing_is_told_before_an_item_is_submitted(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, item_type: str, behaviour: str
) -> None:
    form = quiz(item(item_type), behaviour=behaviour, certainty=True)
    serve(app, monkeypatch, lesson(quiz=form))
    for path in ("/", "/courses/tea", "/modules/1-tea", "/modules/1-tea/1-leaf", "/modules/1-tea/1-leaf/quiz", "/me"):
        assert_clean(client.get(path), item_type)
    taker = begin(app, client)
    attempt_item = taker.attempt_item(item_type)
    part = {"X-Fragment": "attempt"}
    for path in (taker.url, f"{taker.url}?q=1", f"{taker.url}?q=end", "/me", "/modules/1-tea/1-leaf/quiz"):
        assert_clean(client.get(path), item_type)
    # Empty, stale and scripted answers, and those kept for later, are not submissions.
    assert_clean(taker.send(attempt_item, None), item_type, 422)
    assert_clean(taker.send(taker.attempt_item(item_type), None, headers=part), item_type, 422)
    if item_type != "scenario":
        saved = wrong(attempt_item).response
        assert_clean(taker.ask(taker.attempt_item(item_type), saved), item_type)
        assert_clean(taker.send(taker.attempt_item(item_type), saved, "later"), item_type)
        assert_clean(taker.send(taker.attempt_item(item_type), saved, "save", headers=part), item_type)
        stale = taker.attempt_item(item_type)
        taker.ask(stale, right(stale).response)
        assert_clean(taker.send(stale, saved), item_type, 409)
        assert_clean(taker.send(stale, saved, headers=part), item_type, 409)
        assert_clean(taker.ask(stale, saved), item_type, 409)
    assert_clean(client.get(f"{taker.url}?q=1"), item_type)
    assert_clean(client.get("/me"), item_type)


@pytest.mark.parametrize("item_type", TYPES)
def test_feedback_comes_with_the_submission(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, item_type: str
) -> None:
    serve(app, monkeypatch, lesson(quiz=quiz(item(item_type))))
    taker = begin(app, client)
    submit(taker, item_type)
    assert SECRET in taker.look(1)


@pytest.mark.parametrize("item_type", TYPES)
def test_a_deferred_quiz_tells_nothing_before_it_is_finished(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, item_type: str
) -> None:
    serve(app, monkeypatch, lesson(quiz=quiz(item(item_type), behaviour="deferred")))
    taker = begin(app, client)
    for answer in submit(taker, item_type):
        assert_clean(answer, item_type)
    assert_clean(client.get(f"{taker.url}?q=1"), item_type)
    assert_clean(client.get(f"{taker.url}?q=end"), item_type)
    client.post(f"{taker.url}/finish")
    assert SECRET in client.get(taker.url).text


@pytest.mark.parametrize("item_type", [one for one in TYPES if one != "scenario"])
def test_an_interactive_item_tells_nothing_while_tries_are_left(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, item_type: str
) -> None:
    serve(app, monkeypatch, lesson(quiz=quiz(item(item_type), behaviour="interactive")))
    taker = begin(app, client)
    attempt_item = taker.attempt_item(item_type)
    assert_clean(taker.send(attempt_item, wrong(attempt_item).response), item_type)
    page = client.get(f"{taker.url}?q=1")
    assert_clean(page, item_type)
    assert "Not quite." in page.text


def test_a_hint_is_told_when_it_is_asked_for(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(app, monkeypatch, lesson(quiz=quiz(item("single"))))
    taker = begin(app, client)
    taker.send(taker.attempt_item("single"), None, "hint")
    assert re.findall(rf"{SECRET} \w+", taker.look(1)) == [f"{SECRET} hint"]


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_later_turns_of_a_conversation_wait_until_they_are_reached(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, behaviour: str
) -> None:
    """What was said stands, so its turn is explained at once where answers are; of the next one nothing is told."""
    serve(app, monkeypatch, lesson(quiz=quiz(item("scenario"), behaviour=behaviour)))
    taker = begin(app, client)
    page = taker.look(1)
    assert "Is there any tea?" in page
    assert "Something mild?" not in page
    assert "White tea, then." not in page
    attempt_item = taker.attempt_item("scenario")
    said = taker.send(attempt_item, right(attempt_item).response)
    assert said.status_code == 303
    page = taker.look(1)
    assert "Something mild?" in page
    assert "White tea, then." in page
    told = {"Gladly. Which one?", "Perhaps.", "No."} if behaviour != "deferred" else set()
    assert set(re.findall(f"{SECRET} feedback (.+?): Because", page)) == told


def submit(taker: Taker, item_type: str) -> list[TestResponse]:
    """Answer an item to its end, wrongly: every reply of a conversation, every other item at once."""
    answers = []
    for _turn in range(2):
        attempt_item = taker.attempt_item(item_type)
        if attempt_item.state.submitted:
            break
        given = right(attempt_item) if item_type == "scenario" else wrong(attempt_item)
        answers.append(taker.send(attempt_item, given.response))
        if item_type != "scenario":
            break
    return answers
