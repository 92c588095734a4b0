"""Leader actions: a group is led together, handed over, and never without somebody who may lead it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from learnapp.accounts.own_data.holds import AccountHeld, require_free
from learnapp.accounts.own_data.rows import erase
from learnapp.database.db import begin_write, db
from learnapp.groups.errors import InvitationEnded, LastLeader
from learnapp.groups.leaders.service import end_leadership, groups_held, take_back_invitations
from learnapp.groups.membership.invitations import accept, invite
from learnapp.groups.models import LEADER, MEMBER, Invitation, Membership
from tests.actors.attempts import Db
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import GroupFactory, InvitationFactory, MembershipFactory

pytestmark = pytest.mark.both_databases


def leader(group: int | None, name: str, role: str = "teacher") -> int:
    """Make an account, and have it lead a group if one is told."""
    user_id: int = UserFactory(name=name, role=role).id
    if group is not None:
        MembershipFactory(group_id=group, user_id=user_id, role=LEADER)
    return user_id


def leaders(session: Db, group: int) -> set[int]:
    session.rollback()
    led = (Membership.group_id == group) & (Membership.role == LEADER)
    return set(session.scalars(select(Membership.user_id).where(led)))


def test_of_two_leaders_one_can_stop_and_the_last_cannot(db_session: Db) -> None:
    group = GroupFactory().id
    ada, cora = leader(group, "Ada"), leader(group, "Cora", "coordinator")
    assert end_leadership(db_session, group, ada)
    db_session.commit()
    assert not end_leadership(db_session, group, ada)
    with pytest.raises(LastLeader):
        end_leadership(db_session, group, cora)
    assert leaders(db_session, group) == {cora}


def test_a_leader_whose_role_was_taken_back_is_as_none(db_session: Db) -> None:
    group = GroupFactory().id
    ada, ben = leader(group, "Ada"), leader(group, "Ben", "learner")
    with pytest.raises(LastLeader):
        end_leadership(db_session, group, ada)
    assert [hold.name for hold in groups_held(db_session, ada)] == ["9C"]
    assert groups_held(db_session, ben) == []


@pytest.mark.both_databases(always=True)
def test_two_leaders_who_stop_at_once_leave_one(app: Flask, db_session: Db) -> None:
    group = GroupFactory().id
    both = [leader(group, "Ada"), leader(group, "Cora")]
    db_session.commit()
    ready = Barrier(2)

    def stop(user_id: int) -> bool:
        with app.app_context():
            ready.wait()
            try:
                end_leadership(db.session, group, user_id)
            except LastLeader:
                return False
            db.session.commit()
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(stop, both)) == [False, True]
    assert len(leaders(db_session, group)) == 1


def test_whoever_takes_a_group_over_leads_it_in_place_of_the_other(db_session: Db) -> None:
    group = GroupFactory().id
    ada, cora, vera = leader(group, "Ada"), leader(None, "Cora"), leader(None, "Vera")
    for other in (cora, vera):
        assert invite(db_session, group, other, LEADER, NOON, in_place_of=ada)
    db_session.commit()
    assert leaders(db_session, group) == {ada}
    assert accept(db_session, group, cora, NOON) == LEADER
    db_session.commit()
    assert leaders(db_session, group) == {cora}
    with pytest.raises(InvitationEnded):  # it is Cora's now
        accept(db_session, group, vera, NOON)


def test_two_who_take_a_group_over_at_once_are_one_new_leader(app: Flask, db_session: Db) -> None:
    group = GroupFactory().id
    ada, others = leader(group, "Ada"), [leader(None, name) for name in ("Cora", "Vera")]
    for other in others:
        invite(db_session, group, other, LEADER, NOON, in_place_of=ada)
    db_session.commit()
    ready = Barrier(2)

    def take(user_id: int) -> int:
        with app.app_context():
            ready.wait()
            try:
                accept(db.session, group, user_id, NOON)
            except InvitationEnded:
                return 0
            db.session.commit()
            return user_id

    with ThreadPoolExecutor(2) as pool:
        taken = set(pool.map(take, others)) - {0}
    assert len(taken) == 1
    assert leaders(db_session, group) == taken


def test_who_was_removed_hands_nothing_over(db_session: Db) -> None:
    group = GroupFactory().id
    ada, _vera, cora = leader(group, "Ada"), leader(group, "Vera"), leader(None, "Cora")
    invite(db_session, group, cora, LEADER, NOON, in_place_of=ada)
    end_leadership(db_session, group, ada)
    db_session.commit()
    with pytest.raises(InvitationEnded):
        accept(db_session, group, cora, NOON)


def test_with_an_account_ends_what_it_wanted_to_hand_over(db_session: Db) -> None:
    group = GroupFactory().id
    ada, cora = leader(group, "Ada"), leader(None, "Cora")
    leader(group, "Vera")
    invite(db_session, group, cora, LEADER, NOON, in_place_of=ada)
    db_session.commit()
    begin_write(db_session)
    erase(db_session, [ada])
    db_session.commit()
    assert db_session.scalars(select(Invitation)).all() == []


def test_only_who_may_lead_is_invited_to(db_session: Db) -> None:
    group = GroupFactory().id
    for role, invited in (("learner", False), ("author", False), ("coordinator", True)):
        user_id = UserFactory(role=role).id
        assert invite(db_session, group, user_id, LEADER, NOON) == invited, role
    assert invite(db_session, group, UserFactory(role="author").id, MEMBER, NOON)


def test_taking_back_leaves_the_invitations_of_members(db_session: Db) -> None:
    group, other = GroupFactory().id, GroupFactory().id
    ben, cora = UserFactory(name="Ben").id, leader(None, "Cora")
    InvitationFactory(group_id=group, user_id=ben)
    for number in (group, other):
        InvitationFactory(group_id=number, user_id=cora, role=LEADER)
    assert take_back_invitations(db_session, group) == 1
    db_session.commit()
    kept = {(one.group_id, one.user_id) for one in db_session.scalars(select(Invitation))}
    assert kept == {(group, ben), (other, cora)}


def test_whoever_alone_leads_a_group_is_held(app: Flask, db_session: Db) -> None:
    alone, shared = GroupFactory(name="9C").id, GroupFactory(name="10A").id
    ada = leader(alone, "Ada")
    for user_id in (ada, leader(None, "Cora")):
        MembershipFactory(group_id=shared, user_id=user_id, role=LEADER)
    begin_write(db_session)
    with pytest.raises(AccountHeld, match="9C") as held:
        require_free(db_session, ada)
    assert [hold.values for hold in held.value.holds] == [{"group_id": alone}]
    leader(alone, "Vera")
    require_free(db_session, ada)


def test_two_last_leaders_who_go_at_once_leave_one(app: Flask, db_session: Db) -> None:
    group = GroupFactory().id
    both = [leader(group, "Ada"), leader(group, "Cora")]
    db_session.commit()
    ready = Barrier(2)

    def go(user_id: int) -> bool:
        with app.app_context():
            ready.wait()
            begin_write(db.session)
            try:
                require_free(db.session, user_id)
            except AccountHeld:
                return False
            erase(db.session, [user_id])
            db.session.commit()
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(go, both)) == [False, True]
    assert len(leaders(db_session, group)) == 1
