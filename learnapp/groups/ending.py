"""Ending of groups: what goes with one, at a leader's word, or so many days after it was archived.

An account that a group made goes with it, unless it is in another group; whoever only joined keeps everything.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlalchemy.orm import aliased

from learnapp.accounts.models import User
from learnapp.accounts.own_data.rows import erase
from learnapp.accounts.passwords.mail import erase_outbox
from learnapp.config.settings import current_settings
from learnapp.database.db import AnySession, begin_write
from learnapp.groups.assignments.models import Assignment
from learnapp.groups.bands import update_bands
from learnapp.groups.membership.service import count_members, lock_group
from learnapp.groups.models import MEMBER, Group, Membership
from learnapp.groups.values import GroupContents, GroupEnd

WARNING = timedelta(days=30)
GROUPS_AT_ONCE = 20


def contents_of(session: AnySession, group_id: int) -> GroupContents:
    """Count what goes when a group ends."""
    assignments = select(func.count(Assignment.id)).where(Assignment.group_id == group_id)
    accounts = select(func.count(User.id)).where(_goes_with(group_id))
    return GroupContents(
        count_members(session, group_id), session.scalar(assignments) or 0, session.scalar(accounts) or 0
    )


def end_group(session: AnySession, group_id: int) -> list[int]:
    """Delete a group with all that is its own; return the accounts that went with it; scrub after the commit."""
    if lock_group(session, group_id) is None:
        return []
    # Locked first: whoever comes into another group at this moment has done so, or waits and is gone.
    made = select(User.id).where(User.managed_by == group_id).order_by(User.id).with_for_update()
    session.scalars(made).all()
    ended = list(session.scalars(select(User.id).where(_goes_with(group_id)).order_by(User.id)))
    members = select(Membership.user_id).where(Membership.group_id == group_id, Membership.role == MEMBER)
    left = set(session.scalars(members)) - set(ended)
    erase(session, ended)
    session.execute(delete(Group).where(Group.id == group_id))
    update_bands(session, left)
    return ended


def end_of(archived_at: datetime | None, ends_at: datetime | None, now: datetime) -> GroupEnd | None:
    """Return when a group ends by itself that was archived then, None for one that goes on."""
    if archived_at is None:
        return None
    at = ends_at or max(_usual_end(archived_at), now + WARNING)
    return GroupEnd(at, near=at - WARNING <= now)


def purge_groups(session: AnySession, now: datetime) -> int:
    """End archived groups whose time has come, GROUPS_AT_ONCE at most, and return how many; warn of those to come.

    With accounts go the mails in the outbox. None ends before its people were warned for as long as WARNING: not where
    ticks were left out, nor where the setting was shortened or a clock is wrong by a year.
    """
    begin_write(session)
    soon = Group.archived_at <= now + WARNING - timedelta(days=current_settings().archived_group_days)
    for group in session.scalars(select(Group).where(soon, Group.ends_at.is_(None)).with_for_update()):
        group.ends_at = max(_usual_end(group.archived_at or now), now + WARNING)
    session.flush()
    over = select(Group.id).where(Group.ends_at <= now, Group.archived_at.is_not(None))
    # Locked, so that one that is brought back at this moment goes on.
    ids = session.scalars(over.order_by(Group.ends_at, Group.id).limit(GROUPS_AT_ONCE).with_for_update()).all()
    for group_id in ids:
        for user_id in end_group(session, group_id):
            erase_outbox(current_settings().outbox, user_id)
    return len(ids)


def _usual_end(archived_at: datetime) -> datetime:
    return archived_at + timedelta(days=current_settings().archived_group_days)


def _goes_with(group_id: int) -> ColumnElement[bool]:
    """Return the condition that an account was made by this group and is in no other."""
    elsewhere = aliased(Membership)
    is_elsewhere = exists().where(elsewhere.user_id == User.id, elsewhere.group_id != group_id)
    return (User.managed_by == group_id) & ~is_elsewhere
