"""Page of one member's story, over HTTP: what it shows, that the look is noted, and who gets nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, update

from learnapp.accounts.models import User
from learnapp.database.db import db
from learnapp.groups.models import Membership
from learnapp.reports.story.looks import looks_at
from learnapp.reports.story.models import Look
from tests.actors.classes import DAY, SeededClass, assign, class_of, complete, try_quiz
from tests.actors.groups import Class, secrets_on
from tests.actors.people import OTHER, People, hashed, sign_in
from tests.courses.classes import LEAF, SCALD
from tests.factories.base import NOON
from tests.pages import PageOpener, words


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
    assert people.count(Look) == 1


def test_a_head_is_a_look_as_its_length_tells_of_the_page(people: People, ada: FlaskClient, one: SeededClass) -> None:
    assert ada.head(address(one)).headers["Content-Length"] != "0"
    assert people.count(Look) == 1


def test_only_looking_is_noted(people: People, ada: FlaskClient, one: SeededClass) -> None:
    assert ada.get(f"/groups/{one.id}/board").status_code == 200
    assert ada.get(f"/groups/{one.id}/members/{10**6}").status_code == 404
    assert ada.get(f"/groups/{one.id}/members/{one.leader}").status_code == 404
    assert people.count(Look) == 0


def test_a_new_card_is_told_to_its_person_and_the_first_one_is_not(people: People, visit: PageOpener) -> None:
    of = Class(people)
    of.managed("ben.l")
    first = secrets_on(of.cards())["ben.l"]
    assert people.count(Look) == 0
    for key in "lm":
        second = secrets_on(of.cards("all", key=key * 43))["ben.l"]
        assert secrets_on(of.cards("all", key=key * 43)) == {"ben.l": second}  # a reload is no new card
    ben = people.browser()
    assert sign_in(ben, "ben.l", first).status_code == 422
    assert sign_in(ben, "ben.l", second).status_code == 302
    ben.post("/account/password/first", data={"new_password": OTHER})
    for page in ("/", "/me"):
        assert f"A new login card was made for you {of.leader}, 9C" in words(visit(ben, page).tree)
    assert f"{of.leader}, 9C Made 2 new login cards for you" in words(visit(ben, "/me/looks").tree)
    assert "new login card" not in visit(people.signed_in("Cleo"), "/me").text


def test_a_card_is_told_for_a_week_and_only_while_a_group_manages_the_account(
    people: People, visit: PageOpener
) -> None:
    of = Class(people)
    ben = of.managed("ben.l", password_hash=hashed())
    of.cards("all")
    with people.app.app_context():
        db.session.execute(update(User).values(password_hash=hashed(), secret_expires_at=None))
        db.session.commit()
    browser = people.browser()
    sign_in(browser, "ben.l")
    assert "A new login card" in visit(browser, "/me").text
    with people.app.app_context():
        db.session.execute(update(Look).values(day=datetime.now(UTC).date() - timedelta(days=8)))
        db.session.commit()
    assert "A new login card" not in visit(browser, "/me").text
    assert "Made a new login card for you" in visit(browser, "/me/looks").text
    with people.app.app_context():
        assert [look.cards for look in looks_at(db.session, ben).looks] == [1]


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
