"""Links with which somebody makes a teacher's account: used once, for some days, and nobody's else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from learnapp.accounts.errors import InvalidInput, LinkEnded, NameTaken, WrongPassword
from learnapp.accounts.models import TeacherInvitation, User
from learnapp.accounts.teachers import invitations
from learnapp.database.db import db
from tests.actors.people import PASSWORD, People
from tests.apps import NoThrottle

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
LONG = "a kettle on the green stove"
pytestmark = [pytest.mark.usefixtures("db_session"), pytest.mark.both_databases]


def link(days: int = 7) -> str:
    token = invitations.create_link(db.session, NOW, days * DAY)
    db.session.commit()
    return token


def sign_up(token: str, name: str = "Ada", password: str = LONG, now: datetime = NOW) -> None:
    try:
        invitations.sign_up_by_link(db.session, token, name, password, None, now, theme="auto")
        db.session.commit()
    finally:
        db.session.rollback()


def become(token: str, user_id: int, present: str = PASSWORD, new: str = LONG) -> None:
    try:
        invitations.become_teacher(db.session, token, user_id, present, new, NOW, throttle=NoThrottle())
        db.session.commit()
    finally:
        db.session.rollback()


def test_a_link_makes_one_teacher(people: People) -> None:
    token = link()
    sign_up(token)
    assert people.get("Ada").role == "teacher"
    with pytest.raises(LinkEnded):
        sign_up(token, "Cleo")
    assert db.session.scalars(select(User.name)).all() == ["Ada"]


@pytest.mark.parametrize(("later", "works"), [(7 * DAY - timedelta(seconds=1), True), (7 * DAY, False)])
def test_a_link_works_until_its_day(later: timedelta, works: bool) -> None:
    token = link()
    if works:
        sign_up(token, now=NOW + later)
    else:
        with pytest.raises(LinkEnded):
            sign_up(token, now=NOW + later)


@pytest.mark.parametrize("typed", ["", "made-up", "\x00", "x" * 10_000])
def test_a_link_that_nobody_made_opens_nothing(typed: str) -> None:
    link()
    with pytest.raises(LinkEnded):
        invitations.require_open(db.session, typed, NOW)


def test_what_is_refused_leaves_the_link_as_it_was(people: People) -> None:
    people.add("Ben")
    token = link()
    with pytest.raises(InvalidInput):
        sign_up(token, password="too short")
    with pytest.raises(NameTaken):
        sign_up(token, "Ben")
    sign_up(token)


@pytest.mark.both_databases(always=True)
def test_of_many_who_use_a_link_at_once_one_becomes_a_teacher(people: People) -> None:
    token = link()

    def use(number: int) -> bool:
        with people.app.app_context():
            try:
                sign_up(token, f"Ada number {number}")
            except LinkEnded:
                return False
            return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(use, range(8))) == 1
    assert people.count(User) == 1


def test_a_learner_becomes_a_teacher_with_a_longer_password_and_is_managed_no_more(people: People) -> None:
    ben = people.add("Ben", managed_by=None)
    token = link()
    with pytest.raises(InvalidInput):
        become(token, ben, new="eight or so")
    with pytest.raises(WrongPassword):
        become(token, ben, present="a wrong one")
    assert people.get("Ben").role == "learner"
    become(token, ben)
    user = people.get("Ben")
    assert (user.role, user.managed_by) == ("teacher", None)
    with pytest.raises(LinkEnded):
        become(token, people.add("Cleo"))


@pytest.mark.parametrize("role", ["author", "admin"])
def test_nobody_loses_another_role_by_a_link(people: People, role: str) -> None:
    vera = people.add("Vera", role)
    with pytest.raises(WrongPassword):
        become(link(), vera)
    assert people.get("Vera").role == role


def test_links_are_forgotten_a_day_after_they_ended(people: People) -> None:
    link(1)
    left: list[Any] = []
    for now in (NOW + 2 * DAY - timedelta(seconds=1), NOW + 2 * DAY):
        invitations.purge_invitations(db.session, now)
        db.session.commit()
        left.append(people.count(TeacherInvitation))
    assert left == [1, 0]
