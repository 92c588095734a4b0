"""Fixtures for tests of membership: tries are counted, as nobody else's tests want them to be."""

from collections.abc import Iterator

import pytest
from flask import Flask

from learnapp.accounts.limits.counters import DatabaseCounter
from learnapp.accounts.limits.throttle import Throttle
from learnapp.database.db import db
from tests.actors.groups import Class
from tests.actors.people import People


@pytest.fixture(autouse=True)
def throttle(request: pytest.FixtureRequest) -> Iterator[None]:
    """Count tries in the database while a test runs that has an app."""
    if "app" not in request.fixturenames:
        yield
        return
    app: Flask = request.getfixturevalue("app")
    before = app.extensions["accounts.throttle"]
    with app.app_context():
        app.extensions["accounts.throttle"] = Throttle(DatabaseCounter(db.engine))
    yield
    app.extensions["accounts.throttle"] = before


@pytest.fixture
def class_9c(people: People) -> Class:
    """Give Ada's class, with a code to join by."""
    return Class(people)
