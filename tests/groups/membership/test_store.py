"""Membership in the database: which code is open, what is seen of a group before one is in it."""

from datetime import timedelta

import pytest

from learnapp.database.db import db
from learnapp.groups.membership import store
from learnapp.groups.models import JOIN, LEADER, MEMBER, SIGN_IN
from learnapp.web.login import TEACHER
from tests.actors.attempts import Db
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import GroupCodeFactory, GroupFactory, InvitationFactory, MembershipFactory
from tests.statements import counted

pytestmark = pytest.mark.both_databases


def test_a_code_is_open_until_its_last_second_and_for_its_own_purpose(db_session: Db) -> None:
    group = GroupFactory()
    code = GroupCodeFactory(group_id=group.id, expires_at=NOON).code
    before = NOON - timedelta(seconds=1)
    assert store.group_of_code(db_session, code, JOIN, before) == group.id
    assert store.group_of_code(db_session, code, JOIN, NOON) is None
    assert store.group_of_code(db_session, code, SIGN_IN, before) is None
    shown = store.code_of_group(db_session, group.id, JOIN, before)
    assert shown is not None
    assert shown.code == code
    assert store.code_of_group(db_session, group.id, JOIN, NOON) is None


def test_leaders_take_no_seats_and_are_named(db_session: Db) -> None:
    group, ada, ben = GroupFactory(seats=1), UserFactory(name="Ada", role=TEACHER), UserFactory(name="Ben")
    MembershipFactory(group_id=group.id, user_id=ada.id, role=LEADER)
    for_all = store.find_entrance(db_session, group.id, None)
    assert for_all is not None
    assert (for_all.full, for_all.leaders, for_all.own_role) == (False, ("Ada",), None)

    MembershipFactory(group_id=group.id, user_id=ben.id)
    for user_id, role, expected in ((ben.id, MEMBER, (True, MEMBER)), (ada.id, LEADER, (False, LEADER))):
        seen = store.find_entrance(db_session, group.id, user_id, role)
        assert seen is not None
        assert (seen.full, seen.own_role) == expected
    assert store.find_entrance(db_session, group.id + 1, None) is None


def test_an_entrance_takes_two_statements(db_session: Db) -> None:
    group = GroupFactory()
    with counted(db.engine) as statements:
        store.find_entrance(db_session, group.id, None)
    assert len(statements) == 2


def test_invitations_are_one_s_own_of_the_last_thirty_days_the_oldest_first(db_session: Db) -> None:
    ben, cleo = UserFactory(name="Ben"), UserFactory(name="Cleo")
    for name, user, days in (("new", ben, 1), ("older", ben, 29), ("ended", ben, 30), ("another's", cleo, 1)):
        group = GroupFactory(name=name)
        InvitationFactory(group_id=group.id, user_id=user.id, invited_at=NOON - timedelta(days=days))
    assert [one.group_name for one in store.invitations_of(db_session, ben.id, NOON)] == ["older", "new"]
