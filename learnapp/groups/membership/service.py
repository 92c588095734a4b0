"""Membership actions: come in by a code, leave, remove somebody; a group's code, made and closed.

Each function runs in the caller's transaction and leaves its commit to the caller. The row of the group is locked by
whoever comes in, so that of two who want the last seat one gets it.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select, update

from learnapp.accounts.models import LoginSession, User
from learnapp.accounts.own_data import rows
from learnapp.accounts.purges import ColumnPurge
from learnapp.database.db import AnySession, begin_write, execute, insert
from learnapp.groups.assignments.models import Assignment, AssignmentMember, Extension
from learnapp.groups.bands import update_bands
from learnapp.groups.errors import AlreadyMember, CodeUnknown, GroupArchived, GroupFull, LeadsGroup
from learnapp.groups.membership.codes import RANDOM_BITS, make_code
from learnapp.groups.models import JOIN, LEADER, MEMBER, Group, GroupCode, Invitation, Membership

WINDOW_LASTS = timedelta(minutes=30)


def join(session: AnySession, code: str, user_id: int, now: datetime) -> int:
    """Make a person a member of the group that has this code, and return its id.

    Raises CodeUnknown, GroupArchived, AlreadyMember, LeadsGroup, GroupFull.
    """
    begin_write(session)
    is_open = (GroupCode.code == code) & (GroupCode.purpose == JOIN) & (GroupCode.expires_at > now)
    # With the code, so that whoever closes it meanwhile is waited for, and then obeyed.
    found = select(Group).join(GroupCode, GroupCode.group_id == Group.id).where(is_open).with_for_update()
    group = session.scalar(found)
    if group is None:
        raise CodeUnknown
    add_member(session, group, user_id, now)
    return group.id


def lock_group(session: AnySession, group_id: int) -> Group | None:
    """Return a group, locked until the transaction ends, None where there is none."""
    begin_write(session)
    return session.scalar(select(Group).where(Group.id == group_id).with_for_update())


def lock_led_group(session: AnySession, group_id: int, leader_id: int) -> Group | None:
    """Return a group, locked, that this person leads at this moment, None where there is none."""
    group = lock_group(session, group_id)
    leads = row_of(Membership, group_id, leader_id) & (Membership.role == LEADER)
    return group if session.scalar(select(Membership.user_id).where(leads)) is not None else None


def add_member(
    session: AnySession,
    group: Group,
    user_id: int,
    now: datetime,
    full_name: str | None = None,
    list_key: str | None = None,
) -> None:
    """Make a person a member of a group that is locked; an invitation to it has done its work.

    Raises GroupArchived, AlreadyMember, LeadsGroup, GroupFull.
    """
    if group.archived_at is not None:
        raise GroupArchived
    role = session.scalar(select(Membership.role).where(row_of(Membership, group.id, user_id)))
    if role is not None:
        raise LeadsGroup if role == LEADER else AlreadyMember
    if count_members(session, group.id) >= group.seats:
        raise GroupFull
    about = {"full_name": full_name, "list_key": list_key}
    session.add(Membership(group_id=group.id, user_id=user_id, role=MEMBER, joined_at=now, **about))
    session.execute(delete(Invitation).where(row_of(Invitation, group.id, user_id)))
    update_bands(session, [user_id])


def count_members(session: AnySession, group_id: int) -> int:
    """Return how many seats of a group are taken."""
    members = (Membership.group_id == group_id) & (Membership.role == MEMBER)
    return session.scalar(select(func.count()).select_from(Membership).where(members)) or 0


def end_membership(session: AnySession, group_id: int, user_id: int) -> bool:
    """End a person's membership with what was granted to them in it; tell whether they were a member.

    A group that made the account has no say in it any more: nobody outside of the account's own groups has.
    """
    begin_write(session)
    member = row_of(Membership, group_id, user_id) & (Membership.role == MEMBER)
    if execute(session, delete(Membership).where(member), {}).rowcount == 0:
        return False
    own = select(Assignment.id).where(Assignment.group_id == group_id)
    for granted in (AssignmentMember, Extension):
        session.execute(delete(granted).where(granted.user_id == user_id, granted.assignment_id.in_(own)))
    session.execute(update(User).where(User.id == user_id, User.managed_by == group_id).values(managed_by=None))
    update_bands(session, [user_id])
    return True


def remove_member(session: AnySession, group_id: int, user_id: int) -> bool | None:
    """Remove a member, with the account if the group made it and nobody has ever come in to it: no one ever could.

    Tells whether the account was deleted, None where they were no member.
    """
    begin_write(session)
    # Locked first: whoever comes in at this moment has done so and keeps the account, or waits and finds none.
    made = select(User.id).where(User.id == user_id, User.managed_by == group_id).with_for_update()
    is_made = session.scalar(made) is not None
    if not end_membership(session, group_id, user_id):
        return None
    if not is_made or accounts_used(session, [user_id]):
        return False
    rows.erase(session, [user_id])
    return True


def accounts_used(session: AnySession, user_ids: Sequence[int]) -> set[int]:
    """Return those accounts to which their person has ever come in, or chosen a password."""
    chosen = User.password_hash.is_not(None) & User.secret_expires_at.is_(None)
    used = select(User.id).where(
        User.id.in_(user_ids), or_(chosen, User.id.in_(select(LoginSession.user_id)), User.seen_at > User.created_at)
    )
    return set(session.scalars(used))


def open_code(session: AnySession, group_id: int, purpose: str, now: datetime, lasts: timedelta) -> str:
    """Give a group a new code in place of the one it may have, and return it; raises GroupArchived."""
    group = lock_group(session, group_id)
    if group is None or group.archived_at is not None:
        raise GroupArchived
    code = make_code(secrets.randbits(RANDOM_BITS))
    values = {"code": code, "created_at": now, "expires_at": now + lasts}
    made = insert(session, GroupCode).values(group_id=group_id, purpose=purpose, **values)
    session.execute(made.on_conflict_do_update(index_elements=["group_id", "purpose"], set_=values))
    return code


def close_code(session: AnySession, group_id: int, purpose: str) -> None:
    """End a group's code: from now on it is as if it had never been one."""
    begin_write(session)
    session.execute(delete(GroupCode).where(GroupCode.group_id == group_id, GroupCode.purpose == purpose))


def row_of(table: type[Membership | Invitation], group_id: int, user_id: int) -> ColumnElement[bool]:
    """Return the condition for the row of a person in a group."""
    return (table.group_id == group_id) & (table.user_id == user_id)


purge_codes = ColumnPurge(GroupCode.expires_at, timedelta(days=1))
