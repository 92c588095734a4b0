"""Commands that look at names and the database: what would be lost is counted, what was renamed follows."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from learnapp.content.catalog import Catalog
from learnapp.learning.models import Progress
from learnapp.learning.progress.service import mark_read
from tests.actors.attempts import Db, progress_of
from tests.courses.serving import serve_catalog
from tests.courses.tea import course_with, lesson
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON

pytestmark = [pytest.mark.both_databases, pytest.mark.slow]


@pytest.fixture
def learner(db_session: Db) -> int:
    """Give the id of somebody who has read a lesson that the real course does not have."""
    user = int(UserFactory().id)
    mark_read(db_session, user, progress_of(db_session, user, lesson("1-leaf")), NOON)
    db_session.commit()
    return user


def renamed() -> Catalog:
    old = lesson("1-leaf").key
    return course_with(lesson("leaf", was=(old,)))


@pytest.mark.long
def test_the_check_counts_who_would_lose_something_when_asked(app: Flask, learner: int) -> None:
    runner = app.test_cli_runner()

    # Without the database nothing is wrong, as `make check` shows.
    strict = runner.invoke(args=["content", "check", "--strict", "--database"])
    assert strict.exit_code == 1
    assert "1 learner would lose what they have of lesson 1-tea/1-leaf" in strict.output
    data = json.loads(runner.invoke(args=["content", "check", "--database", "--json"]).output)
    assert [problem["rule"] for problem in data["problems"]] == ["lost-name"]


def test_rows_follow_by_command(app: Flask, db_session: Db, learner: int, monkeypatch: pytest.MonkeyPatch) -> None:
    serve_catalog(app, monkeypatch, renamed())
    runner = app.test_cli_runner()

    assert runner.invoke(args=["content", "follow"]).output == "1 row followed\n"

    db_session.rollback()
    assert list(db_session.scalars(select(Progress.lesson))) == ["1-tea/leaf"]
    assert runner.invoke(args=["content", "follow"]).output == "0 rows followed\n"
