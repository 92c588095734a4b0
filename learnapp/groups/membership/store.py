"""Membership in the database: open codes, the group behind one, a person's invitations."""

from datetime import datetime

from sqlalchemy import bindparam, func, select

from learnapp.accounts.models import User
from learnapp.database.db import AnySession, execute, table_of
from learnapp.groups.membership.invitations import LASTS
from learnapp.groups.membership.values import Entrance, OpenCode, OpenInvitation
from learnapp.groups.models import LEADER, MEMBER, Group, GroupCode, Invitation, Membership
from learnapp.groups.store import leaders_of

_GROUPS, _CODES, _MEMBERSHIPS = table_of(Group).c, table_of(GroupCode).c, table_of(Membership).c
_INVITATIONS, _USERS = table_of(Invitation).c, table_of(User).c
_IS_OPEN = (_CODES.purpose == bindparam("purpose")) & (_CODES.expires_at > bindparam("now"))
_OF_GROUP = select(_CODES.code, _CODES.created_at, _CODES.expires_at).where(
    _CODES.group_id == bindparam("group"), _IS_OPEN
)
_BEHIND = select(_CODES.group_id).where(_CODES.code == bindparam("code"), _IS_OPEN)
_TAKEN = (
    select(func.count())
    .select_from(table_of(Membership))
    .where(_MEMBERSHIPS.group_id == _GROUPS.id, _MEMBERSHIPS.role == MEMBER)
    .scalar_subquery()
)
_OWN_ROLE = (
    select(_MEMBERSHIPS.role)
    .where(_MEMBERSHIPS.group_id == _GROUPS.id, _MEMBERSHIPS.user_id == bindparam("user"))
    .scalar_subquery()
)
_ENTRANCE = select(
    _GROUPS.id, _GROUPS.kind, _GROUPS.name, _GROUPS.archived_at.is_not(None), _GROUPS.seats <= _TAKEN, _OWN_ROLE
).where(_GROUPS.id == bindparam("group"))
_INVITED = (
    select(_GROUPS.id, _GROUPS.kind, _GROUPS.name, _INVITATIONS.role, _INVITATIONS.invited_at, _USERS.name)
    .select_from(
        table_of(Invitation)
        .join(table_of(Group), _GROUPS.id == _INVITATIONS.group_id)
        .outerjoin(table_of(User), _USERS.id == _INVITATIONS.in_place_of)
    )
    .where(_INVITATIONS.user_id == bindparam("user"), _INVITATIONS.invited_at > bindparam("since"))
    .order_by(_INVITATIONS.invited_at, _GROUPS.id)
)


def code_of_group(session: AnySession, group_id: int, purpose: str, now: datetime) -> OpenCode | None:
    """Return a group's open code for a purpose, None where its door is closed."""
    row = execute(session, _OF_GROUP, {"group": group_id, "purpose": purpose, "now": now}).first()
    return OpenCode(*row) if row else None


def group_of_code(session: AnySession, code: str, purpose: str, now: datetime) -> int | None:
    """Return the id of the group that has this open code, None where there is none."""
    found: int | None = execute(session, _BEHIND, {"code": code, "purpose": purpose, "now": now}).scalar()
    return found


def find_entrance(session: AnySession, group_id: int, user_id: int | None, role: str = MEMBER) -> Entrance | None:
    """Return a group as somebody sees it who may come in in this role, None where there is none."""
    row = execute(session, _ENTRANCE, {"group": group_id, "user": user_id}).first()
    if row is None:
        return None
    group_id, kind, name, archived, full, own_role = row
    leaders = tuple(leader.name for leader in leaders_of(session, group_id) if leader.may_lead)
    return Entrance(group_id, kind, name, archived, full and role != LEADER, leaders, role, own_role)


def invitations_of(session: AnySession, user_id: int, now: datetime) -> list[OpenInvitation]:
    """Return the invitations that a person may still answer, the oldest first."""
    rows = execute(session, _INVITED, {"user": user_id, "since": now - LASTS})
    return [OpenInvitation(*row) for row in rows]
