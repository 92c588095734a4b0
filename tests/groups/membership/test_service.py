"""Membership: who comes in by a code, who does not, what ends with leaving, and what races come to."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from learnapp.accounts.models import User
from learnapp.database.db import begin_write, db
from learnapp.groups.assignments.models import AssignmentMember, Extension
from learnapp.groups.errors import AlreadyMember, CodeUnknown, GroupArchived, GroupFull, LeadsGroup
from learnapp.groups.membership.codes import read_code
from learnapp.groups.membership.service import close_code, end_membership, join, open_code, purge_codes
from learnapp.groups.models import JOIN, LEADER, MEMBER, SIGN_IN, Group, GroupCode, Invitation, Membership
from tests.actors.attempts import Db
from tests.actors.groups import band_of
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import (
    AssignmentFactory,
    AssignmentMemberFactory,
    ExtensionFactory,
    GroupCodeFactory,
    GroupFactory,
    InvitationFactory,
    MembershipFactory,
)

pytestmark = pytest.mark.both_databases
FORTNIGHT = timedelta(days=14)


def members(session: Db, group_id: int) -> list[int]:
    session.rollback()
    members = (Membership.group_id == group_id) & (Membership.role == MEMBER)
    return list(session.scalars(select(Membership.user_id).where(members)))


def refusal(session: Db, code: str, user_id: int) -> type[Exception]:
    """Return why somebody does not come in; nothing may have changed then."""
    with pytest.raises((AlreadyMember, CodeUnknown, GroupArchived, GroupFull, LeadsGroup)) as caught:
        join(session, code, user_id, NOON)
    assert not session.new
    session.rollback()
    return caught.type


def test_whoever_has_the_code_comes_in(db_session: Db) -> None:
    ben, group = UserFactory(), GroupFactory(band=14)
    code = GroupCodeFactory(group_id=group.id).code
    InvitationFactory(group_id=group.id, user_id=ben.id)

    assert join(db_session, code, ben.id, NOON) == group.id
    db_session.commit()

    assert members(db_session, group.id) == [ben.id]
    assert db_session.get_one(Membership, (group.id, ben.id)).joined_at == NOON
    assert band_of(db_session, ben.id) == 14
    assert db_session.scalars(select(Invitation)).all() == []


@pytest.mark.parametrize(
    "about", [{"expires_at": NOON}, {"expires_at": NOON - timedelta(days=2)}, {"purpose": SIGN_IN}, {"code": "1" * 9}]
)
def test_a_code_that_has_ended_or_is_for_something_else_is_as_none(db_session: Db, about: dict[str, object]) -> None:
    GroupCodeFactory(group_id=GroupFactory().id, **{"code": "0" * 9, **about})
    assert refusal(db_session, "0" * 9, UserFactory().id) is CodeUnknown


def test_a_closed_door_is_as_if_there_had_been_none(db_session: Db) -> None:
    group = GroupFactory()
    code = open_code(db_session, group.id, JOIN, NOON, FORTNIGHT)
    close_code(db_session, group.id, JOIN)
    db_session.commit()
    assert refusal(db_session, code, UserFactory().id) is CodeUnknown


def test_a_new_code_ends_the_one_before(db_session: Db) -> None:
    group, ben = GroupFactory(), UserFactory()
    before = open_code(db_session, group.id, JOIN, NOON, FORTNIGHT)
    window = open_code(db_session, group.id, SIGN_IN, NOON, FORTNIGHT)
    code = open_code(db_session, group.id, JOIN, NOON, FORTNIGHT)
    db_session.commit()

    assert len({before, window, code}) == 3
    assert read_code(code) == code
    assert refusal(db_session, before, ben.id) is CodeUnknown
    assert join(db_session, code, ben.id, NOON) == group.id


def test_who_is_in_who_leads_and_whom_there_is_no_seat_for_is_told_apart(db_session: Db) -> None:
    group = GroupFactory(seats=1)
    code = GroupCodeFactory(group_id=group.id).code
    ada, ben, cleo = UserFactory(name="Ada"), UserFactory(name="Ben"), UserFactory(name="Cleo")
    MembershipFactory(group_id=group.id, user_id=ada.id, role=LEADER)
    MembershipFactory(group_id=group.id, user_id=ben.id)

    assert refusal(db_session, code, ada.id) is LeadsGroup
    assert refusal(db_session, code, ben.id) is AlreadyMember
    assert refusal(db_session, code, cleo.id) is GroupFull


def test_nobody_comes_into_an_archived_group_and_it_gets_no_code(db_session: Db) -> None:
    group = GroupFactory(archived_at=NOON)
    assert refusal(db_session, GroupCodeFactory(group_id=group.id).code, UserFactory().id) is GroupArchived
    with pytest.raises(GroupArchived):
        open_code(db_session, group.id, JOIN, NOON, FORTNIGHT)


def test_what_was_granted_in_a_group_ends_with_the_membership_and_nothing_else_does(db_session: Db) -> None:
    ben, cleo, group, other = UserFactory(), UserFactory(name="Cleo"), GroupFactory(band=12), GroupFactory(band=16)
    for one in (group, other):
        assignment = AssignmentFactory(group_id=one.id)
        for person in (ben, cleo):
            MembershipFactory(group_id=one.id, user_id=person.id)
            AssignmentMemberFactory(assignment_id=assignment.id, user_id=person.id)
            ExtensionFactory(assignment_id=assignment.id, user_id=person.id)

    assert end_membership(db_session, group.id, ben.id)
    db_session.commit()

    assert members(db_session, group.id) == [cleo.id]
    assert members(db_session, other.id) == [ben.id, cleo.id]
    for granted in (AssignmentMember, Extension):
        assert sorted(db_session.scalars(select(granted.user_id))) == sorted([ben.id, cleo.id, cleo.id])
    assert band_of(db_session, ben.id) == 16


def test_a_group_has_no_say_in_the_account_of_somebody_who_is_gone(db_session: Db) -> None:
    group, other = GroupFactory(), GroupFactory()
    for managed_by in (group.id, other.id):
        ben = UserFactory(name=f"Ben {managed_by}", managed_by=managed_by)
        MembershipFactory(group_id=group.id, user_id=ben.id)
        end_membership(db_session, group.id, ben.id)
    db_session.commit()
    assert list(db_session.scalars(select(User.managed_by).order_by(User.id))) == [None, other.id]


def test_a_leader_and_a_stranger_are_no_members_to_end(db_session: Db) -> None:
    group, ada, cleo = GroupFactory(), UserFactory(name="Ada"), UserFactory(name="Cleo")
    MembershipFactory(group_id=group.id, user_id=ada.id, role=LEADER)
    assert not end_membership(db_session, group.id, ada.id)
    assert not end_membership(db_session, group.id, cleo.id)
    assert db_session.scalar(select(func.count()).select_from(Membership)) == 1


def test_who_left_comes_back_by_the_code(db_session: Db) -> None:
    group, ben = GroupFactory(), UserFactory()
    code = GroupCodeFactory(group_id=group.id).code
    for _ in range(2):
        join(db_session, code, ben.id, NOON)
        db_session.commit()
        assert end_membership(db_session, group.id, ben.id)
        db_session.commit()
    join(db_session, code, ben.id, NOON)
    db_session.commit()
    assert members(db_session, group.id) == [ben.id]


def test_codes_are_forgotten_a_day_after_they_have_ended(db_session: Db) -> None:
    for hours in (-25, -24, -23, 1):
        GroupCodeFactory(group_id=GroupFactory().id, expires_at=NOON + timedelta(hours=hours))
    assert purge_codes(db_session, NOON) == 2
    db_session.commit()
    assert len(db_session.scalars(select(GroupCode)).all()) == 2


def outcomes(app: Flask, code: str, users: list[int]) -> list[object]:
    """Have people send the code at once; return for each what came of it."""

    def send(user_id: int) -> object:
        with app.app_context():
            try:
                group_id = join(db.session(), code, user_id, NOON)
                db.session.commit()
                return group_id
            except Exception as error:
                db.session.rollback()
                return type(error)

    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(send, users))


@pytest.mark.both_databases(always=True)
def test_of_fifty_who_want_the_last_seat_one_gets_it(app: Flask, db_session: Db) -> None:
    group = GroupFactory(seats=3)
    code = GroupCodeFactory(group_id=group.id).code
    users = [UserFactory(name=f"Ben {number}").id for number in range(52)]
    for user_id in users[:2]:
        MembershipFactory(group_id=group.id, user_id=user_id)
    db_session.rollback()

    came = outcomes(app, code, users[2:])

    assert sorted(came, key=str) == sorted([group.id] + [GroupFull] * 49, key=str)
    assert len(members(db_session, group.id)) == 3


def test_two_tabs_of_one_person_make_one_member(app: Flask, db_session: Db) -> None:
    group, ben = GroupFactory(), UserFactory().id
    code = GroupCodeFactory(group_id=group.id).code
    db_session.rollback()

    came = outcomes(app, code, [ben] * 8)

    assert came.count(group.id) == 1
    assert came.count(AlreadyMember) == 7
    assert members(db_session, group.id) == [ben]


@pytest.mark.parametrize("ending", ["archive", "close"])
def test_whoever_comes_while_the_door_is_closed_is_not_let_in(app: Flask, db_session: Db, ending: str) -> None:
    group = GroupFactory()
    code = GroupCodeFactory(group_id=group.id).code
    users = [UserFactory(name=f"Ben {number}").id for number in range(3)]
    begin_write(db_session)
    if ending == "close":
        close_code(db_session, group.id, JOIN)
    else:
        db_session.execute(update(Group).where(Group.id == group.id).values(archived_at=NOON))

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(outcomes, app, code, users)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.3)  # for the lock
        db_session.commit()
        came = waiting.result()

    assert came == [CodeUnknown if ending == "close" else GroupArchived] * 3
    assert members(db_session, group.id) == []


def test_to_leave_and_to_join_at_once_ends_in_or_out_never_in_between(app: Flask, db_session: Db) -> None:
    group, ben = GroupFactory(band=12), UserFactory().id
    code = GroupCodeFactory(group_id=group.id).code
    MembershipFactory(group_id=group.id, user_id=ben)
    db_session.rollback()

    def leave(_number: int) -> bool:
        with app.app_context():
            was_in = end_membership(db.session(), group.id, ben)
            db.session.commit()
            return was_in

    with ThreadPoolExecutor(2) as pool:
        joins = pool.submit(outcomes, app, code, [ben] * 10)
        left = sum(pool.map(leave, range(10)))
        came = joins.result()

    assert set(came) <= {group.id, AlreadyMember}
    is_in = members(db_session, group.id) == [ben]
    assert 1 + came.count(group.id) - left == is_in
    assert band_of(db_session, ben) == (12 if is_in else None)
