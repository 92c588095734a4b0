"""Fixtures for the made-up school: made once for all tests that only look at it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from learnapp.database.db import db
from learnapp.demo.service import seed_school
from learnapp.web.catalog import current_catalog
from tests.apps import UNHINDERED, close_app, new_app
from tests.factories.base import NOON


@pytest.fixture(scope="session")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give an app with the whole school, seen from NOON."""
    app = new_app(tmp_path_factory.mktemp("school"), environment="development", **UNHINDERED)
    with app.app_context():
        seed_school(db.session, current_catalog(), 7, NOON)
        db.session.commit()
    yield app
    close_app(app)
