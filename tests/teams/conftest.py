"""Fixtures for tests of teams: Cora's team at noon, on a site that serves the tea course with its programs."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.actors.deferred import at
from tests.actors.people import People
from tests.actors.teams import Team
from tests.factories.base import NOON


@pytest.fixture
def team(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    """Give Cora's team, while it is noon."""
    with at(NOON):
        yield Team(app, people, monkeypatch)
