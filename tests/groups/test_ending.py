"""Ending of groups: what goes, what stays, and when an archived one goes by itself."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from learnapp.accounts.models import User
from learnapp.groups.ending import contents_of, end_group, end_of, purge_groups
from learnapp.groups.models import LEADER, Group, Membership
from learnapp.groups.values import GroupContents
from tests.actors.attempts import Db
from tests.actors.groups import band_of
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import AssignmentFactory, GroupCodeFactory, GroupFactory, MembershipFactory

pytestmark = pytest.mark.both_databases
DAYS = 400


def users(session: Db) -> set[int]:
    session.rollback()
    return set(session.scalars(select(User.id)))


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
    assert end_of(None, NOON) is None
    for days, near in ((0, False), (369, False), (370, True), (399, True)):
        end = end_of(NOON, NOON + timedelta(days=days))
        assert end is not None
        assert (end.at, end.near) == (NOON + timedelta(days=DAYS), near), days


def test_classes_archived_long_ago_end_with_their_accounts(db_session: Db) -> None:
    over, kept, running = (
        GroupFactory(archived_at=NOON).id,
        GroupFactory(archived_at=NOON + timedelta(seconds=1)).id,
        GroupFactory().id,
    )
    mina, ben, noor = (UserFactory(managed_by=group).id for group in (over, kept, running))
    for user_id, group in ((mina, over), (ben, kept), (noor, running)):
        MembershipFactory(group_id=group, user_id=user_id)
    assert purge_groups(db_session, NOON + timedelta(days=DAYS)) == 1
    db_session.commit()
    assert users(db_session) == {ben, noor}
    assert set(db_session.scalars(select(Group.id))) == {kept, running}
