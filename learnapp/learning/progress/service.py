"""Progress of one person: read for pages in one query, and what makes it grow.

Each action takes the write lock itself and leaves the commit to the view. The row is made first and locked, then
the pure rule of `rules.py` decides, so that two requests at once cannot undo each other.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from blinker import Signal
from sqlalchemy import ColumnElement, FromClause, and_, bindparam, case, func, or_, select, update

from learnapp.accounts.own_data.rows import lock_person
from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.catalog import Course
from learnapp.database.db import AnySession, begin_write, execute, insert, table_of
from learnapp.learning.errors import NoShortVersion
from learnapp.learning.models import FINISHED, HANDED_IN, MAIN, MISSED, OPEN, Attempt, Progress
from learnapp.learning.progress.lesson_progress import LessonProgress, OpenAttempt, require_open
from learnapp.learning.progress.overview import CourseProgress, derive_progress
from learnapp.learning.progress.rules import LessonState, after_reading, state_until

_PROGRESS, _ATTEMPTS = table_of(Progress), table_of(Attempt)
STATE_COLUMNS = tuple(_PROGRESS.c[field.name] for field in fields(LessonState))
_ATTEMPT_COLUMNS = tuple(_ATTEMPTS.c[name] for name in ("id", "kind", "item_ids", "current_item", "saved_at"))
# An attempt never stands without its progress row (`get_or_create_locked`): this join finds every open one.
_OPEN_ATTEMPT = and_(
    _ATTEMPTS.c.user_id == _PROGRESS.c.user_id, _ATTEMPTS.c.lesson == _PROGRESS.c.lesson, _ATTEMPTS.c.state == OPEN
)
DEFERRED = _ATTEMPTS.alias("deferred_attempts")


def seals(table: FromClause) -> ColumnElement[bool]:
    """Return the condition that an attempt of DEFERRED waits to be graded, at the lesson of a row's person."""
    same = and_(DEFERRED.c.user_id == table.c.user_id, DEFERRED.c.lesson == table.c.lesson)
    return and_(same, DEFERRED.c.deferred, DEFERRED.c.state != FINISHED)


# Of deferred attempts that are not graded yet: none, 0 where all may still be gone on with, 1 where one was handed in.
_HANDED_IN = select(func.max(case((DEFERRED.c.state == HANDED_IN, 1), else_=0))).where(seals(_PROGRESS))
_PASSED = _ATTEMPTS.alias("passed_attempts")
# Of passed attempts, practice left out: none, 0 where all are at the short quiz, 1 where one is at the main one.
_PASSED_MAIN = select(func.max(case((_PASSED.c.kind == MAIN, 1), else_=0))).where(
    _PASSED.c.user_id == _PROGRESS.c.user_id,
    _PASSED.c.lesson == _PROGRESS.c.lesson,
    _PASSED.c.kind != MISSED,
    _PASSED.c.passed,
)
_ABOUT_ATTEMPTS = (_HANDED_IN.scalar_subquery(), _PASSED_MAIN.scalar_subquery())
_STATES = select(
    _PROGRESS.c.user_id, _PROGRESS.c.lesson, *_ABOUT_ATTEMPTS, *STATE_COLUMNS, *_ATTEMPT_COLUMNS
).select_from(_PROGRESS.outerjoin(_ATTEMPTS, _OPEN_ATTEMPT))
_OWN_STATES = _STATES.where(_PROGRESS.c.user_id == bindparam("user"))
_UNDONE_STATES = _STATES.where(
    _PROGRESS.c.user_id.in_(bindparam("users", expanding=True)),
    or_(_PROGRESS.c.completed_at.is_(None), _PROGRESS.c.completed_at > bindparam("until")),
)

# Sent in the transaction of the step that leaves a lesson complete: `receiver(session, user_id=, lesson=)`.
lesson_is_complete = Signal()


@dataclass(frozen=True, slots=True)
class StoredProgress:
    """What is stored of one person under the names of lessons, as `derive_progress` takes it."""

    states: dict[str, tuple[LessonState, OpenAttempt | None]] = field(default_factory=dict)
    sealed: dict[str, bool] = field(default_factory=dict)
    passed_main: dict[str, bool] = field(default_factory=dict)


def course_progress(
    session: AnySession, course: Course, user_id: int | None, *, staff: bool = False, access: AgeAccess = FULL_ACCESS
) -> CourseProgress:
    """Return how far this person is, in one query, or nobody (None); `staff` need not keep to the order of quizzes."""
    rows = execute(session, _OWN_STATES, {"user": user_id}) if user_id is not None else ()
    stored = _stored(rows).get(user_id or 0, StoredProgress())
    return derive_progress(
        course, stored.states, staff=staff, access=access, sealed=stored.sealed, passed_main=stored.passed_main
    )


def undone_progress(session: AnySession, user_ids: Collection[int], until: datetime) -> dict[int, StoredProgress]:
    """Return what was stored of these people, at a moment, about lessons that they had begun and not completed."""
    found = _stored(execute(session, _UNDONE_STATES, {"users": list(user_ids), "until": until}))
    for own in found.values():
        own.states.update({name: (state_until(state, until), attempt) for name, (state, attempt) in own.states.items()})
    return found


def _stored(rows: Iterable[Any]) -> dict[int, StoredProgress]:
    found: dict[int, StoredProgress] = {}
    for user_id, lesson, handed_in, main, *row in rows:
        own = found.setdefault(user_id, StoredProgress())
        state, attempt = row[: len(STATE_COLUMNS)], row[len(STATE_COLUMNS) :]
        attempt_id, kind, item_ids, current, saved_at = attempt
        number = item_ids.index(current) + 1 if item_ids and current in item_ids else 1
        open_attempt = OpenAttempt(attempt_id, kind, number, len(item_ids), saved_at) if item_ids else None
        own.states[lesson] = LessonState(*state), open_attempt
        if handed_in is not None:
            own.sealed[lesson] = bool(handed_in)
        if main is not None:
            own.passed_main[lesson] = bool(main)
    return found


def mark_read(session: AnySession, user_id: int, progress: LessonProgress, now: datetime) -> LessonState:
    """Note that the lesson was read, by whichever route; the first time counts. Raises LessonNotForAge."""
    require_open(progress)
    if progress.read:
        return progress.state
    return update_and_announce(session, user_id, progress.lesson.key, lambda state: after_reading(state, now))


def choose_route(session: AnySession, user_id: int, progress: LessonProgress, route: str) -> LessonState:
    """Remember the route, one of ROUTES. Raises NoShortVersion when the lesson has none, LessonNotForAge."""
    require_open(progress)
    if route == "short" and (not progress.lesson.short or progress.lesson.short_quiz is None):
        raise NoShortVersion(progress.lesson.key)
    return update_progress(session, user_id, progress.lesson.key, lambda state: replace(state, route=route))


def save_place(session: AnySession, user_id: int, progress: LessonProgress, anchor: str, now: datetime) -> None:
    """Remember the paragraph reached, one that the lesson has, so that reading goes on there."""
    require_open(progress)
    begin_write(session)
    reached = {"place": anchor, "place_at": now}
    row = {"user_id": user_id, "lesson": progress.lesson.key, **reached}
    statement = insert(session, Progress).values(row)
    session.execute(statement.on_conflict_do_update(index_elements=["user_id", "lesson"], set_=reached))


def update_and_announce(
    session: AnySession, user_id: int, lesson: str, rule: Callable[[LessonState], LessonState]
) -> LessonState:
    """Apply a rule that may complete the lesson, and announce it when the lesson is complete afterwards."""
    after = update_progress(session, user_id, lesson, rule)
    if after.completed_at is not None:
        lesson_is_complete.send(session, user_id=user_id, lesson=lesson)
    return after


def get_or_create_locked(session: AnySession, user_id: int, lesson: str) -> LessonState:
    """Make the learner's row for this lesson if there is none, lock it, and return what it says."""
    lock_person(session, user_id)
    row = {"user_id": user_id, "lesson": lesson}
    session.execute(insert(session, Progress).values(row).on_conflict_do_nothing())
    stored = select(*STATE_COLUMNS).where(Progress.user_id == user_id, Progress.lesson == lesson)
    return LessonState(*session.execute(stored.with_for_update()).one())


def update_progress(
    session: AnySession, user_id: int, lesson: str, rule: Callable[[LessonState], LessonState]
) -> LessonState:
    """Apply a rule to the learner's state in a lesson and store what came of it."""
    begin_write(session)
    before = get_or_create_locked(session, user_id, lesson)
    after = rule(before)
    if after != before:
        own = update(Progress).where(Progress.user_id == user_id, Progress.lesson == lesson)
        session.execute(own.values(asdict(after)))
    return after
