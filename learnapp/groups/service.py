"""Group actions: make, change, archive and bring back.

Each function runs in the caller's transaction and leaves its commit to the caller. The row of the group is locked by
whoever changes it, and `version` tells the second of two leaders that the first was quicker.
"""

from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import delete, func, select

from learnapp.database.db import AnySession, begin_write
from learnapp.groups.assignments.service import copy_assignments
from learnapp.groups.bands import update_bands
from learnapp.groups.errors import GroupEnded, StaleGroup, TooFewSeats, TooManyGroups
from learnapp.groups.membership.service import count_members, lock_group
from learnapp.groups.models import LEADER, MEMBER, Group, GroupCode, Membership
from learnapp.groups.values import GroupSettings, GroupSummary

MOST_LED = 200


def create_group(
    session: AnySession,
    leader_id: int,
    kind: str,
    settings: GroupSettings,
    now: datetime,
    *,
    pseudonymous: bool = False,
) -> int:
    """Make a group that this person leads, and return its id; raises TooManyGroups.

    A pseudonymous one never stores a name of a list, so whether it is one cannot be changed.
    """
    begin_write(session)
    led = (Membership.user_id == leader_id) & (Membership.role == LEADER)
    if (session.scalar(select(func.count()).select_from(Membership).where(led)) or 0) >= MOST_LED:
        raise TooManyGroups
    group = Group(kind=kind, pseudonymous=pseudonymous, created_at=now, **asdict(settings))
    session.add(group)
    session.flush()
    session.add(Membership(group_id=group.id, user_id=leader_id, role=LEADER, joined_at=now))
    session.flush()
    return group.id


def duplicate_group(
    session: AnySession, leader_id: int, group: GroupSummary, name: str, weeks: int, now: datetime
) -> int:
    """Make a group like one that is led, with what was asked as drafts, dates so many weeks later, and nobody in it.

    Returns its id; raises TooManyGroups.
    """
    settings = replace(group.settings, name=name)
    made = create_group(session, leader_id, group.kind, settings, now, pseudonymous=group.pseudonymous)
    copy_assignments(session, group, replace(group, id=made), weeks, now)
    return made


def change_group(session: AnySession, group_id: int, version: int, settings: GroupSettings) -> None:
    """Store what a leader chose who saw this version; raises GroupEnded, StaleGroup, TooFewSeats."""
    group = _locked(session, group_id)
    if group.version != version:
        raise StaleGroup
    if settings.seats < count_members(session, group_id):
        raise TooFewSeats
    for name, value in asdict(settings).items():
        setattr(group, name, value)
    group.version += 1
    _tell_members(session, group_id)


def archive_group(session: AnySession, group_id: int, now: datetime) -> None:
    """Archive a group: nobody comes in, its codes end, its age group counts no more; raises GroupEnded."""
    group = _locked(session, group_id)
    if group.archived_at is None:
        group.archived_at = now
        session.execute(delete(GroupCode).where(GroupCode.group_id == group_id))
        _tell_members(session, group_id)


def bring_back_group(session: AnySession, group_id: int) -> None:
    """Let an archived group go on, with a new code when its leaders make one; raises GroupEnded."""
    group = _locked(session, group_id)
    if group.archived_at is not None:
        group.archived_at = group.ends_at = None
        _tell_members(session, group_id)


def _locked(session: AnySession, group_id: int) -> Group:
    group = lock_group(session, group_id)
    if group is None:
        raise GroupEnded
    return group


def _tell_members(session: AnySession, group_id: int) -> None:
    """Have the age group of a group reach its members."""
    members = select(Membership.user_id).where(Membership.group_id == group_id, Membership.role == MEMBER)
    update_bands(session, session.scalars(members))
