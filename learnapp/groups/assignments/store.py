"""Assignments in the database: those of a group, whom they go to, what differs for one, and what members have done.

A page about all members takes four statements of these, however many there are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, bindparam, false, literal, null, or_, select, type_coerce, union_all

from learnapp.content.catalog import Lesson
from learnapp.database.db import LARGEST_ID, AnySession, execute, table_of
from learnapp.groups.assignments.counting import AttemptRecord, LessonRecord, SubmittedAnswer
from learnapp.groups.assignments.dates import ASSIGNMENT_COLUMNS, EXTENSION_COLUMNS, GRACE, ChosenDates, ExtendedDates
from learnapp.groups.assignments.models import Assignment, AssignmentMember, Extension
from learnapp.groups.assignments.values import AssignmentSummary, GroupAssignments, MemberExtension
from learnapp.learning.models import MISSED, Attempt, Progress, Response

ASSIGNMENTS = table_of(Assignment)
_RECIPIENTS, _EXTENSIONS = table_of(AssignmentMember), table_of(Extension)
_PROGRESS, _ATTEMPTS, _RESPONSES = table_of(Progress), table_of(Attempt), table_of(Response)
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


def _of_members(table: Any) -> Any:
    return and_(
        table.c.user_id.in_(bindparam("users", expanding=True)),
        table.c.lesson.in_(bindparam("lessons", expanding=True)),
    )


_STATES = select(
    *_PROGRESS.c["user_id", "lesson", "read_at", "completed_at"],
    or_(*(_PROGRESS.c[name].is_not(None) for name in ("place", "route", "read_at", "passed_at", "best_points"))),
).where(_of_members(_PROGRESS))
_ATTEMPT_COLUMNS = _ATTEMPTS.c["id", "user_id", "lesson", "kind", "started_at", "finished_at", "points", "max_points"]


def _attempts(with_answers: bool) -> Select[*tuple[Any, ...]]:
    """Return attempts of members, with the answers of those that were not finished before the earliest close."""
    cut = or_(_ATTEMPTS.c.finished_at.is_(None), _ATTEMPTS.c.finished_at > bindparam("earliest"))
    in_time = _RESPONSES.c.submitted_at <= bindparam("latest")
    joined = and_(_RESPONSES.c.attempt_id == _ATTEMPTS.c.id, cut, in_time) if with_answers else false()
    return (
        select(*_ATTEMPT_COLUMNS, _ATTEMPTS.c.passed, *_RESPONSES.c["submitted_at", "points"])
        .select_from(_ATTEMPTS.outerjoin(_RESPONSES, joined))
        .where(_of_members(_ATTEMPTS), _ATTEMPTS.c.kind != MISSED)
        .order_by(_ATTEMPTS.c.id)
    )


_WITH_ANSWERS, _WITHOUT_ANSWERS = _attempts(True), _attempts(False)


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


def lesson_records(
    session: AnySession, user_ids: Collection[int], lessons: Sequence[Lesson], closes: Iterable[datetime | None]
) -> dict[tuple[int, str], LessonRecord]:
    """Return what is stored about these people and lessons, by person and lesson's key, in two statements.

    Who has nothing stored is left out. Of attempts that a close cut short, by one of `closes`, answers come along.
    """
    if not user_ids or not lessons:
        return {}
    attempts = lesson_attempts(session, user_ids, lessons, closes)
    keys = _keys(lessons)
    records: dict[tuple[int, str], LessonRecord] = {}
    for user_id, lesson, read_at, completed_at, begun in execute(session, _STATES, _values(user_ids, keys)):
        key = (user_id, keys[lesson])
        own = attempts.get(key, ())
        records[key] = LessonRecord(bool(begun or own), read_at, completed_at, own)
    return records


def lesson_attempts(
    session: AnySession, user_ids: Collection[int], lessons: Sequence[Lesson], closes: Iterable[datetime | None]
) -> dict[tuple[int, str], tuple[AttemptRecord, ...]]:
    """Return attempts by person and lesson's key, in the order in which they were begun, without practice."""
    keys, limits = _keys(lessons), [close + GRACE for close in closes if close]
    values = _values(user_ids, keys) | ({"earliest": min(limits), "latest": max(limits)} if limits else {})
    rows: dict[int, tuple[tuple[int, str], tuple[Any, ...], list[SubmittedAnswer]]] = {}
    for row in execute(session, _WITH_ANSWERS if limits else _WITHOUT_ANSWERS, values):
        (attempt_id, user_id, lesson), columns, (submitted_at, points) = row[:3], row[3:-2], row[-2:]
        answers = rows.setdefault(attempt_id, ((user_id, keys[lesson]), columns, []))[2]
        if submitted_at is not None:
            answers.append(SubmittedAnswer(submitted_at, points or 0.0))
    attempts: dict[tuple[int, str], list[AttemptRecord]] = defaultdict(list)
    for key, columns, of_attempt in rows.values():
        attempts[key].append(AttemptRecord(*(*columns, tuple(of_attempt))))
    return {key: tuple(found) for key, found in attempts.items()}


def _keys(lessons: Sequence[Lesson]) -> dict[str, str]:
    """Return the key of each lesson by its names: rows of one that was renamed may not have followed yet."""
    return {name: lesson.key for lesson in lessons for name in (*lesson.was, lesson.key)}


def _values(user_ids: Collection[int], keys: Collection[str]) -> dict[str, Any]:
    return {"users": list(user_ids), "lessons": list(keys)}


def _summary(row: Sequence[Any]) -> AssignmentSummary:
    count = len(SUMMARY_COLUMNS)
    return AssignmentSummary(*(*row[:count], ChosenDates(*row[count:])))
