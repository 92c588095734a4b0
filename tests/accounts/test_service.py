"""Accounts without any page: signing up, new passwords, roles, settings, purging."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from learnapp.accounts import service, sessions
from learnapp.accounts.errors import InvalidInput, NameTaken, WrongPassword
from learnapp.accounts.models import LoginSession, User
from learnapp.accounts.passwords import hashing
from learnapp.database.db import db
from learnapp.web.login import LEARNER, STAFF
from tests.actors.accounts import NOW, guest, sign_in, sign_up
from tests.actors.attempts import Db
from tests.actors.people import PASSWORD, People, hashed
from tests.factories.accounts import UserFactory
from tests.factories.groups import GroupFactory

pytestmark = [pytest.mark.usefixtures("db_session"), pytest.mark.both_databases]


def test_signing_up_makes_a_learner_and_a_session() -> None:
    who = sign_up("  Ｂｅｎ\u200b ", email="Ben@Example.org")
    user = db.session.get_one(User, who.user_id)
    assert (user.name, user.name_key, user.role) == ("Ben", "ben", "learner")
    assert (user.email, user.email_key) == ("Ben@Example.org", "ben@example.org")
    assert hashing.verify(user.password_hash, PASSWORD)
    assert db.session.scalars(select(LoginSession.token_hash)).all() == [sessions.token_hash(who.token)]


def test_a_name_that_looks_like_a_taken_one_is_taken() -> None:
    sign_up("Ben Lee")
    with pytest.raises(NameTaken):
        sign_up("ＢＥＮ\u3164  LEE")


@pytest.mark.both_databases(always=True)
def test_of_twenty_who_want_one_name_at_once_one_gets_it(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = hashed()
    monkeypatch.setattr(hashing, "hash_password", lambda _: kept)
    start = threading.Barrier(20)

    def want(number: int) -> str:
        with people.app.app_context():
            start.wait()
            try:
                service.sign_up(db.session, "Ben" if number % 2 else "BEN", PASSWORD, None, NOW, None, theme="auto")
                db.session.commit()
            except NameTaken:
                return "taken"
            return "mine"

    with ThreadPoolExecutor(20) as pool:
        results = list(pool.map(want, range(20)))
    assert sorted(results) == ["mine"] + ["taken"] * 19
    assert people.count(User) == 1
    assert people.count(LoginSession) == 1


def test_a_guest_who_signs_up_becomes_the_learner_in_place() -> None:
    before = guest()
    who = sign_up(guest_id=before)
    assert who.user_id == before
    assert db.session.scalars(select(User.role)).all() == ["learner"]
    assert db.session.scalars(select(LoginSession.token_hash)).all() == [sessions.token_hash(who.token)]


def test_a_guest_who_cannot_have_the_name_stays_a_guest(people: People) -> None:
    sign_up("Ben")
    before = guest()
    with pytest.raises(NameTaken):
        sign_up("ben", guest_id=before)
    assert db.session.get_one(User, before).role == "guest"


def test_an_account_cannot_be_taken_over_as_a_guest() -> None:
    ben = sign_up("Ben")
    ada = sign_up("Ada", guest_id=ben.user_id)
    assert ada.user_id != ben.user_id
    assert db.session.get_one(User, ben.user_id).name == "Ben"


def test_staff_need_a_longer_password() -> None:
    with pytest.raises(InvalidInput, match="too_short"):
        service.create_account(db.session, "Ada", "tea and sugar", "teacher", NOW)
    assert service.create_account(db.session, "Ada", PASSWORD, "teacher", NOW).role == "teacher"
    with pytest.raises(NameTaken):
        service.create_account(db.session, "ADA", PASSWORD, "teacher", NOW)
    db.session.rollback()


def test_a_learner_who_becomes_staff_must_choose_a_longer_password() -> None:
    who = sign_up()
    user = service.find_account(db.session, "ben")
    assert user is not None
    assert service.set_role(db.session, user, "author", NOW) is True
    db.session.commit()
    assert db.session.scalars(select(LoginSession)).all() == []
    with pytest.raises(WrongPassword):
        sign_in()
    assert db.session.get_one(User, who.user_id, populate_existing=True).role == "author"


def test_staff_who_change_role_keep_the_password_and_are_signed_out(people: People) -> None:
    people.add("Ada", role="teacher")
    sign_in("Ada")
    ada = service.find_account(db.session, "Ada")
    assert ada is not None
    assert service.set_role(db.session, ada, "coordinator", NOW) is False
    db.session.commit()
    assert people.count(LoginSession) == 0
    assert sign_in("Ada").token


@pytest.mark.parametrize("role", STAFF)
def test_no_group_manages_an_account_that_becomes_staff(db_session: Db, role: str) -> None:
    user = UserFactory(name="Ben", managed_by=GroupFactory().id)
    assert service.set_role(db_session, user, LEARNER, NOW) is False
    db_session.commit()
    assert user.managed_by is not None
    service.set_role(db_session, user, role, NOW)
    db_session.commit()
    db_session.refresh(user)
    assert (user.role, user.managed_by, user.password_hash) == (role, None, None)


def test_settings_take_nothing_but_settings() -> None:
    who = sign_up()
    service.save_settings(db.session, who.user_id, {"theme": "dark", "role": "admin", "name": "X", "id": 7})
    db.session.commit()
    user = db.session.get_one(User, who.user_id, populate_existing=True)
    assert (user.theme, user.role, user.name) == ("dark", "learner", "Ben")


def test_guests_unused_for_thirty_days_are_purged_and_nobody_else(people: People) -> None:
    ages = {"stale": timedelta(days=30), "fresh": timedelta(days=29)}
    made = {}
    for label, age in ages.items():
        user = User(role="guest", created_at=NOW - 2 * age, seen_at=NOW - age)
        db.session.add(user)
        db.session.flush()
        made[label] = user.id
    db.session.commit()
    people.add("Ben", seen_at=NOW - timedelta(days=400))
    assert service.purge_guests(db.session, NOW) == 1
    db.session.commit()
    assert db.session.get(User, made["stale"]) is None
    assert people.count(User) == 2


def test_purging_goes_batch_by_batch(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "GUESTS_AT_ONCE", 3)
    for _ in range(7):
        db.session.add(User(role="guest", created_at=NOW, seen_at=NOW - timedelta(days=31)))
    db.session.commit()
    assert [service.purge_guests(db.session, NOW) for _ in range(4)] == [3, 3, 1, 0]
    db.session.commit()


def test_hashing_happens_outside_of_the_write_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    real = hashing.hash_password

    def hash_password(typed: str) -> str:
        order.append("hash")
        return real(typed)

    monkeypatch.setattr(hashing, "hash_password", hash_password)

    def begun(connection: Any) -> None:
        if connection.get_execution_options().get("learnapp_write"):
            order.append("write")

    event.listen(db.engine, "begin", begun)
    try:
        sign_up()
    finally:
        event.remove(db.engine, "begin", begun)
    assert order == ["hash", "write"]
