"""A learner who takes a quiz by its pages: begins it, sends answers as forms, finishes it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from learnapp.database.db import db
from learnapp.learning.attempts.answer import Submission
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.attempts.values import AttemptDetail, AttemptItem, PresentedItem
from learnapp.learning.models import Attempt
from learnapp.quiz.item import ItemResponse
from learnapp.quiz.types.scenario import ScenarioResponse
from tests.actors.attempts import right
from tests.courses.serving import serve
from tests.courses.tea import LESSON, lesson, quiz
from tests.quiz.samples import make

# As a value, or as it is stored.
Answer = ItemResponse | dict[str, Any]


@dataclass(frozen=True)
class Taker:
    """Somebody with an attempt open in a browser."""

    app: Flask
    client: FlaskClient
    attempt_id: int

    @property
    def url(self) -> str:
        return f"/attempts/{self.attempt_id}"

    @property
    def attempt(self) -> AttemptDetail:
        """Read the attempt from the database."""
        with self.app.app_context():
            owner = db.session.get_one(Attempt, self.attempt_id).user_id
            return attempt_detail(db.session, owner, self.attempt_id)

    def attempt_item(self, item_type: str) -> AttemptItem:
        return next(attempt_item for attempt_item in self.attempt.items if attempt_item.item.type == item_type)

    def look(self, number: int | str) -> str:
        """Return the page of a question."""
        return self.client.get(f"{self.url}?q={number}").text

    def send(
        self, attempt_item: AttemptItem, answer: Answer | None = None, action: str = "check", **more: Any
    ) -> TestResponse:
        """Send an answer as the page's form does."""
        return self.post({**form_of(attempt_item, answer), "action": action}, **more)

    def post(self, form: dict[str, Any], **more: Any) -> TestResponse:
        return self.client.post(f"{self.url}/answers", data=form, **more)

    def ask(self, attempt_item: AttemptItem, answer: Answer | None = None, action: str = "save") -> TestResponse:
        """Send an answer as a script does, for JSON."""
        return self.send(attempt_item, answer, action, headers={"Accept": "application/json"})


def form_of(attempt_item: AttemptItem, answer: Answer | None) -> dict[str, Any]:
    """Return the form that sends an answer, of a conversation its next reply."""
    answer = attempt_item.item.parse_stored(answer) if isinstance(answer, dict) else answer
    step = attempt_item.item.steps_taken(attempt_item.state.response)
    form: dict[str, Any] = {"item": attempt_item.item.id, "seq": attempt_item.summary.seq, "turn": step}
    if isinstance(answer, ScenarioResponse):
        form["reply"] = attempt_item.presentation.replies[step].index(answer.replies[step])
    return {**form, **fields_of(attempt_item, answer)}


def fields_of(presented_item: PresentedItem, answer: ItemResponse | None) -> dict[str, list[str]]:
    """Return the fields that send an answer, by name."""
    values = MultiDict(presented_item.item.form_values(answer, presented_item.presentation) if answer else ())
    return values.to_dict(flat=False)


def begin(app: Flask, client: FlaskClient, url: str = LESSON, kind: str = "main") -> Taker:
    """Start a lesson's quiz and return who takes it."""
    answer = client.post(f"{url}/quiz", data={"kind": kind, "from": "quiz"})
    assert answer.status_code == 303, answer.text
    return Taker(app, client, int(answer.location.rpartition("/")[2]))


def taking(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, *types: str, **settings: Any) -> Taker:
    """Serve a lesson with a quiz of some types, each item with a hint, and begin it."""
    serve(app, monkeypatch, lesson(quiz=quiz(*(make(one, hints=["Look!"]) for one in types), **settings)))
    return begin(app, client)


def words(page: str) -> str:
    """Return the text of a page on one line."""
    text = re.sub(r"<(script|style).*?</\1>", " ", page, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def take(taker: Taker, answer: Callable[[AttemptItem], Submission] = right) -> str:
    """Answer every question of a quiz, finish it, and return the result's page."""
    for number in range(len(taker.attempt.items)):
        attempt_item = taker.attempt.items[number]
        taker.send(attempt_item, answer(attempt_item).response)
    taker.client.post(f"{taker.url}/finish")
    return taker.client.get(taker.url).text
