"""Ben, of whom a quiz is asked whose results wait: his browser, Ada's, and the clock around the close."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from learnapp.content.catalog import Lesson
from learnapp.database.db import db
from learnapp.groups.assignments.models import AFTER_RELEASE
from learnapp.groups.models import MEMBER
from learnapp.learning.models import Attempt, Progress
from learnapp.web.http.requests import ARRIVED_AT
from tests.actors.attempt_pages import Taker, begin
from tests.actors.attempts import right
from tests.actors.groups import class_with_ben
from tests.actors.people import People, sign_in
from tests.courses.serving import serve_catalog
from tests.courses.tea import course_with, lesson, quiz
from tests.factories.base import NOON
from tests.factories.groups import AssignmentFactory, MembershipFactory
from tests.quiz.samples import make

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLOSES = NOON + 6 * HOUR
SHOWN = CLOSES + timedelta(minutes=1)
LEAF: Lesson = lesson("1-leaf", quiz=quiz(*(make("single", id=f"q{number}") for number in range(4))))
WATER: Lesson = lesson("2-water", number=2, quiz=quiz(*(make("single", id=f"w{number}") for number in range(4))))
LESSON, QUIZ = "/modules/1-tea/1-leaf", "/modules/1-tea/1-leaf/quiz"


@dataclass
class Waiting:
    """Ben in a class of Ada's that asks for a quiz; what is asked says when its results are shown."""

    app: Flask
    people: People
    ben: FlaskClient
    user_id: int
    group: int

    def ask(self, **about: Any) -> int:
        """Store an assignment whose results wait until it closes; return its number."""
        usual = {"group_id": self.group, "target": LEAF.key, "feedback": AFTER_RELEASE, "closes": CLOSES}
        with self.app.app_context():
            number: int = AssignmentFactory(**(usual | about)).id
        return number

    def make(self, factory: Any, **about: Any) -> Any:
        with self.app.app_context():
            return factory(**about)

    def change(self, statement: str, **values: Any) -> None:
        """Change rows as a leader or a member would."""
        with self.app.app_context():
            if db.engine.dialect.name == "sqlite":
                values = {
                    key: one.replace(tzinfo=None) if isinstance(one, datetime) else one for key, one in values.items()
                }
            connection = db.session.connection(execution_options={"learnapp_write": True})
            connection.execute(text(statement), values)
            db.session.commit()

    def ada(self) -> FlaskClient:
        """Return a browser in which Ada signs in now."""
        browser = self.people.browser()
        assert sign_in(browser, "Ada").status_code == 302
        return browser

    def beside(self, name: str) -> FlaskClient:
        """Return the browser of somebody else in Ben's class."""
        browser = self.people.signed_in(name)
        self.make(MembershipFactory, group_id=self.group, user_id=self.people.get(name).id, role=MEMBER)
        return browser

    def begin(self) -> Taker:
        return begin(self.app, self.ben, LESSON)

    def answer(self, taker: Taker, *numbers: int, **more: Any) -> None:
        """Keep the right answer to these questions, or to all."""
        for number in numbers or range(len(taker.attempt.items)):
            item = taker.attempt.items[number]
            assert taker.send(item, right(item).response, **more).status_code == 303

    def hand_in(self) -> Taker:
        """Read the lesson, answer all right and hand in."""
        assert self.ben.post(f"{LESSON}/read").status_code == 303
        taker = self.begin()
        self.answer(taker)
        assert self.ben.post(f"{taker.url}/finish").status_code == 303
        return taker

    def attempts(self) -> list[Attempt]:
        with self.app.app_context():
            found = list(db.session.scalars(select(Attempt).order_by(Attempt.id)))
            db.session.expunge_all()
            return found

    def progress(self) -> Progress:
        with self.app.app_context():
            found = db.session.get_one(Progress, (self.user_id, LEAF.key))
            db.session.expunge_all()
            return found

    def page(self, path: str) -> str:
        """Return a page of Ben's."""
        answer = self.ben.get(path, follow_redirects=True)
        assert answer.status_code == 200, path
        return answer.text


def waiting_class(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch, *lessons: Lesson) -> Waiting:
    """Serve lessons about tea, and make a class with Ben in it; call it while the clock stands before the close."""
    serve_catalog(app, monkeypatch, course_with(*(lessons or (LEAF, WATER))))
    return Waiting(app, people, *class_with_ben(people))


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock stand still at a moment."""
    with time_machine.travel(moment, tick=False):
        yield


def arrived(moment: datetime) -> dict[str, Any]:
    """Return what a request carries that had arrived at a moment."""
    return {"environ_overrides": {ARRIVED_AT: moment}}


def mark_in(text: str) -> bool:
    """Tell whether a leader's page or file has the full mark."""
    return re.search("<b>100</b>|^\\W?Ben.*,100", text, re.MULTILINE) is not None
