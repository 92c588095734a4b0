"""Leader actions: invite somebody to lead along or instead, take that back, stop leading, remove another leader.

Groups without anybody who may lead them are listed for operators.

Each function runs in the caller's transaction and leaves its commit to the caller. The row of the group is locked by
whoever makes its leaders fewer, so that of the last two who leave at once one stays.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, exists, func, select
from sqlalchemy.orm import aliased

from learnapp.accounts.models import User
from learnapp.accounts.own_data.holds import Hold
from learnapp.database.db import AnySession, begin_write, execute
from learnapp.groups.errors import LastLeader
from learnapp.groups.membership.service import lock_group, row_of
from learnapp.groups.models import LEADER, MEMBER, Group, Invitation, Membership
from learnapp.web.login import LEADING_ROLES


@dataclass(frozen=True, slots=True)
class FormerLeader:
    """Somebody whom a group has as a leader: whether they may lead still, and when they were last here."""

    name: str
    may_lead: bool
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class LeaderlessGroup:
    """A group that nobody leads at this time, as the operator of a site sees it."""

    id: int
    name: str
    archived: bool
    members: int
    leaders: tuple[FormerLeader, ...]


def end_leadership(session: AnySession, group_id: int, user_id: int) -> bool:
    """Have somebody lead a group no more; tell whether they did. Raises LastLeader where nobody else may lead it.

    To whom they wanted to hand it over does not take their place any more.
    """
    lock_group(session, group_id)
    own = row_of(Membership, group_id, user_id) & (Membership.role == LEADER)
    if not session.scalar(select(exists().where(own))):
        return False
    if session.scalar(_groups_without(user_id).where(Group.id == group_id)):
        raise LastLeader
    session.execute(delete(Membership).where(own))
    session.execute(delete(Invitation).where(Invitation.group_id == group_id, Invitation.in_place_of == user_id))
    return True


def take_back_invitations(session: AnySession, group_id: int) -> int:
    """Forget whom the leaders of a group have invited to lead; return how many there were."""
    begin_write(session)
    open_ones = (Invitation.group_id == group_id) & (Invitation.role == LEADER)
    return execute(session, delete(Invitation).where(open_ones), {}).rowcount


def groups_held(session: AnySession, user_id: int, *, lock: bool = False) -> list[Hold]:
    """Return the groups that nobody but this person leads who may; `lock` keeps the leaders of all as they are."""
    if lock:
        own = select(Membership.group_id).where(Membership.user_id == user_id, Membership.role == LEADER)
        session.execute(select(Group.id).where(Group.id.in_(own)).order_by(Group.id).with_for_update())
    rows = session.execute(_groups_without(user_id).order_by(Group.name, Group.id))
    return [Hold(name, "leaders.leaders", {"group_id": group_id}) for group_id, name in rows]


def groups_without_leader(session: AnySession, seen_since: datetime | None = None) -> list[LeaderlessGroup]:
    """Return the groups that nobody leads who may, and was here since then if told; those that go on first."""
    seen = [] if seen_since is None else [User.seen_at > seen_since]
    members = select(func.count()).where(Membership.group_id == Group.id, Membership.role == MEMBER)
    columns = (Group.id, Group.name, Group.archived_at.is_not(None), members.scalar_subquery())
    found = select(*columns).where(~_is_led(*seen)).order_by(Group.archived_at.is_not(None), Group.id)
    rows = session.execute(found).all()
    led = Membership.group_id.in_([row[0] for row in rows]) & (Membership.role == LEADER)
    people = select(Membership.group_id, User.name, User.role, User.seen_at).join(User, User.id == Membership.user_id)
    leaders: dict[int, list[FormerLeader]] = {}
    for group_id, name, role, seen_at in session.execute(people.where(led).order_by(User.name)):
        leaders.setdefault(group_id, []).append(FormerLeader(name, role in LEADING_ROLES, seen_at))
    return [
        LeaderlessGroup(group_id, name, archived, count, tuple(leaders.get(group_id, ())))
        for group_id, name, archived, count in rows
    ]


def warn_of_leaderless(session: AnySession) -> str:
    """Return what an operator is told of groups that go on and nobody may lead, "" where there are none."""
    count = session.scalar(select(func.count(Group.id)).where(~_is_led(), Group.archived_at.is_(None))) or 0
    said = f"{count} classes have" if count > 1 else "1 class has"
    return f"{said} nobody who may lead: `flask groups without-leader` lists them." if count else ""


def is_led(session: AnySession, group_id: int, by: int | None = None) -> bool:
    """Tell whether somebody leads a group who may, this person if one is named."""
    whose = [] if by is None else [Membership.user_id == by]
    return session.scalar(select(Group.id).where(Group.id == group_id, _is_led(*whose))) is not None


def _is_led(*about: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that somebody leads a group who may, and of whom all this is so."""
    leads = (Membership.group_id == Group.id) & (Membership.role == LEADER) & (User.id == Membership.user_id)
    return exists().where(leads, User.role.in_(LEADING_ROLES), *about)


def _groups_without(user_id: int) -> Select[int, str]:
    """Return the groups that a person leads and nobody else, where roles that may lead count alone."""
    own, leader = aliased(Membership), aliased(User)
    other, other_leader = aliased(Membership), aliased(User)
    shared = exists().where(
        *(other.group_id == Group.id, other.role == LEADER, other.user_id != user_id),
        *(other_leader.id == other.user_id, other_leader.role.in_(LEADING_ROLES)),
    )
    led = select(Group.id, Group.name).join(own, own.group_id == Group.id).join(leader, leader.id == own.user_id)
    return led.where(own.user_id == user_id, own.role == LEADER, leader.role.in_(LEADING_ROLES), ~shared)
