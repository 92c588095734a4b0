"""Invitations: a group that somebody with an account may come into or lead, if they accept within 30 days.

Each function runs in the caller's transaction and leaves its commit to the caller.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, literal, select

from learnapp.accounts.email.addresses import email_key
from learnapp.accounts.models import User
from learnapp.accounts.names import rules as names
from learnapp.accounts.purges import ColumnPurge
from learnapp.database.db import AnySession, begin_write, execute, insert, table_of
from learnapp.groups.errors import GroupArchived, InvitationEnded, LeadsGroup
from learnapp.groups.leaders.service import end_leadership, is_led
from learnapp.groups.membership.service import add_member, end_membership, lock_group, row_of
from learnapp.groups.models import LEADER, Group, Invitation, Membership
from learnapp.web.login import ACCOUNT_ROLES, GUEST, LEADING_ROLES

LASTS = timedelta(days=30)


def find_accounts(session: AnySession, typed: str) -> list[int]:
    """Return the accounts that have this user name, or this e-mail address if they have confirmed it."""
    is_meant: ColumnElement[bool] = User.name_key == names.key(typed[: 4 * names.KEY_ROOM])
    if "@" in typed:
        is_meant = (User.email_key == email_key(typed)) & User.email_confirmed_at.is_not(None)
    return list(session.scalars(select(User.id).where(is_meant, User.role != GUEST)))


def invite(
    session: AnySession,
    group_id: int,
    user_id: int,
    role: str,
    now: datetime,
    full_name: str | None = None,
    list_key: str | None = None,
    in_place_of: int | None = None,
) -> bool:
    """Invite an account to come in as a member, or to lead; a newer invitation takes an older one's place.

    Tells whether there is such an account that is not there already, and may lead where it is to: for any other the
    same work is done. Whoever accepts `in_place_of` a leader takes the group over from them.
    """
    begin_write(session)
    there = and_(Membership.group_id == group_id, Membership.user_id == User.id)
    if role == LEADER:  # a member may be asked to lead
        there = and_(there, Membership.role == LEADER)
    fits = LEADING_ROLES if role == LEADER else ACCOUNT_ROLES
    listed = {"full_name": full_name, "list_key": list_key}
    values = {"role": role, **listed, "in_place_of": in_place_of, "invited_at": now}
    columns = [literal(value, table_of(Invitation).c[name].type) for name, value in values.items()]
    invited = (User.id == user_id) & User.role.in_(fits) & ~exists().where(there)
    rows = select(literal(group_id), User.id, *columns).where(invited)
    made = insert(session, Invitation).from_select(["group_id", "user_id", *values], rows)
    made = made.on_conflict_do_update(index_elements=["group_id", "user_id"], set_=values)
    return execute(session, made.returning(table_of(Invitation).c.user_id), {}).first() is not None


def accept(session: AnySession, group_id: int, user_id: int, now: datetime) -> str:
    """Let somebody in who was invited, and return their role there.

    Raises InvitationEnded, GroupArchived, AlreadyMember, LeadsGroup, GroupFull.
    """
    group = lock_group(session, group_id)
    invitation = session.scalar(
        select(Invitation).where(row_of(Invitation, group_id, user_id), Invitation.invited_at > now - LASTS)
    )
    if group is None or invitation is None:
        raise InvitationEnded
    role = invitation.role
    if role == LEADER:
        if group.archived_at is not None:
            raise GroupArchived
        # What somebody gave who may lead no longer is worth nothing: where nobody leads, an operator names who does.
        if not is_led(session, group_id, invitation.in_place_of):
            raise InvitationEnded
        add_leader(session, group, user_id, now)
        if invitation.in_place_of is not None and not end_leadership(session, group_id, invitation.in_place_of):
            raise InvitationEnded
    else:
        # Another member may have come in by the same row of the list meanwhile.
        has_key = (Membership.group_id == group_id) & (Membership.list_key == invitation.list_key)
        list_key = None if session.scalar(select(exists().where(has_key))) else invitation.list_key
        add_member(session, group, user_id, now, invitation.full_name, list_key)
    decline(session, group_id, user_id)
    return role


def decline(session: AnySession, group_id: int, user_id: int) -> None:
    """Forget an invitation."""
    begin_write(session)
    session.execute(delete(Invitation).where(row_of(Invitation, group_id, user_id)))


def add_leader(session: AnySession, group: Group, user_id: int, now: datetime) -> None:
    """Make a person whose role may lead a leader of a group that is locked, a member too.

    Raises InvitationEnded, LeadsGroup.
    """
    if session.scalar(select(User.role).where(User.id == user_id)) not in LEADING_ROLES:
        raise InvitationEnded
    end_membership(session, group.id, user_id)
    if session.scalar(select(Membership.role).where(row_of(Membership, group.id, user_id))):
        raise LeadsGroup
    session.add(Membership(group_id=group.id, user_id=user_id, role=LEADER, joined_at=now))


purge_invitations = ColumnPurge(Invitation.invited_at, LASTS)
