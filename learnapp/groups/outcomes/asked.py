"""Asked of one person: the assignments of all their classes and teams with their own dates, in one statement."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, bindparam, or_, select

from learnapp.database.db import AnySession, execute, table_of
from learnapp.groups.assignments.dates import (
    ASSIGNMENT_COLUMNS,
    EXTENSION_COLUMNS,
    ChosenDates,
    EffectiveDates,
    ExtendedDates,
    effective_dates,
    is_asked,
)
from learnapp.groups.assignments.models import PUBLISHED, AssignmentMember, Extension
from learnapp.groups.assignments.store import ASSIGNMENTS, SUMMARY_COLUMNS
from learnapp.groups.assignments.values import AssignmentSummary
from learnapp.groups.models import MEMBER, Group, Membership

_GROUPS, _MEMBERSHIPS = table_of(Group), table_of(Membership)
_RECIPIENTS, _EXTENSIONS = table_of(AssignmentMember), table_of(Extension)


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """A group as one of its members is asked things in it."""

    id: int
    kind: str
    name: str
    zone: str
    takes_help_requests: bool
    joined_at: datetime
    standing_days: int
    help_asked_at: datetime | None
    help_handled_at: datetime | None

    @property
    def waits_for_help(self) -> bool:
        """Tell whether the member has asked for help and nobody has seen to it yet."""
        asked, handled = self.help_asked_at, self.help_handled_at
        return asked is not None and (handled is None or handled < asked)


@dataclass(frozen=True, slots=True)
class AskedAssignment:
    """An assignment that is asked of a person in a group of theirs, with the dates that hold for them."""

    group: OwnGroup
    assignment: AssignmentSummary
    dates: EffectiveDates


def _column(name: str) -> Any:
    return (_GROUPS if name in _GROUPS.c else _MEMBERSHIPS).c[name]


_GROUP_COLUMNS = tuple(_column(field.name) for field in fields(OwnGroup))
_OWN_RECIPIENT = and_(_RECIPIENTS.c.assignment_id == ASSIGNMENTS.c.id, _RECIPIENTS.c.user_id == _MEMBERSHIPS.c.user_id)
_OWN_EXTENSION = and_(_EXTENSIONS.c.assignment_id == ASSIGNMENTS.c.id, _EXTENSIONS.c.user_id == _MEMBERSHIPS.c.user_id)
_PUBLISHED = and_(ASSIGNMENTS.c.group_id == _GROUPS.c.id, ASSIGNMENTS.c.state == PUBLISHED)
_ASKED: Select[*tuple[Any, ...]] = (
    select(
        _MEMBERSHIPS.c.user_id,
        *_GROUP_COLUMNS,
        _EXTENSIONS.c.user_id,
        *EXTENSION_COLUMNS,
        *SUMMARY_COLUMNS,
        *ASSIGNMENT_COLUMNS,
    )
    .select_from(
        _MEMBERSHIPS.join(_GROUPS, _GROUPS.c.id == _MEMBERSHIPS.c.group_id)
        .join(ASSIGNMENTS, _PUBLISHED)
        .outerjoin(_RECIPIENTS, _OWN_RECIPIENT)
        .outerjoin(_EXTENSIONS, _OWN_EXTENSION)
    )
    .where(_MEMBERSHIPS.c.user_id.in_(bindparam("users", expanding=True)), _MEMBERSHIPS.c.role == MEMBER)
    .where(_GROUPS.c.archived_at.is_(None))
    .where(or_(ASSIGNMENTS.c.for_all, _RECIPIENTS.c.user_id.is_not(None)))
    .order_by(ASSIGNMENTS.c.id)
)


def assignments_asked(session: AnySession, user_id: int) -> tuple[AskedAssignment, ...]:
    """Return everything that is asked of a person, in one statement, without what they are excused from."""
    return tuple(asked_of_each(session, [user_id])[user_id])


def asked_of_each(session: AnySession, user_ids: Collection[int]) -> dict[int, list[AskedAssignment]]:
    """Return everything that is asked of these people, by their ids, in one statement for all of them."""
    found: dict[int, list[AskedAssignment]] = defaultdict(list)
    for user_id, *row in execute(session, _ASKED, {"users": list(user_ids)}):
        one = _asked(row)
        if is_asked(one.dates, one.group.joined_at):
            found[user_id].append(one)
    return found


def _asked(row: Sequence[Any]) -> AskedAssignment:
    group_end = len(_GROUP_COLUMNS)
    own_end = group_end + 1 + len(EXTENSION_COLUMNS)
    summary_end = own_end + len(SUMMARY_COLUMNS)
    group, (extended_for, *extended) = OwnGroup(*row[:group_end]), row[group_end:own_end]
    chosen = ChosenDates(*row[summary_end:])
    own = ExtendedDates(*extended) if extended_for is not None else None
    dates = effective_dates(chosen, ZoneInfo(group.zone), group.standing_days, own)
    return AskedAssignment(group, AssignmentSummary(*(*row[own_end:summary_end], chosen)), dates)
