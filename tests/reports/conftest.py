"""What every report's tests begin with: a course, and a teacher who is signed in."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.actors.people import People
from tests.courses.classes import CATALOG
from tests.courses.serving import serve_catalog


@pytest.fixture
def ada(people: People, app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    serve_catalog(app, monkeypatch, CATALOG)
    return people.signed_in("Ada", "teacher")
