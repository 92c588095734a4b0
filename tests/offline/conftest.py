"""A learner on the course about tea, and the pages that a device asks for to keep them."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.actors.people import People
from tests.courses.gated import strong
from tests.courses.serving import serve
from tests.courses.tea import lesson

COPY = {"X-Copy": "1"}
Copy = Callable[[str], TestResponse]


@pytest.fixture
def course(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve two lessons about tea, the second one strong."""
    serve(app, monkeypatch, lesson("1-leaf"), strong("2-scald"))


@pytest.fixture
def ben(people: People, course: None) -> FlaskClient:
    """Give the browser of Ben, who is of the age group from 14 on."""
    return people.signed_in("Ben", band=14)


@pytest.fixture
def copy(ben: FlaskClient) -> Copy:
    """Ask for pages as Ben's device does to keep them."""
    return lambda address: ben.get(address, headers=COPY)
