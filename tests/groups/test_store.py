"""Groups in the database: which are somebody's, and who is in one."""

import pytest
from sqlalchemy.orm import Session

from learnapp.groups.models import LEADER
from learnapp.groups.store import find_group, groups_of, leaders_of, members_of, with_group_names
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import GroupFactory, MembershipFactory

pytestmark = pytest.mark.both_databases


def test_groups_of_a_person_stand_by_name_with_archived_ones_last(db_session: Session) -> None:
    ada = UserFactory(name="Ada").id
    for name, archived_at in (("b", None), ("A", None), ("0", NOON)):
        MembershipFactory(group_id=GroupFactory(name=name, archived_at=archived_at).id, user_id=ada, role=LEADER)
    MembershipFactory(group_id=GroupFactory(name="another's").id, user_id=UserFactory().id)
    found = groups_of(db_session, ada)
    assert [group.name for group in found] == ["A", "b", "0"]
    assert [group.archived for group in found] == [False, False, True]
    assert all(group.led for group in found)


@pytest.mark.parametrize("group_id", [0, -1, 2**31, 2**70])
def test_a_number_of_no_group_finds_none(db_session: Session, group_id: int) -> None:
    assert find_group(db_session, UserFactory().id, group_id) is None


@pytest.mark.both_databases(always=True)
def test_anothers_group_is_as_one_that_there_is_not(db_session: Session) -> None:
    group, cleo = GroupFactory().id, UserFactory(name="Cleo").id
    MembershipFactory(group_id=group, user_id=UserFactory().id)
    assert find_group(db_session, cleo, group) is None


def test_what_somebody_takes_along_says_what_their_groups_are_called(db_session: Session) -> None:
    group, other = GroupFactory(name="9C").id, GroupFactory(name="10A").id
    rows = [{"group_id": other, "role": LEADER}, {"group_id": group, "role": "member"}]
    named = with_group_names(db_session, UserFactory().id, rows)
    assert [row["group"] for row in named] == ["10A", "9C"]
    assert named[0].items() >= rows[0].items()
    assert with_group_names(db_session, 1, []) == []


def test_members_have_the_name_of_the_list_and_leaders_stand_apart(db_session: Session) -> None:
    group = GroupFactory().id
    ben, vera = UserFactory(name="ben", managed_by=group).id, UserFactory(name="vera").id
    MembershipFactory(group_id=group, user_id=UserFactory(name="Ada").id, role=LEADER)
    MembershipFactory(group_id=group, user_id=vera)
    MembershipFactory(group_id=group, user_id=ben, full_name="Zoe Ben", standing_days=2)
    members = members_of(db_session, group)
    assert [(member.name, member.managed, member.standing_days) for member in members] == [
        ("vera", False, 0),
        ("Zoe Ben", True, 2),
    ]
    assert [leader.name for leader in leaders_of(db_session, group)] == ["Ada"]
