"""Who asks: one statement a request, sessions that end when they must, guests where something is kept."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask_login import current_user
from sqlalchemy import select, text, update

from learnapp.accounts import identity, sessions
from learnapp.accounts.models import LoginSession, User
from learnapp.database.db import db
from tests.actors.people import People, become_guest, is_member, sign_in
from tests.statements import counted

pytestmark = pytest.mark.both_databases

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.both_databases(always=True)
def test_one_statement_loads_person_and_session(people: People) -> None:
    ben = people.signed_in()
    with counted(people.engine) as sent:
        assert ben.get("/account/signed-out").status_code == 200
    assert len(sent) == 1
    assert "FROM users, login_sessions" in " ".join(sent[0].split())


def test_whoever_has_no_cookie_costs_no_statement(people: People) -> None:
    with counted(people.engine) as sent:
        assert people.browser().get("/account/sign-in").status_code == 200
    assert sent == []


def test_the_person_is_a_frozen_value_with_all_that_pages_need(people: People) -> None:
    user_id = people.add("Ada", role="teacher", theme="dark", band=18, time_zone="Asia/Seoul")
    with people.app.app_context():
        token = sessions.open_session(db.session, user_id, datetime.now(UTC))
        db.session.commit()
    with people.app.test_request_context():
        ada = identity.find_user(token)
        assert ada is not None
        assert (ada.id, ada.name, ada.role, ada.theme, ada.band) == (user_id, "Ada", "teacher", "dark", 18)
        assert (ada.is_staff, ada.is_guest, ada.is_authenticated) == (True, False, True)
        assert token not in repr(ada)
        with pytest.raises(AttributeError):
            ada.role = "admin"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("role", "pause", "stays"),
    [
        ("learner", timedelta(days=29), True),
        ("learner", timedelta(days=31), False),
        ("teacher", timedelta(minutes=29), True),
        ("teacher", timedelta(minutes=31), False),
    ],
)
def test_whoever_was_away_too_long_is_asked_to_sign_in(
    people: People, role: str, pause: timedelta, stays: bool
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ben = people.signed_in(role=role)
        clock.shift(pause)
        answer = ben.get("/account")
        assert (answer.status_code == 200) is stays
        if not stays:
            page = ben.get(answer.location).text
            assert "session has ended" in page
            assert "session has ended" not in ben.get("/account/sign-in").text


@pytest.mark.slow
def test_staff_are_signed_out_after_twelve_hours_however_busy(people: People) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ada = people.signed_in("Ada", role="admin")
        for _ in range(47):
            clock.shift(timedelta(minutes=15))
            assert is_member(ada)
        clock.shift(timedelta(minutes=15))
        assert not is_member(ada)


def test_learners_who_keep_coming_stay(people: People) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ben = people.signed_in()
        for _ in range(4):
            clock.shift(timedelta(days=20))
            assert is_member(ben)


def test_presence_is_written_once_a_day_and_for_staff_once_a_minute(people: People) -> None:
    def writes() -> int:
        with counted(people.engine) as sent:
            ben.get("/account/signed-out")
            ada.get("/account/signed-out")
        return sum(statement.startswith("UPDATE") for statement in sent)

    with time_machine.travel(NOON, tick=False) as clock:
        ben, ada = people.signed_in("Ben"), people.signed_in("Ada", role="teacher")
        assert writes() == 0
        clock.shift(timedelta(seconds=61))
        assert writes() == 2  # hers: the session, and the account if a day has passed
        assert writes() == 0
        clock.shift(timedelta(days=1))
        assert writes() == 2  # his: hers has ended
        assert people.get("Ben").seen_at == NOON + timedelta(days=1, seconds=61)


def test_a_busy_database_does_not_keep_anybody_waiting_to_be_noted(people: People) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ben = people.signed_in()
        clock.shift(timedelta(days=2))
        with people.engine.connect().execution_options(learnapp_write=True) as lock:
            lock.execute(update(LoginSession).values(created_at=NOON))
            began = time.perf_counter()
            assert is_member(ben)
            assert time.perf_counter() - began < 2
            lock.rollback()
        with people.app.app_context():
            assert db.session.scalars(select(LoginSession.seen_at)).one() == NOON


def test_noting_somebody_leaves_the_connection_as_patient_as_before(people: People) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ben = people.signed_in()
        clock.shift(timedelta(days=2))
        assert is_member(ben)
    with people.app.app_context():
        if db.engine.dialect.name == "sqlite":
            for _ in range(5):
                assert db.session.execute(text("PRAGMA busy_timeout")).scalar() == 5000
        else:
            assert db.session.execute(text("SHOW lock_timeout")).scalar() == "5s"


def test_a_role_that_is_taken_away_is_gone_at_the_next_request(people: People) -> None:
    ada = people.signed_in("Ada", role="teacher")
    with people.app.app_context():
        db.session.execute(update(User).values(role="learner"))
        db.session.commit()
    with ada:
        ada.get("/account")
        assert current_user.role == "learner"


def test_a_deleted_account_is_nobody_at_the_next_request(people: People) -> None:
    ben = people.signed_in()
    with people.app.app_context():
        db.session.query(LoginSession).delete()
        db.session.query(User).delete()
        db.session.commit()
    assert not is_member(ben)


@pytest.mark.slow
def test_forty_signed_in_readers_are_known_at_once(people: People) -> None:
    ben = people.signed_in()
    cookie = ben.get_cookie("login")
    assert cookie is not None
    answers: list[int] = []

    def read() -> None:
        browser = people.browser()
        browser.set_cookie("login", cookie.value)
        answers.append(browser.get("/account").status_code)

    threads = [threading.Thread(target=read) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 40


def test_a_made_up_token_is_nobody(people: People) -> None:
    people.add("Ben")
    browser = people.browser()
    browser.set_cookie("login", "x" * 43)
    assert not is_member(browser)
    assert sign_in(browser).status_code == 302
    assert is_member(browser)


@pytest.mark.parametrize(("role", "days"), [("learner", 30), ("guest", 30)])
def test_cookie_and_row_live_as_long_as_each_other_and_are_renewed_together(
    people: People, role: str, days: int
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        browser = people.browser()
        if role == "guest":
            become_guest(people, browser)
        else:
            people.add()
            sign_in(browser, data={"stay": "y"})
        name = "guest" if role == "guest" else "login"
        assert "Set-Cookie" not in browser.get("/display").headers or role == "guest"
        clock.shift(timedelta(days=1))
        answers = [browser.post("/display"), browser.get("/display"), browser.get("/display")]
        renewed = [
            [cookie for cookie in answer.headers.getlist("Set-Cookie") if cookie.startswith(f"{name}=")]
            for answer in answers
        ]
        assert [len(cookies) for cookies in renewed] == [0, 1, 0]
        assert f"Max-Age={days * 24 * 3600}" in renewed[1][0]
        with people.app.app_context():
            assert db.session.scalars(select(LoginSession.seen_at)).one() == NOON + timedelta(days=1)
            assert db.session.scalars(select(User.seen_at)).one() == NOON + timedelta(days=1)


def test_a_login_that_ends_with_the_browser_is_not_made_to_stay(people: People) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ben = people.signed_in()
        clock.shift(timedelta(days=2))
        ben.get("/display")
        assert "login=" not in " ".join(ben.get("/account").headers.getlist("Set-Cookie"))


def test_guests_last_as_long_as_the_operator_says(make_app: Callable[..., Flask]) -> None:
    people = People(make_app(guest_days=3, WTF_CSRF_ENABLED=False))
    with time_machine.travel(NOON, tick=False) as clock:
        browser = people.browser()
        assert "Max-Age=259200" in str(browser.post("/account/age", data={"band": "14"}).headers)
        clock.shift(timedelta(days=3))
        assert browser.get("/account/data").status_code == 302
