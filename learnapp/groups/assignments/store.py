"""Assignments in the database: those of a group, whom they go to, and what differs for one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, literal, null, select, type_coerce, union_all

from learnapp.database.db import LARGEST_ID, AnySession, execute, table_of
from learnapp.groups.assignments.dates import ASSIGNMENT_COLUMNS, EXTENSION_COLUMNS, ChosenDates, ExtendedDates
from learnapp.groups.assignments.models import Assignment, AssignmentMember, Extension
from learnapp.groups.assignments.values import AssignmentSummary, GroupAssignments, MemberExtension

ASSIGNMENTS = table_of(Assignment)
_RECIPIENTS, _EXTENSIONS = table_of(AssignmentMember), table_of(Extension)
SUMMARY_COLUMNS = tuple(ASSIGNMENTS.c[field.name] for field in fields(AssignmentSummary) if field.name != "chosen")
_OF_GROUP: Select[*tuple[Any, ...]] = (
    select(*SUMMARY_COLUMNS, *ASSIGNMENT_COLUMNS)
    .where(ASSIGNMENTS.c.group_id == bindparam("group"))
    .order_by(ASSIGNMENTS.c.id)
)
_EXTENDED = (*EXTENSION_COLUMNS, _EXTENSIONS.c.reason, _EXTENSIONS.c.changed_at)
_RECIPIENTS_OF_GROUP = select(
    literal(True), *_RECIPIENTS.c["assignment_id", "user_id"], *(type_coerce(null(), one.type) for one in _EXTENDED)
).select_from(_RECIPIENTS.join(ASSIGNMENTS, ASSIGNMENTS.c.id == _RECIPIENTS.c.assignment_id))
_EXTENSIONS_OF_GROUP = select(literal(False), *_EXTENSIONS.c["assignment_id", "user_id"], *_EXTENDED).select_from(
    _EXTENSIONS.join(ASSIGNMENTS, ASSIGNMENTS.c.id == _EXTENSIONS.c.assignment_id)
)
_PERSONAL = union_all(
    *(one.where(ASSIGNMENTS.c.group_id == bindparam("group")) for one in (_RECIPIENTS_OF_GROUP, _EXTENSIONS_OF_GROUP))
)


def assignments_of(session: AnySession, group_id: int, zone: ZoneInfo, *states: str) -> GroupAssignments:
    """Return what is asked of a group, of whom and until when, in two statements; all states, unless some are named."""
    of_group = _OF_GROUP.where(ASSIGNMENTS.c.state.in_(states)) if states else _OF_GROUP
    assignments = tuple(map(_summary, execute(session, of_group, {"group": group_id})))
    recipients: dict[int, set[int]] = defaultdict(set)
    extensions: dict[tuple[int, int], MemberExtension] = {}
    for is_recipient, assignment_id, user_id, *rest in execute(session, _PERSONAL, {"group": group_id}):
        if is_recipient:
            recipients[assignment_id].add(user_id)
        else:
            *extended, reason, changed_at = rest
            extensions[assignment_id, user_id] = MemberExtension(ExtendedDates(*extended), reason, changed_at)
    return GroupAssignments(zone, assignments, {key: frozenset(ids) for key, ids in recipients.items()}, extensions)


def find_assignment(session: AnySession, group_id: int, assignment_id: int) -> AssignmentSummary | None:
    """Return an assignment of this group, None where it is another's or missing."""
    if not 0 < assignment_id <= LARGEST_ID:
        return None
    one = _OF_GROUP.where(ASSIGNMENTS.c.id == bindparam("assignment"))
    row = execute(session, one, {"group": group_id, "assignment": assignment_id}).first()
    return _summary(row) if row else None


def _summary(row: Sequence[Any]) -> AssignmentSummary:
    count = len(SUMMARY_COLUMNS)
    return AssignmentSummary(*(*row[:count], ChosenDates(*row[count:])))
