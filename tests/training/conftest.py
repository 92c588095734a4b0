"""Fixtures for tests of training: Vera with her account, and the tea course with its programs."""

import pytest

from learnapp.content.catalog import Catalog
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
