"""How many statements a page may send to the database, counted from the cookie to the answer."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.catalog import Lesson
from learnapp.database.db import db
from learnapp.quiz.types.single import Single
from learnapp.web.catalog import CatalogHolder
from tests.statements import counted


@pytest.fixture
def lesson(app: Flask) -> Lesson:
    holder: CatalogHolder = app.extensions["catalog"]
    return next(iter(holder.get().courses.values())).lessons[0]


def address(lesson: Lesson) -> str:
    return f"/modules/{lesson.module}/{lesson.slug}"


def test_a_lesson_with_progress_takes_at_most_three(app: Flask, client: FlaskClient, lesson: Lesson) -> None:
    begin(client, lesson)

    with app.app_context(), counted(db.engine, frame=True) as sent:
        assert client.get(address(lesson)).status_code == 200

    assert len(sent) <= 3, sent


@pytest.mark.parametrize("action", ["save", "check", "flag", "later"])
def test_an_answer_takes_at_most_four(app: Flask, client: FlaskClient, lesson: Lesson, action: str) -> None:
    page = begin(client, lesson)
    item = next(item for item in lesson.quiz.items if isinstance(item, Single))
    fields: dict[str, Any] = {"item": item.id, "seq": 0, "action": action, "choice": 1, "flagged": "1"}

    with app.app_context(), counted(db.engine, frame=True) as sent:
        answer = client.post(f"{page}/answers", data=fields, headers={"Accept": "application/json"})

    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    assert answer.json["seq"] == 1
    assert len(sent) <= 4, sent


def begin(client: FlaskClient, lesson: Lesson) -> str:
    """Start the lesson's quiz, look at its pages once, and return the attempt's address."""
    started = client.post(f"{address(lesson)}/quiz", data={"kind": "main"})
    assert started.status_code == 303
    for path in (address(lesson), started.location):
        assert client.get(path).status_code == 200
    return started.location
