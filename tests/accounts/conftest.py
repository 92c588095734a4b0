"""Fixtures for tests of accounts: no tries counted yet, no mail written yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from learnapp.accounts.limits.counters import DatabaseCounter
from learnapp.accounts.limits.throttle import Throttle
from learnapp.accounts.passwords.background import BackgroundQueue
from learnapp.database.db import db


@pytest.fixture(autouse=True)
def fresh(request: pytest.FixtureRequest) -> Iterator[None]:
    """Start each test with no tries counted and an empty outbox; leave nothing to be done later."""
    if "app" not in request.fixturenames:
        yield
        return
    app: Flask = request.getfixturevalue("app")
    before = dict(app.extensions)
    with app.app_context():
        engine = db.engine
    app.extensions["accounts.throttle"] = Throttle(DatabaseCounter(engine))
    app.extensions["passwords.queue"] = BackgroundQueue()
    for file in outbox_of(app).glob("*"):
        file.unlink()
    yield
    app.extensions["passwords.queue"].join()
    app.extensions.update(before)


@pytest.fixture
def outbox(app: Flask) -> Path:
    """Give the folder where mails are written."""
    return outbox_of(app)


def outbox_of(app: Flask) -> Path:
    return Path(app.instance_path) / "outbox"
