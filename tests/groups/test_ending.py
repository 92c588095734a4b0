"""Ending of groups: what goes, what stays, and when an archived one goes by itself."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import select

from learnapp.accounts.models import User
from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.groups.ending import contents_of, end_group, end_of, purge_groups
from learnapp.groups.models import LEADER, Group, Membership
from learnapp.groups.service import bring_back_group
from learnapp.groups.values import GroupContents
from tests.actors.attempts import Db
from tests.actors.groups import band_of
from tests.actors.people import People
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import AssignmentFactory, GroupCodeFactory, GroupFactory, MembershipFactory

pytestmark = pytest.mark.both_databases
DAYS = 400


def users(session: Db) -> set[int]:
    session.rollback()
    return set(session.scalars(select(User.id)))


@pytest.mark.both_databases(always=True)
def test_with_a_class_go_its_own_accounts_and_nobody_elses(db_session: Db) -> None:
    group, other = GroupFactory(band=12).id, GroupFactory(band=16).id
    ada, ben = UserFactory(name="Ada").id, UserFactory(name="Ben", group_band=12).id
    mina, elif_ = UserFactory(managed_by=group).id, UserFactory(managed_by=group, group_band=12).id
    MembershipFactory(group_id=group, user_id=ada, role=LEADER)
    for user_id in (ben, mina, elif_):
        MembershipFactory(group_id=group, user_id=user_id)
    MembershipFactory(group_id=other, user_id=elif_)
    AssignmentFactory(group_id=group)
    GroupCodeFactory(group_id=group)
    assert contents_of(db_session, group) == GroupContents(members=3, assignments=1, accounts=1)

    assert end_group(db_session, group) == [mina]
    db_session.commit()

    assert users(db_session) == {ada, ben, elif_}
    assert [one.group_id for one in db_session.scalars(select(Membership))] == [other]
    assert db_session.get_one(User, elif_).managed_by is None
    assert (band_of(db_session, ben), band_of(db_session, elif_)) == (None, 16)


def test_a_class_that_has_ended_ends_once(db_session: Db) -> None:
    group = GroupFactory().id
    assert end_group(db_session, group) == []
    assert end_group(db_session, group) == []


def test_an_archived_class_says_when_it_ends_and_warns_a_month_before(app: Flask, db_session: Db) -> None:
    assert end_of(None, None, NOON) is None
    for days, near in ((0, False), (369, False), (370, True)):
        end = end_of(NOON, None, NOON + timedelta(days=days))
        assert end is not None
        assert (end.at, end.near) == (NOON + timedelta(days=DAYS), near), days
    late = end_of(NOON, None, NOON + timedelta(days=DAYS))  # no tick came by
    assert late is not None
    assert (late.at, late.near) == (NOON + timedelta(days=DAYS + 30), True)
    stored = end_of(NOON, NOON + timedelta(days=500), NOON + timedelta(days=DAYS))
    assert stored is not None
    assert (stored.at, stored.near) == (NOON + timedelta(days=500), False)


def archived(session: Db, days: float, **about: object) -> Group:
    """Make a class that was archived so many days before NOON, with an account of its own in it."""
    group: Group = GroupFactory(archived_at=NOON - timedelta(days=days), **about)
    MembershipFactory(group_id=group.id, user_id=UserFactory(managed_by=group.id).id)
    session.commit()
    return group


def tick(session: Db, at: datetime) -> int:
    ended = purge_groups(session, at)
    session.commit()
    session.expire_all()
    return ended


def test_an_archived_class_ends_with_its_accounts_when_it_was_said_to(db_session: Db) -> None:
    group, later, running = archived(db_session, 370), archived(db_session, 369.9), GroupFactory()
    assert tick(db_session, NOON) == 0
    assert (group.ends_at, later.ends_at, running.ends_at) == (NOON + timedelta(days=30), None, None)
    assert tick(db_session, NOON + timedelta(days=30, seconds=-1)) == 0
    assert tick(db_session, NOON + timedelta(days=30)) == 1
    assert set(db_session.scalars(select(Group.id))) == {later.id, running.id}
    assert len(users(db_session)) == 1


def test_mails_to_an_account_that_ends_with_its_class_go_with_it(db_session: Db) -> None:
    group = archived(db_session, 370)
    (user,) = users(db_session)
    outbox = current_settings().outbox
    outbox.mkdir(parents=True, exist_ok=True)
    own, anothers = outbox / f"{user}-20261127T120000-0a.eml", outbox / f"{user}1-20261127T120000-0a.eml"
    for mail in (own, anothers):
        mail.write_text("a link", encoding="utf-8")
    tick(db_session, NOON)
    assert own.exists()
    tick(db_session, NOON + timedelta(days=30))
    assert (own.exists(), anothers.exists()) == (False, True)
    assert db_session.get(Group, group.id) is None


@pytest.mark.parametrize("days", [400, 4000])
def test_no_class_ends_before_its_people_were_warned_for_a_month(db_session: Db, days: int) -> None:
    """Ticks were left out, the setting was made shorter, or a clock went wrong by years."""
    group = archived(db_session, days)
    assert tick(db_session, NOON) == 0
    assert group.ends_at == NOON + timedelta(days=30)
    assert tick(db_session, NOON + timedelta(days=29)) == 0
    assert tick(db_session, NOON + timedelta(days=30)) == 1


def test_a_class_that_was_brought_back_begins_anew(db_session: Db) -> None:
    group = archived(db_session, 399)
    tick(db_session, NOON)
    bring_back_group(db_session, group.id)
    db_session.commit()
    assert group.ends_at is None
    assert tick(db_session, NOON + timedelta(days=900)) == 0


def test_a_class_that_is_brought_back_while_it_would_end_goes_on(app: Flask, db_session: Db) -> None:
    group = archived(db_session, 370)
    tick(db_session, NOON)
    is_back, go_on = Event(), Event()

    def bring_back() -> None:
        with app.app_context():
            bring_back_group(db.session, group.id)
            db.session.flush()
            is_back.set()
            go_on.wait(0.5)
            db.session.commit()

    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(bring_back)
        assert is_back.wait(10)
        assert tick(db_session, NOON + timedelta(days=30)) == 0
        coming.result()
    db_session.rollback()
    assert db_session.get(Group, group.id) is not None


def test_the_tick_of_accounts_ends_classes(people: People) -> None:
    now = datetime.now(UTC)
    with people.app.app_context():
        GroupFactory(archived_at=now - timedelta(days=500), ends_at=now)
        kept = GroupFactory(archived_at=now - timedelta(days=500), ends_at=now + timedelta(hours=1)).id
    result = people.app.test_cli_runner().invoke(args=["tick"])
    assert result.exit_code == 0, result.output
    with people.app.app_context():
        assert db.session.scalars(select(Group.id)).all() == [kept]
