"""Group tables: what their constraints refuse."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from learnapp.groups.models import MOST_STANDING_DAYS, Group, Membership
from tests.factories.accounts import UserFactory
from tests.factories.groups import GroupCodeFactory, GroupFactory, MembershipFactory

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize("wrong", [{"kind": "club"}, {"band": 18}, {"band": 13}])
def test_a_group_is_a_class_or_a_team_of_no_grown_ups_by_its_leaders_word(
    db_session: Session, wrong: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError):
        GroupFactory(**wrong)
    db_session.rollback()


@pytest.mark.parametrize("wrong", [{"role": "owner"}, {"standing_days": MOST_STANDING_DAYS + 1}, {"standing_days": -1}])
def test_a_membership_has_a_known_role_and_few_standing_days(db_session: Session, wrong: dict[str, object]) -> None:
    ben, group = UserFactory().id, GroupFactory().id
    with pytest.raises(IntegrityError):
        MembershipFactory(group_id=group, user_id=ben, **wrong)
    db_session.rollback()


def test_one_row_of_a_list_is_one_member_of_a_group(db_session: Session) -> None:
    group, other = GroupFactory().id, GroupFactory().id
    MembershipFactory(group_id=group, user_id=UserFactory().id, list_key="row")
    MembershipFactory(group_id=other, user_id=UserFactory().id, list_key="row")
    with pytest.raises(IntegrityError):
        MembershipFactory(group_id=group, user_id=UserFactory().id, list_key="row")
    db_session.rollback()


@pytest.mark.both_databases(always=True)
def test_a_group_has_one_code_for_each_purpose(db_session: Session) -> None:
    group = GroupFactory().id
    GroupCodeFactory(group_id=group)
    with pytest.raises(IntegrityError):
        GroupCodeFactory(group_id=group)
    db_session.rollback()


def test_what_a_group_was_ends_with_it_and_its_accounts_are_managed_no_more(db_session: Session) -> None:
    group = GroupFactory()
    ben = UserFactory(managed_by=group.id)
    MembershipFactory(group_id=group.id, user_id=ben.id)
    db_session.delete(db_session.get_one(Group, group.id))
    db_session.commit()
    db_session.refresh(ben)
    assert ben.managed_by is None
    assert db_session.query(Membership).count() == 0
