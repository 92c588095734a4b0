"""Outcomes in the database: what members have done of lessons, in two statements, and facts about them, in one.

Work in a care lesson is no activity here: a reason that goes by it would tell who has begun one, and when.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, bindparam, case, false, func, not_, null, or_, select

from learnapp.accounts.models import User
from learnapp.content.ages import AgeAccess
from learnapp.content.catalog import Catalog, Lesson
from learnapp.database.db import AnySession, execute, table_of
from learnapp.groups.assignments.dates import GRACE
from learnapp.groups.assignments.values import is_care_lesson
from learnapp.groups.outcomes.counting import AttemptRecord, LessonRecord, SubmittedAnswer
from learnapp.learning.access import counting_band
from learnapp.learning.models import FINISHED, HANDED_IN, MISSED, Attempt, Progress, Response

_PROGRESS, _ATTEMPTS, _RESPONSES = table_of(Progress), table_of(Attempt), table_of(Response)
_USERS = table_of(User)


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """What is needed to know of a member beside their work: what their age group opens, when they last worked."""

    access: AgeAccess
    last_active_at: datetime | None


def _of_members(table: Any) -> Any:
    return and_(
        table.c.user_id.in_(bindparam("users", expanding=True)),
        table.c.lesson.in_(bindparam("lessons", expanding=True)),
    )


_STATES = select(
    *_PROGRESS.c["user_id", "lesson", "read_at", "completed_at"],
    or_(*(_PROGRESS.c[name].is_not(None) for name in ("place", "route", "read_at", "passed_at", "best_points"))),
).where(_of_members(_PROGRESS))
_UNGRADED = case(
    (not_(_ATTEMPTS.c.deferred) | (_ATTEMPTS.c.state == FINISHED), null()),
    (_ATTEMPTS.c.state == HANDED_IN, "handed_in"),
    (_ATTEMPTS.c.seq > 0, "saved"),
    else_="begun",
)
_RESULT_COLUMNS = _ATTEMPTS.c["kind", "started_at", "finished_at", "points", "max_points", "passed"]


def _attempts(with_answers: bool) -> Select[*tuple[Any, ...]]:
    """Return attempts of members, with the answers of those that were not finished before the earliest close."""
    cut = or_(_ATTEMPTS.c.finished_at.is_(None), _ATTEMPTS.c.finished_at > bindparam("earliest"))
    in_time = _RESPONSES.c.submitted_at <= bindparam("latest")
    joined = and_(_RESPONSES.c.attempt_id == _ATTEMPTS.c.id, cut, in_time) if with_answers else false()
    return (
        select(
            *_ATTEMPTS.c["id", "user_id", "lesson"],
            _UNGRADED,
            *_RESULT_COLUMNS,
            *_RESPONSES.c["submitted_at", "points"],
        )
        .select_from(_ATTEMPTS.outerjoin(_RESPONSES, joined))
        .where(_of_members(_ATTEMPTS), _ATTEMPTS.c.kind != MISSED)
        .order_by(_ATTEMPTS.c.id)
    )


_WITH_ANSWERS, _WITHOUT_ANSWERS = _attempts(True), _attempts(False)


def _newest(table: Table, column: str, *of: ColumnElement[bool]) -> Any:
    # What is no lesson's, such as a final, is nothing to leaders.
    of_course = table.c.lesson.in_(bindparam("lessons", expanding=True))
    return select(func.max(table.c[column])).where(table.c.user_id == _USERS.c.id, of_course, *of).scalar_subquery()


_FACTS = select(
    *_USERS.c["id", "band", "group_band", "role"],
    *(_newest(_PROGRESS, name) for name in ("place_at", "read_at", "passed_at")),
    # An attempt in which nothing was done is no activity.
    _newest(_ATTEMPTS, "saved_at", _ATTEMPTS.c.seq > 0),
).where(_USERS.c.id.in_(bindparam("users", expanding=True)))


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
    rows: dict[int, tuple[tuple[int, str], Any, tuple[Any, ...], list[SubmittedAnswer]]] = {}
    for row in execute(session, _WITH_ANSWERS if limits else _WITHOUT_ANSWERS, values):
        (attempt_id, user_id, lesson, ungraded), columns, (submitted_at, points) = row[:4], row[4:-2], row[-2:]
        answers = rows.setdefault(attempt_id, ((user_id, keys[lesson]), ungraded, columns, []))[3]
        if submitted_at is not None:
            answers.append(SubmittedAnswer(submitted_at, points or 0.0))
    attempts: dict[tuple[int, str], list[AttemptRecord]] = defaultdict(list)
    for key, ungraded, columns, of_attempt in rows.values():
        attempts[key].append(AttemptRecord(*(*columns, tuple(of_attempt), ungraded)))
    return {key: tuple(found) for key, found in attempts.items()}


def member_facts(session: AnySession, catalog: Catalog, user_ids: Collection[int]) -> dict[int, MemberFacts]:
    """Return the facts about these members, by their ids."""
    seen = [name for one in catalog.lessons.values() if not is_care_lesson(one) for name in (*one.was, one.key)]
    values = {"users": list(user_ids), "lessons": seen}
    facts = {}
    for user_id, band, group_band, role, *moments in execute(session, _FACTS, values):
        last_active_at = max((moment for moment in moments if moment), default=None)
        facts[user_id] = MemberFacts(AgeAccess(counting_band(band, group_band, role)), last_active_at)
    return facts


def _keys(lessons: Sequence[Lesson]) -> dict[str, str]:
    """Return the key of each lesson by its names: rows of one that was renamed may not have followed yet."""
    return {name: lesson.key for lesson in lessons for name in (*lesson.was, lesson.key)}


def _values(user_ids: Collection[int], keys: Collection[str]) -> dict[str, Any]:
    return {"users": list(user_ids), "lessons": list(keys)}
