"""Guests: one for a key however many ask at once, taken into a learner's account alone, never with an older band."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from learnapp.accounts import sessions
from learnapp.accounts.guests import service as guests
from learnapp.accounts.models import LoginSession, User
from learnapp.database.db import db
from tests.actors.accounts import NOW, guest
from tests.actors.people import People

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("db_session")]


def bands() -> list[int | None]:
    return list(db.session.scalars(select(User.band).order_by(User.id)))


@pytest.mark.both_databases(always=True)
def test_requests_of_one_browser_side_by_side_make_one_guest(people: People) -> None:
    engine = people.engine

    def make(_number: int) -> None:
        with Session(engine) as session:
            guests.create_guest(session, "the key of one browser", NOW)
            session.commit()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(make, range(16)))
    assert people.count(User) == 1
    assert db.session.scalars(select(LoginSession.token_hash)).all() == [sessions.token_hash("the key of one browser")]


def test_two_browsers_make_two_guests(people: People) -> None:
    for key in ("one", "other"):
        guests.create_guest(db.session, key, NOW)
        db.session.commit()
    assert people.count(User) == 2


def test_an_account_takes_what_a_guest_did_and_the_guest_is_gone(people: People) -> None:
    moved: list[dict[str, int]] = []

    def move(_session: object, **ids: int) -> None:
        moved.append(ids)

    ben, before = people.add(), guest()
    with guests.guest_is_taken.connected_to(move):
        assert guests.take_guest(db.session, before, ben)
        db.session.commit()
        assert not guests.take_guest(db.session, before, ben)
    assert moved == [{"guest_id": before, "user_id": ben}]
    assert db.session.get(User, before) is None


@pytest.mark.parametrize("role", ["teacher", "coordinator", "author", "admin"])
def test_staff_never_take_what_a_guest_did(people: People, role: str) -> None:
    ada, before = people.add("Ada", role=role), guest()
    assert not guests.take_guest(db.session, before, ada)
    db.session.commit()
    assert people.count(User) == 2


def test_nobody_takes_what_an_account_did(people: People) -> None:
    ben, cleo = people.add("Ben"), people.add("Cleo")
    assert not guests.take_guest(db.session, cleo, ben)
    guests.delete_guest(db.session, cleo)
    db.session.commit()
    assert people.count(User) == 2


@pytest.mark.parametrize(
    ("own", "of_guest", "after"),
    [(None, 18, None), (None, 12, None), (None, None, None), (14, 18, 14), (18, 14, 14), (16, None, 16), (16, 16, 16)],
)
def test_an_account_never_gets_an_older_age_group(
    people: People, own: int | None, of_guest: int | None, after: int | None
) -> None:
    ben, before = people.add("Ben", band=own), guest()
    db.session.execute(update(User).where(User.id == before).values(band=of_guest))
    db.session.commit()
    assert guests.take_guest(db.session, before, ben)
    db.session.commit()
    assert bands() == [after]


def test_a_guest_is_deleted_with_the_login_and_nobody_else_is(people: People) -> None:
    people.add("Ben")
    one, other = guest(), guest()
    guests.delete_guest(db.session, one)
    db.session.commit()
    assert db.session.scalars(select(User.id).where(User.role == "guest")).all() == [other]
    assert people.count(LoginSession) == 1
