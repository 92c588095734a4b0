"""What people do with accounts, without any page."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event, select, update

from learnapp.accounts import adoption, names, passwords, service, sessions
from learnapp.accounts.errors import NameTaken, NoSuchAccount, WrongPassword
from learnapp.accounts.models import LoginSession, User
from learnapp.accounts.throttle import FAILURES, Throttle, TooManyTries, account_key
from learnapp.db import db
from tests.accounts.people import OTHER, PASSWORD, People, hashed
from tests.statements import counted

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("db_session")


def sign_up(name: str = "Ben", password: str = PASSWORD, **more: Any) -> service.SignedIn:
    who = service.sign_up(db.session, name, password, more.pop("email", None), NOW, **more)
    db.session.commit()
    return who


def sign_in(
    name: str = "Ben", password: str = PASSWORD, throttle: Throttle | None = None, **more: Any
) -> service.SignedIn:
    try:
        return service.sign_in(
            db.session, name, password, NOW, throttle=throttle or Throttle(), network="192.0.2.7", **more
        )
    finally:
        db.session.commit()


def guest() -> int:
    user = User(role="guest", created_at=NOW, seen_at=NOW)
    db.session.add(user)
    db.session.flush()
    sessions.open_session(db.session, user.id, NOW)
    db.session.commit()
    return user.id


def test_signing_up_makes_a_learner_and_a_session() -> None:
    who = sign_up("  Ｂｅｎ\u200b ", email="Ben@Example.org")
    user = db.session.get_one(User, who.user_id)
    assert (user.name, user.name_key, user.role) == ("Ben", "ben", "learner")
    assert (user.email, user.email_key) == ("Ben@Example.org", "ben@example.org")
    assert passwords.verify(user.password_hash, PASSWORD)
    assert db.session.scalars(select(LoginSession.token_hash)).all() == [sessions.token_hash(who.token)]


def test_a_name_that_looks_like_a_taken_one_is_taken() -> None:
    sign_up("Ben Lee")
    with pytest.raises(NameTaken):
        sign_up("ＢＥＮ\u3164  LEE")


def test_of_twenty_who_want_one_name_at_once_one_gets_it(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = hashed()
    monkeypatch.setattr(passwords, "hash_password", lambda _: kept)
    start = threading.Barrier(20)

    def want(number: int) -> str:
        with people.app.app_context():
            start.wait()
            try:
                service.sign_up(db.session, "Ben" if number % 2 else "BEN", PASSWORD, None, NOW)
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


def test_a_guest_who_signs_in_hands_everything_over_and_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[tuple[int, int]] = []
    monkeypatch.setattr(adoption, "_adopters", [lambda _session, *ids: moved.append(ids)])
    ben, before = sign_up().user_id, guest()
    who = sign_in(guest_id=before)
    assert who.user_id == ben
    assert moved == [(before, ben)]
    assert db.session.get(User, before) is None


def test_the_right_password_lets_in_whatever_the_case_of_the_name(people: People) -> None:
    ben = people.add("Ben")
    assert sign_in("bEN ").user_id == ben


@pytest.mark.parametrize("name", ["Ben", "Nobody", "", "\x00", "x" * 100_000])
def test_a_wrong_password_and_an_unknown_name_are_the_same_error(people: People, name: str) -> None:
    people.add("Ben")
    with pytest.raises(WrongPassword) as caught:
        sign_in(name, OTHER)
    assert caught.value.args == ()


def test_known_and_unknown_names_cost_the_same_work(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    people.add("Ben")
    verified: list[str | None] = []
    real = passwords.verify

    def verify(kept: str | None, typed: str) -> bool:
        verified.append(kept)
        return real(kept, typed)

    monkeypatch.setattr(passwords, "verify", verify)
    work = []
    for name in ("Ben", "Nobody"):
        with counted(db.engine) as sent, pytest.raises(WrongPassword):
            sign_in(name, OTHER)
        work.append([statement.split()[0] for statement in sent])
    assert work[0] == work[1]
    assert len(verified) == 2


def test_no_connection_is_held_while_a_password_is_checked(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.add("Ben")
    held: list[int] = []
    real = passwords.verify

    def watched(kept: str | None, typed: str) -> bool:
        held.append(db.engine.pool.checkedout())  # type: ignore[attr-defined]
        return real(kept, typed)

    monkeypatch.setattr(passwords, "verify", watched)
    sign_in()
    assert held == [0]


def test_ten_failures_close_an_account_to_right_passwords_too(people: People) -> None:
    people.add("Ben")
    throttle = Throttle()
    for _ in range(10):
        with pytest.raises(WrongPassword):
            sign_in(password=OTHER, throttle=throttle)
    with pytest.raises(TooManyTries):
        sign_in(throttle=throttle)


def test_of_forty_guesses_made_side_by_side_ten_are_answered(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.add("Ben")
    throttle = Throttle()
    start = threading.Barrier(16)
    monkeypatch.setattr(passwords, "verify", lambda kept, typed: typed == PASSWORD)

    def guess(number: int) -> str:
        with people.app.app_context():
            if number < 16:
                start.wait()
            try:
                sign_in(password=OTHER, throttle=throttle)
            except WrongPassword:
                return "wrong"
            except TooManyTries:
                return "later"
            return "in"

    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(guess, range(40)))
    assert results.count("wrong") == 10
    assert results.count("later") == 30


def test_a_right_guess_made_while_others_used_up_the_tries_is_not_answered(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.add("Ben")
    throttle = Throttle()

    def verify_late(kept: str | None, typed: str) -> bool:
        for _ in range(10):
            throttle.count(FAILURES, account_key(names.digest("ben")))
        return True

    monkeypatch.setattr(passwords, "verify", verify_late)
    with pytest.raises(TooManyTries):
        sign_in(throttle=throttle)


def test_a_hundred_failures_in_a_row_lock_sign_in_with_the_same_error(people: People) -> None:
    ben = people.add("Ben", failed_in_a_row=99)
    with pytest.raises(WrongPassword):
        sign_in(password=OTHER)
    assert people.get("Ben").failed_in_a_row == 100
    with pytest.raises(WrongPassword):
        sign_in()
    service.set_password(db.session, ben, hashed(), NOW)
    db.session.commit()
    assert sign_in().user_id == ben


def test_a_right_password_starts_the_row_of_failures_anew(people: People) -> None:
    people.add("Ben", failed_in_a_row=98)
    with pytest.raises(WrongPassword):
        sign_in(password=OTHER)
    sign_in()
    assert people.get("Ben").failed_in_a_row == 0


def test_a_password_kept_with_old_parameters_is_kept_anew_at_sign_in(people: People) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    people.add("Ben", password_hash=old)
    sign_in()
    kept = people.get("Ben").password_hash
    assert kept is not None
    assert kept != old
    assert not passwords.outdated(kept)
    assert sign_in().token


def test_a_password_that_changes_during_the_check_is_checked_anew(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = people.add("Ben")
    real = passwords.verify
    changed: list[int] = []

    def verify_and_change(kept: str | None, typed: str) -> bool:
        if not changed:
            changed.append(1)
            with db.engine.connect().execution_options(learnapp_write=True) as connection, connection.begin():
                connection.execute(update(User).where(User.id == ben).values(password_hash=hashed(OTHER)))
        return real(kept, typed)

    monkeypatch.setattr(passwords, "verify", verify_and_change)
    with pytest.raises(WrongPassword):
        sign_in(password=PASSWORD)
    assert sign_in(password=OTHER).user_id == ben


def test_changing_the_password_ends_every_session_and_opens_one() -> None:
    who = sign_up()
    sign_in()
    new = service.change_password(db.session, who.user_id, PASSWORD, OTHER, NOW, throttle=Throttle())
    db.session.commit()
    assert db.session.scalars(select(LoginSession.token_hash)).all() == [sessions.token_hash(new.token)]
    with pytest.raises(WrongPassword):
        sign_in(password=PASSWORD)
    assert sign_in(password=OTHER).user_id == who.user_id


def test_wrong_present_passwords_are_throttled_like_sign_in() -> None:
    who, throttle = sign_up(), Throttle()
    for _ in range(10):
        with pytest.raises(WrongPassword):
            service.change_password(db.session, who.user_id, "wrong", OTHER, NOW, throttle=throttle)
        db.session.commit()
    with pytest.raises(TooManyTries):
        service.change_password(db.session, who.user_id, PASSWORD, OTHER, NOW, throttle=throttle)
    assert db.session.get_one(User, who.user_id, populate_existing=True).failed_in_a_row == 10


def test_staff_need_a_longer_password() -> None:
    with pytest.raises(passwords.BadPassword, match="too_short"):
        service.create_account(db.session, "Ada", "tea and sugar", "teacher", NOW)
    assert service.create_account(db.session, "Ada", PASSWORD, "teacher", NOW).role == "teacher"
    with pytest.raises(NameTaken):
        service.create_account(db.session, "ADA", PASSWORD, "teacher", NOW)
    db.session.rollback()


def test_a_learner_who_becomes_staff_must_choose_a_longer_password() -> None:
    who = sign_up()
    user = service.find_account(db.session, "ben")
    assert service.set_role(db.session, user, "author", NOW) is True
    db.session.commit()
    assert db.session.scalars(select(LoginSession)).all() == []
    with pytest.raises(WrongPassword):
        sign_in()
    assert db.session.get_one(User, who.user_id, populate_existing=True).role == "author"


def test_staff_who_change_role_keep_the_password_and_are_signed_out(people: People) -> None:
    people.add("Ada", role="teacher")
    sign_in("Ada")
    assert service.set_role(db.session, service.find_account(db.session, "Ada"), "coordinator", NOW) is False
    db.session.commit()
    assert people.count(LoginSession) == 0
    assert sign_in("Ada").token


def test_an_unknown_account_is_named_to_operators_only() -> None:
    with pytest.raises(NoSuchAccount):
        service.find_account(db.session, "Cleo")


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
    monkeypatch.setattr(service, "PURGE_AT_ONCE", 3)
    for _ in range(7):
        db.session.add(User(role="guest", created_at=NOW, seen_at=NOW - timedelta(days=31)))
    db.session.commit()
    assert [service.purge_guests(db.session, NOW) for _ in range(4)] == [3, 3, 1, 0]
    db.session.commit()


def test_hashing_happens_outside_of_the_write_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    real = passwords.hash_password

    def hash_password(typed: str) -> str:
        order.append("hash")
        return real(typed)

    monkeypatch.setattr(passwords, "hash_password", hash_password)

    def begun(connection: Any) -> None:
        if connection.get_execution_options().get("learnapp_write"):
            order.append("write")

    event.listen(db.engine, "begin", begun)
    try:
        sign_up()
    finally:
        event.remove(db.engine, "begin", begun)
    assert order == ["hash", "write"]
