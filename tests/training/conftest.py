"""Fixtures for tests of training: Vera with her account, and the tea course with its programs."""

from collections.abc import Iterator

import pytest
from flask import Flask

from learnapp.accounts.limits.counters import DatabaseCounter
from learnapp.accounts.limits.throttle import Throttle
from learnapp.content.catalog import Catalog
from learnapp.database.db import db
from tests.actors.training import Db
from tests.courses.training import training_course
from tests.factories.accounts import UserFactory


@pytest.fixture
def vera(db_session: Db) -> int:
    """Give the id of a volunteer with an account."""
    return int(UserFactory(name="Vera").id)


@pytest.fixture
def catalog() -> Catalog:
    """Give the tea course with its programs."""
    return training_course()


@pytest.fixture
def throttled(app: Flask) -> Iterator[None]:
    """Count tries, in the database."""
    before = app.extensions["accounts.throttle"]
    with app.app_context():
        app.extensions["accounts.throttle"] = Throttle(DatabaseCounter(db.engine))
    yield
    app.extensions["accounts.throttle"] = before
