"""How far someone is in a course: one query, then pure derivation.

`course_progress` serves the course, module, lesson and own pages alike; what changes it stands in `steps.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime

from sqlalchemy import and_, bindparam, select

from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.catalog import Course, Lesson
from learnapp.db import AnySession, execute, table_of
from learnapp.learning.errors import LessonClosed, LessonKeptBack
from learnapp.learning.models import OPEN, Attempt, Progress
from learnapp.learning.progress.overview import CourseProgress, LessonProgress, ModuleProgress, OpenAttempt
from learnapp.learning.progress.rules import LessonState

__all__ = [
    "CourseProgress",
    "LessonProgress",
    "ModuleProgress",
    "OpenAttempt",
    "course_progress",
    "derive_progress",
    "require_open",
]


def course_progress(
    session: AnySession,
    course: Course,
    user_id: int | None,
    *,
    staff: bool = False,
    access: AgeAccess = FULL_ACCESS,
) -> CourseProgress:
    """Return how far this person is, in one query; nobody's (`user_id` None) needs none.

    `staff` need not keep to the order of lessons; `reach` is how far the person's age band goes.
    """
    stored: dict[str, tuple[LessonState, OpenAttempt | None]] = {}
    if user_id is not None:
        for lesson, *row in execute(session, _STORED, {"user": user_id}):
            state, attempt = row[: len(_STATE_COLUMNS)], row[len(_STATE_COLUMNS) :]
            stored[lesson] = LessonState(*state), None if attempt[0] is None else _open_attempt(*attempt)
    return derive_progress(course, stored, staff=staff, access=access)


def derive_progress(
    course: Course,
    stored: Mapping[str, tuple[LessonState, OpenAttempt | None]],
    *,
    staff: bool = False,
    access: AgeAccess = FULL_ACCESS,
) -> CourseProgress:
    """Derive a course's progress from what is stored under each lesson's key. Pure.

    In a sequential course a lesson opens when all before it in its module are complete. One that was begun
    stays open, so that a lesson put in later never closes the ones behind it; one that the age band closes
    is not waited for.
    """
    ordered = course.sequencing == "sequential" and not staff
    modules = []
    for module in course.modules:
        first: Lesson | None = None
        lessons = []
        for lesson in module.lessons:
            state, attempt = stored.get(lesson.key, _NOTHING)
            begun = attempt is not None or state.begun
            closed_by = first if ordered and not begun else None
            one = LessonProgress(lesson, state, attempt, closed_by, access)
            lessons.append(one)
            if first is None and one.fits and not one.complete:
                first = lesson
        modules.append(ModuleProgress(module, tuple(lessons)))
    return CourseProgress(course, tuple(modules))


def require_open(progress: LessonProgress) -> None:
    """Raise LessonKeptBack where the age band closes the lesson, LessonClosed where another comes first."""
    if not progress.fits:
        raise LessonKeptBack(progress.lesson)
    if progress.closed_by is not None:
        raise LessonClosed(progress.lesson, progress.closed_by)


_NOTHING: tuple[LessonState, OpenAttempt | None] = (LessonState(), None)

_ROWS, _ATTEMPTS = table_of(Progress), table_of(Attempt)
_STATE_COLUMNS = tuple(_ROWS.c[field.name] for field in fields(LessonState))
_OPEN = tuple(_ATTEMPTS.c[name] for name in ("id", "kind", "item_ids", "current_item", "saved_at"))
# An attempt never stands without its progress row (`get_or_create_locked`): this join finds every open one.
_THEIR_ATTEMPT = and_(
    _ATTEMPTS.c.user_id == _ROWS.c.user_id,
    _ATTEMPTS.c.lesson == _ROWS.c.lesson,
    _ATTEMPTS.c.state == OPEN,
)
_STORED = (
    select(_ROWS.c.lesson, *_STATE_COLUMNS, *_OPEN)
    .select_from(_ROWS.outerjoin(_ATTEMPTS, _THEIR_ATTEMPT))
    .where(_ROWS.c.user_id == bindparam("user"))
)


def _open_attempt(
    attempt: int, kind: str, item_ids: list[str], current: str | None, saved_at: datetime
) -> OpenAttempt:
    number = item_ids.index(current) + 1 if current in item_ids else 1
    return OpenAttempt(attempt, kind, number, len(item_ids), saved_at)
