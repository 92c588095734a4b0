"""Fixtures for tests of rosters: a class."""

import pytest

from tests.actors.groups import Class
from tests.actors.people import People


@pytest.fixture
def class_9c(people: People) -> Class:
    """Give Ada's class."""
    return Class(people)
