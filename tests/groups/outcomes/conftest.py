"""Ben's class, of whom a quiz is asked whose results wait."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.actors.deferred import Waiting, at, waiting_class
from tests.actors.people import People
from tests.factories.base import NOON


@pytest.fixture
def waiting(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> Iterator[Waiting]:
    """Give Ben's class, at noon, six hours before the close."""
    with at(NOON):
        yield waiting_class(app, people, monkeypatch)
