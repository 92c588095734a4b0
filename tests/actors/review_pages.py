"""A learner who reviews by the pages: lessons done weeks ago, a clock that can be moved on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from learnapp.accounts.models import User
from learnapp.config.derived_keys import derived_key
from learnapp.content.ages import FULL_ACCESS
from learnapp.content.catalog import Catalog
from learnapp.database.db import db
from learnapp.learning.review.pages import SHUFFLE, shown_version
from learnapp.learning.review.queue import DueCard, review_queue
from learnapp.learning.review.service import card_item
from tests.actors.attempt_pages import Taker, begin, fields_of
from tests.actors.attempts import right, wrong
from tests.courses.serving import serve_catalog
from tests.courses.tea import course_with, two_modules
from tests.factories.base import NOON

WEEKS = timedelta(days=20)  # a guest who stays away for a month is forgotten
PAGE = "/me/review"


def answer_every(taker: Taker, *, well: bool = True) -> None:
    for number in range(len(taker.attempt.items)):
        attempt_item = taker.attempt.items[number]
        taker.send(attempt_item, right(attempt_item).response if well else wrong(attempt_item).response)


@dataclass
class Reviewer:
    """Somebody in a browser who has finished lessons, and a clock that can be moved on."""

    app: Flask
    client: FlaskClient
    catalog: Catalog
    clock: time_machine.Traveller

    @property
    def user(self) -> int:
        with self.app.app_context():
            return db.session.scalars(select(User.id).order_by(User.id)).first() or 0

    @property
    def front(self) -> DueCard:
        """Return the card that the page asks first."""
        with self.app.app_context():
            today = (NOON + self.passed).date()
            key = derived_key(SHUFFLE)
            return review_queue(db.session, self.catalog, self.user, FULL_ACCESS, today, key).cards_today[0]

    passed: timedelta = timedelta()

    def wait(self, time: timedelta) -> None:
        self.passed += time
        self.clock.move_to(NOON + self.passed)

    def finish(self, url: str, *, well: bool = True) -> None:
        """Read a lesson and answer its quiz, as the pages let one."""
        self.client.post(f"{url}/read")
        taker: Taker = begin(self.app, self.client, url)
        answer_every(taker, well=well)
        self.client.post(f"{taker.url}/finish")

    def form(self, card: DueCard, *, well: bool = True, **more: Any) -> dict[str, Any]:
        """Return what the page's form sends."""
        attempt_item = card_item(card)
        answer = (right(attempt_item) if well else wrong(attempt_item)).response
        with self.app.app_context():
            hidden = {
                "card": card.id,
                "seq": card.seq,
                "version": shown_version(card.review_item.quiz),
                "action": "check",
            }
        return {**hidden, **fields_of(attempt_item, answer), **more}

    def send(self, form: dict[str, Any], **more: Any) -> TestResponse:
        return self.client.post(f"{PAGE}/answers", data=form, **more)

    def count(self, table: type) -> int:
        with self.app.app_context():
            return db.session.scalar(select(func.count()).select_from(table)) or 0


Begin = Callable[..., Reviewer]


@pytest.fixture
def start(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[Begin]:
    """Serve a course, and have somebody finish its lessons."""
    with time_machine.travel(NOON, tick=True) as clock:

        def begin_with(catalog: Catalog, *, well: bool = True) -> Reviewer:
            serve_catalog(app, monkeypatch, catalog)
            reviewer = Reviewer(app, client, catalog, clock)
            for one in catalog.lessons.values():
                reviewer.finish(f"/modules/{one.module}/{one.slug}", well=well)
            return reviewer

        yield begin_with


@pytest.fixture
def ben(start: Begin) -> Reviewer:
    """Give somebody who has done two lessons of three questions each, weeks ago."""
    reviewer = start(course_with(*two_modules()))
    reviewer.wait(WEEKS)
    return reviewer
