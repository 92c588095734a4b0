"""Page of one member's story, over HTTP: what it shows, that the look is noted, and who gets nothing."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from learnapp.database.db import db
from learnapp.groups.models import Membership
from learnapp.reports.story.models import Look
from tests.actors.classes import DAY, SeededClass, assign, class_of, complete, try_quiz
from tests.actors.people import People
from tests.courses.classes import CATALOG, LEAF, SCALD
from tests.courses.serving import serve_catalog
from tests.factories.base import NOON
from tests.pages import PageOpener, words


@pytest.fixture
def ada(people: People, app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    serve_catalog(app, monkeypatch, CATALOG)
    return people.signed_in("Ada", "teacher")


@pytest.fixture
def one(people: People, ada: FlaskClient) -> SeededClass:
    with people.app.app_context():
        made = class_of("Ben", leader=people.get("Ada").id)
        assign(made.id, "1-tea", NOON - DAY)
        try_quiz(made.members["Ben"], LEAF, 2, NOON - 2 * DAY)
        complete(made.members["Ben"], SCALD, NOON - 2 * DAY)
    return made


def address(one: SeededClass) -> str:
    return f"/groups/{one.id}/members/{one.members['Ben']}"


def test_a_leader_sees_the_first_try_question_by_question(
    ada: FlaskClient, one: SeededClass, visit: PageOpener
) -> None:
    text = words(visit(ada, address(one)).tree)
    assert "First try, 19 November 2026: 40 of 100" in text
    assert "Not answered" in text
    assert "1 finished try" in text
    assert "Ben sees that you opened this page today" in text


def test_a_look_is_noted_once_a_day(people: People, ada: FlaskClient, one: SeededClass) -> None:
    for _ in range(3):
        assert ada.get(address(one)).status_code == 200
    assert ada.head(address(one)).status_code == 200
    assert people.count(Look) == 1


def test_only_looking_is_noted(people: People, ada: FlaskClient, one: SeededClass) -> None:
    assert ada.head(address(one)).status_code == 200
    assert ada.get(f"/groups/{one.id}/board").status_code == 200
    assert ada.get(f"/groups/{one.id}/members/{10**6}").status_code == 404
    assert ada.get(f"/groups/{one.id}/members/{one.leader}").status_code == 404
    assert people.count(Look) == 0


def test_a_leader_who_was_removed_gets_nothing_and_leaves_nothing(
    people: People, ada: FlaskClient, one: SeededClass
) -> None:
    with people.app.app_context():
        db.session.execute(delete(Membership).where(Membership.user_id == one.leader))
        db.session.commit()
    for path in (
        address(one),
        f"/groups/{one.id}/board",
        f"/groups/{one.id}/board/marks.csv",
        f"/groups/{one.id}/board/canvas.csv",
        f"/groups/{one.id}/board/canvas",
    ):
        assert ada.get(path).status_code == 404
    assert ada.post(f"{address(one)}/handled").status_code == 404
    assert people.count(Look) == 0
