"""Vera at the pages of training: she begins finals, answers them as forms, and goes from one device to another."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from learnapp.content.catalog import Catalog
from learnapp.database.db import db
from learnapp.learning.models import Attempt
from learnapp.training.final.store import final_name
from tests.actors.attempt_pages import Taker, form_of
from tests.actors.attempts import right
from tests.actors.people import People, open_login
from tests.actors.training import Answers, read_all
from tests.courses.serving import serve_catalog
from tests.courses.training import SERVER, training_course


@dataclass(frozen=True)
class Volunteer:
    """Vera with an account, signed in on one device; `device` gives her another one."""

    app: Flask
    client: FlaskClient
    user_id: int
    catalog: Catalog

    @property
    def page(self) -> str:
        """Return the address of the usual program."""
        return f"/training/{SERVER}"

    def device(self) -> FlaskClient:
        """Sign Vera in on a device that she has not used before."""
        client = self.app.test_client()
        open_login(client, self.user_id)
        return client

    def on(self, client: FlaskClient) -> "Volunteer":
        """Return her on another device."""
        return replace(self, client=client)

    def press_begin(self, **more: Any) -> TestResponse:
        return self.client.post(f"{self.page}/final", **more)

    def begin(self) -> Taker:
        """Begin the final, or go on with the form that is open."""
        answer = self.press_begin()
        assert answer.status_code == 303, answer.text
        return Taker(self.app, self.client, int(answer.location.rpartition("/")[2]))

    def finish(self, taker: Taker, given: Answers = right) -> str:
        """Answer a form, finish it, and return the page of its result."""
        answer_form(taker, given)
        assert taker.client.post(f"{taker.url}/finish").status_code == 303
        return result_of(taker)

    def attempts(self) -> list[Attempt]:
        """Return the forms that she was given, the oldest first."""
        own = select(Attempt).where(Attempt.user_id == self.user_id, Attempt.lesson == final_name(SERVER))
        with self.app.app_context():
            found = list(db.session.scalars(own.order_by(Attempt.id)))
            db.session.expunge_all()
            return found


def volunteer(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch, catalog: Catalog | None = None, **about: Any
) -> Volunteer:
    """Serve a course with programs, and have Vera read all of it; call it while the clock stands where she begins."""
    served = serve_catalog(app, monkeypatch, catalog or training_course())
    client = people.signed_in("Vera", **about)
    user_id = people.get("Vera").id
    with app.app_context():
        read_all(served, user_id)
    return Volunteer(app, client, user_id, served)


def answer_form(taker: Taker, given: Answers = right, **fields: str) -> None:
    """Answer every question of a form, conversations to their end, each with these further fields."""
    for number in range(1, len(taker.attempt.items) + 1):
        answer_question(taker, number, given, **fields)


def answer_question(taker: Taker, number: int, given: Answers = right, **fields: str) -> None:
    """Answer a question as its page does, a conversation to its end."""
    item = taker.attempt.item(number)
    while not item.answered or item.item.goes_on(item.state.response):
        form = form_of(item, given(item).response)
        assert taker.post({**form, "action": "check", **fields}).status_code == 303
        item = taker.attempt.item(number)


def result_of(taker: Taker) -> str:
    """Return the page of a form's result."""
    answer = taker.client.get(taker.url, follow_redirects=True)
    assert answer.status_code == 200
    assert answer.request.path == f"/training/finals/{taker.attempt_id}"
    return answer.text
