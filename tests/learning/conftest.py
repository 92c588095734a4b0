"""Fixtures for tests of learning: Ben, a guest, and somebody in the middle of a quiz."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.catalog import Catalog
from tests.actors.attempt_pages import Taker, begin
from tests.actors.attempts import Db
from tests.courses.serving import serve
from tests.courses.tea import course_with, two_modules
from tests.factories.accounts import GuestFactory, UserFactory


@pytest.fixture
def ben(db_session: Db) -> int:
    """Give the id of a learner with an account."""
    return int(UserFactory().id)


@pytest.fixture
def guest(db_session: Db) -> int:
    """Give the id of somebody who learns without an account."""
    return int(GuestFactory().id)


@pytest.fixture
def catalog() -> Catalog:
    """Give a course of two modules with a lesson each."""
    return course_with(*two_modules())


@pytest.fixture
def taker(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Taker:
    """Give somebody who has begun a quiz with one item of each type."""
    serve(app, monkeypatch)
    return begin(app, client)
