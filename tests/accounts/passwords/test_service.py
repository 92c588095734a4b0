"""Passwords verified and changed: one error for all that is wrong, ten tries for a guesser."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import select, update

from learnapp.accounts import sessions
from learnapp.accounts.errors import TooManyTries, WrongPassword
from learnapp.accounts.limits.throttle import Reservation, Throttle
from learnapp.accounts.models import LoginSession, User
from learnapp.accounts.passwords import hashing, service
from learnapp.database.db import db
from tests.actors.accounts import NOW, counting_throttle, sign_in, sign_up
from tests.actors.people import OTHER, PASSWORD, People, hashed
from tests.statements import counted

pytestmark = [pytest.mark.usefixtures("db_session"), pytest.mark.both_databases]


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
    real = hashing.verify

    def verify(kept: str | None, typed: str, attempt: Reservation) -> bool:
        verified.append(kept)
        return real(kept, typed, attempt)

    monkeypatch.setattr(hashing, "verify", verify)
    work = []
    for name in ("Ben", "Nobody"):
        with counted(db.engine) as sent, pytest.raises(WrongPassword):
            sign_in(name, OTHER)
        work.append([statement.split()[0] for statement in sent])
    assert work[0] == work[1]
    assert len(verified) == 2


def test_no_connection_is_held_while_a_password_is_checked(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    people.add("Ben")
    held: list[int] = []
    real = hashing.verify

    def watched(kept: str | None, typed: str, attempt: Reservation) -> bool:
        held.append(db.engine.pool.checkedout())  # type: ignore[attr-defined]
        return real(kept, typed, attempt)

    monkeypatch.setattr(hashing, "verify", watched)
    sign_in()
    assert held == [0]


@pytest.mark.both_databases(always=True)
def test_ten_failures_close_an_account_to_right_passwords_too(people: People) -> None:
    people.add("Ben")
    throttle = counting_throttle()
    for _ in range(10):
        with pytest.raises(WrongPassword):
            sign_in(password=OTHER, throttle=throttle)
    with pytest.raises(TooManyTries):
        sign_in(throttle=throttle)


def side_by_side(people: People, throttle: Throttle, tries: list[tuple[str, str]]) -> Counter[str]:
    """Sign in with names and passwords at once; return how often which answer came."""
    start = threading.Barrier(16)

    def attempt(number: int) -> str:
        with people.app.app_context():
            if number < 16:
                start.wait()
            try:
                sign_in(*tries[number], throttle=throttle)
            except (WrongPassword, TooManyTries) as error:
                return type(error).__name__
            return "in"

    with ThreadPoolExecutor(16) as pool:
        return Counter(pool.map(attempt, range(len(tries))))


@pytest.fixture
def many_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash sixteen passwords at once."""
    monkeypatch.setattr(hashing, "SLOTS", threading.BoundedSemaphore(16))


@pytest.mark.slow
@pytest.mark.usefixtures("many_cores")
def test_of_sixty_guesses_made_side_by_side_ten_are_answered_and_counted(people: People) -> None:
    people.add("Ben")
    answers = side_by_side(people, counting_throttle(), [("Ben", OTHER)] * 60)
    assert answers == {"WrongPassword": 10, "TooManyTries": 50}
    assert people.get("Ben").failed_in_a_row == 10


@pytest.mark.slow
@pytest.mark.usefixtures("many_cores")
def test_forty_right_passwords_side_by_side_from_one_address_are_let_in(people: People) -> None:
    for number in range(8):
        people.add(f"Learner {number}x")
    answers = side_by_side(people, counting_throttle(), [(f"Learner {n % 8}x", PASSWORD) for n in range(40)])
    assert answers == {"in": 40}


@pytest.mark.slow
def test_two_bursts_of_guesses_lock_nobody_out_for_good(people: People) -> None:
    people.add("Ben")
    with time_machine.travel(NOW, tick=False) as clock:
        throttle = counting_throttle()
        for _ in range(2):
            side_by_side(people, throttle, [("Ben", OTHER)] * 60)
            clock.shift(timedelta(minutes=5))
        assert sign_in(throttle=throttle)
    assert people.get("Ben").failed_in_a_row == 0


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
    assert not hashing.HASHER.check_needs_rehash(kept)
    assert sign_in().token


def test_a_password_that_changes_during_the_check_lets_nobody_in(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = people.add("Ben")
    real = hashing.verify
    changed: list[int] = []

    def verify_and_change(kept: str | None, typed: str, attempt: Reservation) -> bool:
        if not changed:
            changed.append(1)
            with db.engine.connect().execution_options(learnapp_write=True) as connection, connection.begin():
                connection.execute(update(User).where(User.id == ben).values(password_hash=hashed(OTHER)))
        return real(kept, typed, attempt)

    monkeypatch.setattr(hashing, "verify", verify_and_change)
    with pytest.raises(WrongPassword):
        sign_in(password=PASSWORD)
    assert sign_in(password=OTHER).user_id == ben


def test_changing_the_password_ends_every_session_and_opens_one() -> None:
    who = sign_up()
    sign_in()
    new = service.change_password(db.session, who.user_id, PASSWORD, OTHER, NOW, throttle=counting_throttle())
    db.session.commit()
    assert db.session.scalars(select(LoginSession.token_hash)).all() == [sessions.token_hash(new)]
    with pytest.raises(WrongPassword):
        sign_in(password=PASSWORD)
    assert sign_in(password=OTHER).user_id == who.user_id


def test_a_password_of_an_account_that_was_deleted_meanwhile_is_wrong() -> None:
    with pytest.raises(WrongPassword):
        service.change_password(db.session, 4711, PASSWORD, OTHER, NOW, throttle=counting_throttle())


def test_wrong_present_passwords_are_throttled_like_sign_in() -> None:
    who, throttle = sign_up(), counting_throttle()
    for _ in range(10):
        with pytest.raises(WrongPassword):
            service.change_password(db.session, who.user_id, "wrong", OTHER, NOW, throttle=throttle)
        db.session.commit()
    with pytest.raises(TooManyTries):
        service.change_password(db.session, who.user_id, PASSWORD, OTHER, NOW, throttle=throttle)
    assert db.session.get_one(User, who.user_id, populate_existing=True).failed_in_a_row == 10
