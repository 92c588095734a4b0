"""Results that are due: whoever reads gets them, and where no quiz is sealed nothing is asked for them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.database.db import db
from tests.actors.attempt_pages import Taker, taking
from tests.actors.attempts import right
from tests.statements import counted


@pytest.fixture
def taker(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Taker:
    return taking(app, client, monkeypatch, "single", "cloze")


def test_where_no_quiz_is_sealed_nothing_is_asked_for_terms(app: Flask, taker: Taker) -> None:
    item = taker.attempt.items[0]
    taker.send(item, right(item).response)
    with app.app_context(), counted(db.engine) as sent:
        for path in ("/", "/me", "/me/review", "/modules/1-tea", "/modules/1-tea/1-leaf/quiz", taker.url):
            assert taker.client.get(path).status_code == 200
    assert not [one for one in sent if "assignments" in one or one.startswith(("UPDATE", "INSERT"))]
    assert not [one for one in sent if one.count("deferred_attempts") and "FROM attempts AS" in one[:40]]
