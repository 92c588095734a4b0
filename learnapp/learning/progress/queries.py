"""Progress of one person in a course, read in one query, for all pages that show it."""

from dataclasses import fields

from sqlalchemy import and_, bindparam, select

from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.catalog import Course
from learnapp.db import AnySession, execute, table_of
from learnapp.learning.models import OPEN, Attempt, Progress
from learnapp.learning.progress.lesson_progress import OpenAttempt
from learnapp.learning.progress.overview import CourseProgress, derive_progress
from learnapp.learning.progress.rules import LessonState

_ROWS, _ATTEMPTS = table_of(Progress), table_of(Attempt)
STATE_COLUMNS = tuple(_ROWS.c[field.name] for field in fields(LessonState))
_OPEN = tuple(_ATTEMPTS.c[name] for name in ("id", "kind", "item_ids", "current_item", "saved_at"))
# An attempt never stands without its progress row (`get_or_create_locked`): this join finds every open one.
_OPEN_ATTEMPT = and_(
    _ATTEMPTS.c.user_id == _ROWS.c.user_id, _ATTEMPTS.c.lesson == _ROWS.c.lesson, _ATTEMPTS.c.state == OPEN
)
_STORED = (
    select(_ROWS.c.lesson, *STATE_COLUMNS, *_OPEN)
    .select_from(_ROWS.outerjoin(_ATTEMPTS, _OPEN_ATTEMPT))
    .where(_ROWS.c.user_id == bindparam("user"))
)


def course_progress(
    session: AnySession, course: Course, user_id: int | None, *, staff: bool = False, access: AgeAccess = FULL_ACCESS
) -> CourseProgress:
    """Return how far this person is, in one query, or nobody (None); `staff` need not keep to the order of lessons."""
    stored: dict[str, tuple[LessonState, OpenAttempt | None]] = {}
    if user_id is not None:
        for lesson, *row in execute(session, _STORED, {"user": user_id}):
            state, attempt = row[: len(STATE_COLUMNS)], row[len(STATE_COLUMNS) :]
            attempt_id, kind, item_ids, current, saved_at = attempt
            number = item_ids.index(current) + 1 if item_ids and current in item_ids else 1
            going = OpenAttempt(attempt_id, kind, number, len(item_ids), saved_at) if item_ids else None
            stored[lesson] = LessonState(*state), going
    return derive_progress(course, stored, staff=staff, access=access)
