"""Groups in the database: those of a person, one of theirs, and who is in it."""

from collections.abc import Collection
from dataclasses import fields
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from learnapp.accounts.models import User
from learnapp.accounts.own_data.rows import Rows
from learnapp.database.db import LARGEST_ID, AnySession, execute, table_of
from learnapp.groups.models import LEADER, MEMBER, Group, Membership
from learnapp.groups.values import GroupSummary, Member
from learnapp.web.login import LEADING_ROLES

_GROUPS, _MEMBERSHIPS, _USERS = table_of(Group), table_of(Membership), table_of(User)
SUMMARY_COLUMNS = tuple(
    (_GROUPS if field.name in _GROUPS.c else _MEMBERSHIPS).c[field.name] for field in fields(GroupSummary)
)
_OF_PERSON: Select[*tuple[Any, ...]] = (
    select(*SUMMARY_COLUMNS)
    .select_from(_MEMBERSHIPS.join(_GROUPS, _GROUPS.c.id == _MEMBERSHIPS.c.group_id))
    .where(_MEMBERSHIPS.c.user_id == bindparam("user"))
)
_ONE_OF_PERSON = _OF_PERSON.where(_GROUPS.c.id == bindparam("group"))
_NAMES = select(_GROUPS.c.id, _GROUPS.c.name).where(_GROUPS.c.id.in_(bindparam("groups", expanding=True)))
_MEMBERS = (
    select(
        _USERS.c.id,
        _USERS.c.name,
        *(_MEMBERSHIPS.c[name] for name in ("full_name", "role", "joined_at", "standing_days")),
        *(_MEMBERSHIPS.c[name] for name in ("help_asked_at", "help_handled_at")),
        _USERS.c.managed_by.is_not_distinct_from(_MEMBERSHIPS.c.group_id),
        _USERS.c.role.in_(LEADING_ROLES),
    )
    .select_from(_MEMBERSHIPS.join(_USERS, _USERS.c.id == _MEMBERSHIPS.c.user_id))
    .where(_MEMBERSHIPS.c.group_id == bindparam("group"), _MEMBERSHIPS.c.role == bindparam("role"))
)

_COUNTS = (
    select(_MEMBERSHIPS.c.group_id, func.count())
    .where(_MEMBERSHIPS.c.group_id.in_(bindparam("groups", expanding=True)), _MEMBERSHIPS.c.role == bindparam("role"))
    .group_by(_MEMBERSHIPS.c.group_id)
)


def groups_of(session: AnySession, user_id: int) -> list[GroupSummary]:
    """Return the groups of a person, by name, those that are archived last."""
    rows = execute(session, _OF_PERSON, {"user": user_id})
    groups = (GroupSummary(*row) for row in rows)
    return sorted(groups, key=lambda group: (group.archived, group.name.casefold(), group.id))


def find_group(session: AnySession, user_id: int, group_id: int) -> GroupSummary | None:
    """Return a group of this person's, None where it is another's or missing."""
    if not 0 < group_id <= LARGEST_ID:
        return None
    row = execute(session, _ONE_OF_PERSON, {"user": user_id, "group": group_id}).first()
    return GroupSummary(*row) if row else None


def with_group_names(session: AnySession, _user_id: int, rows: Rows) -> Rows:
    """Return a person's rows that name a group with what it is called, to be handed over."""
    ids = sorted({row["group_id"] for row in rows})
    names = dict(execute(session, _NAMES, {"groups": ids}).all()) if ids else {}
    return [{**row, "group": names[row["group_id"]]} for row in rows]


def members_of(session: AnySession, group_id: int) -> list[Member]:
    """Return the members of a group by name, without its leaders."""
    return _people(session, group_id, MEMBER)


def member_counts(session: AnySession, group_ids: Collection[int]) -> dict[int, int]:
    """Return how many members groups have, by their ids, without those that have none."""
    return dict(execute(session, _COUNTS, {"groups": list(group_ids), "role": MEMBER}).all()) if group_ids else {}


def leaders_of(session: AnySession, group_id: int) -> list[Member]:
    """Return the leaders of a group, by name; those, too, who may lead no longer."""
    return _people(session, group_id, LEADER)


def _people(session: AnySession, group_id: int, role: str) -> list[Member]:
    rows = execute(session, _MEMBERS, {"group": group_id, "role": role})
    people = (Member(*row) for row in rows)
    return sorted(people, key=lambda member: (member.name.casefold(), member.user_id))
