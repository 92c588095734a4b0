"""Invitations: whom they find, what accepting comes to, when they end."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from learnapp.accounts.models import User
from learnapp.groups.errors import AlreadyMember, GroupArchived, GroupFull, InvitationEnded, LeadsGroup
from learnapp.groups.membership.invitations import accept, decline, find_accounts, invite, purge_invitations
from learnapp.groups.models import LEADER, MEMBER, Group, Invitation, Membership
from tests.actors.attempts import Db
from tests.actors.groups import band_of
from tests.factories.accounts import GuestFactory, UserFactory
from tests.factories.base import NOON
from tests.factories.groups import GroupFactory, InvitationFactory, MembershipFactory

pytestmark = pytest.mark.both_databases
LAST_DAY = NOON - timedelta(days=30) + timedelta(seconds=1)


@pytest.fixture
def group(db_session: Db) -> Group:
    return GroupFactory(band=14, seats=2)


def rows(session: Db) -> list[tuple[object, ...]]:
    query = select(Invitation.user_id, Invitation.role, Invitation.full_name, Invitation.list_key)
    return [tuple(row) for row in session.execute(query)]


def role_of(session: Db, group: Group, user: User) -> str | None:
    membership = session.get(Membership, (group.id, user.id), populate_existing=True)
    return membership.role if membership else None


def test_an_account_is_found_by_its_name_or_its_confirmed_address(db_session: Db) -> None:
    ben = UserFactory(name="Ben", name_key="ben", email_key="ben@example.org", email_confirmed_at=NOON)
    UserFactory(name="Cleo", name_key="cleo", email_key="cleo@example.org")
    for typed in ("Ben", " bEN ", "ben@example.org", "Ben@Example.org"):
        assert find_accounts(db_session, typed) == [ben.id]
    for typed in ("cleo@example.org", "Be", "nobody", "", "@", "a" * 500):
        assert find_accounts(db_session, typed) == []


def test_an_account_is_invited_once_and_the_newest_counts(db_session: Db, group: Group) -> None:
    ben = UserFactory()
    assert invite(db_session, group.id, ben.id, MEMBER, NOON - timedelta(days=3))
    assert invite(db_session, group.id, ben.id, MEMBER, NOON, full_name="Ben B.", list_key="k")
    assert rows(db_session) == [(ben.id, MEMBER, "Ben B.", "k")]
    assert db_session.scalars(select(Invitation.invited_at)).all() == [NOON]


def test_nobody_guests_and_who_is_there_are_not_invited(db_session: Db, group: Group) -> None:
    ben, ada = UserFactory(), UserFactory(name="Ada", role="teacher")
    MembershipFactory(group_id=group.id, user_id=ben.id)
    MembershipFactory(group_id=group.id, user_id=ada.id, role=LEADER)
    for user_id in (0, GuestFactory().id, ben.id, ada.id):
        assert not invite(db_session, group.id, user_id, MEMBER, NOON)
    assert not invite(db_session, group.id, ada.id, LEADER, NOON)
    assert rows(db_session) == []


@pytest.mark.both_databases(always=True)
def test_who_accepts_is_in_with_the_name_of_the_list(db_session: Db, group: Group) -> None:
    ben = UserFactory()
    InvitationFactory(group_id=group.id, user_id=ben.id, invited_at=LAST_DAY, full_name="Ben B.", list_key="k")

    assert accept(db_session, group.id, ben.id, NOON) == MEMBER
    db_session.commit()

    membership = db_session.get_one(Membership, (group.id, ben.id))
    assert (membership.role, membership.full_name, membership.list_key) == (MEMBER, "Ben B.", "k")
    assert band_of(db_session, ben.id) == 14
    assert rows(db_session) == []


def test_a_row_of_the_list_that_another_has_taken_meanwhile_stays_theirs(db_session: Db, group: Group) -> None:
    ben, cleo = UserFactory(), UserFactory(name="Cleo")
    MembershipFactory(group_id=group.id, user_id=cleo.id, list_key="k")
    InvitationFactory(group_id=group.id, user_id=ben.id, list_key="k")
    accept(db_session, group.id, ben.id, NOON)
    db_session.commit()
    assert db_session.get_one(Membership, (group.id, ben.id)).list_key is None


def test_a_teacher_who_accepts_to_lead_leads_a_member_too(db_session: Db, group: Group) -> None:
    ada, cora = UserFactory(name="Ada", role="teacher"), UserFactory(name="Cora", role="coordinator")
    MembershipFactory(group_id=group.id, user_id=cora.id)
    MembershipFactory(group_id=group.id, user_id=UserFactory(name="Vera", role="teacher").id, role=LEADER)
    for person in (ada, cora):
        assert invite(db_session, group.id, person.id, LEADER, NOON)
        assert accept(db_session, group.id, person.id, NOON) == LEADER
        db_session.commit()
        assert role_of(db_session, group, person) == LEADER
        assert band_of(db_session, person.id) is None
    assert rows(db_session) == []


def test_who_may_not_lead_cannot_accept_to(db_session: Db, group: Group) -> None:
    ben = UserFactory()
    InvitationFactory(group_id=group.id, user_id=ben.id, role=LEADER)
    with pytest.raises(InvitationEnded):
        accept(db_session, group.id, ben.id, NOON)
    db_session.rollback()
    assert role_of(db_session, group, ben) is None


def test_an_invitation_ends_after_thirty_days_or_when_it_is_declined(db_session: Db, group: Group) -> None:
    ben = UserFactory()
    InvitationFactory(group_id=group.id, user_id=ben.id, invited_at=NOON - timedelta(days=30))
    with pytest.raises(InvitationEnded):
        accept(db_session, group.id, ben.id, NOON)
    db_session.rollback()
    invite(db_session, group.id, ben.id, MEMBER, NOON)
    decline(db_session, group.id, ben.id)
    with pytest.raises(InvitationEnded):
        accept(db_session, group.id, ben.id, NOON)


def test_one_person_s_invitation_lets_nobody_else_in(db_session: Db, group: Group) -> None:
    ben, cleo = UserFactory(), UserFactory(name="Cleo")
    invite(db_session, group.id, ben.id, MEMBER, NOON)
    with pytest.raises(InvitationEnded):
        accept(db_session, group.id, cleo.id, NOON)
    with pytest.raises(InvitationEnded):
        accept(db_session, GroupFactory().id, ben.id, NOON)


@pytest.mark.parametrize(
    ("role", "about", "refusal"),
    [
        (MEMBER, {"archived_at": NOON}, GroupArchived),
        (LEADER, {"archived_at": NOON}, GroupArchived),
        (MEMBER, {"seats": 0}, GroupFull),
    ],
)
def test_an_invitation_opens_no_door_that_is_closed(
    db_session: Db, role: str, about: dict[str, object], refusal: type[Exception]
) -> None:
    ada, group = UserFactory(name="Ada", role="teacher"), GroupFactory(**about)
    invite(db_session, group.id, ada.id, role, NOON)
    with pytest.raises(refusal):
        accept(db_session, group.id, ada.id, NOON)


@pytest.mark.parametrize(
    ("own", "invited", "refusal"),
    [(MEMBER, MEMBER, AlreadyMember), (LEADER, MEMBER, LeadsGroup), (LEADER, LEADER, LeadsGroup)],
)
def test_who_has_come_in_meanwhile_is_told_so(
    db_session: Db, group: Group, own: str, invited: str, refusal: type[Exception]
) -> None:
    ada = UserFactory(name="Ada", role="teacher")
    InvitationFactory(group_id=group.id, user_id=ada.id, role=invited)
    MembershipFactory(group_id=group.id, user_id=ada.id, role=own)
    with pytest.raises(refusal):
        accept(db_session, group.id, ada.id, NOON)
    db_session.rollback()
    assert role_of(db_session, group, ada) == own


def test_invitations_that_have_ended_are_forgotten(db_session: Db, group: Group) -> None:
    for name, at in (("Ben", LAST_DAY), ("Cleo", NOON - timedelta(days=30))):
        InvitationFactory(group_id=group.id, user_id=UserFactory(name=name).id, invited_at=at)
    assert purge_invitations(db_session, NOON) == 1
