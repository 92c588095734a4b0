"""Fixtures for tests of practice: a guest, and the tea course with two conversations."""

import pytest
from flask import Flask

from learnapp.content.catalog import Catalog
from tests.actors.accounts import guest as make_guest
from tests.actors.attempts import Db
from tests.courses.practice import practice_course
from tests.courses.serving import serve_catalog


@pytest.fixture
def guest(db_session: Db) -> int:
    """Give the id of somebody without an account."""
    return make_guest()


@pytest.fixture
def course(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    """Serve the course."""
    return serve_catalog(app, monkeypatch, practice_course())
