"""Finishing an attempt: one result, however often and from wherever the button is pressed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam

from learnapp.db import AnySession, begin_write, execute, table_of
from learnapp.learning.attempts.store import attempt_detail, locked_attempt, store_answers
from learnapp.learning.attempts.values import AttemptDetail, AttemptItem
from learnapp.learning.errors import AttemptClosed
from learnapp.learning.models import ASIDE, FINISHED, OPEN, Attempt
from learnapp.learning.progress.rules import LessonState, after_result, passes
from learnapp.learning.progress.service import get_or_create_locked, record_step
from learnapp.quiz import behaviours

_ATTEMPTS = table_of(Attempt)
_FINISH = (
    _ATTEMPTS.update()
    .where(_ATTEMPTS.c.id == bindparam("of_attempt"), _ATTEMPTS.c.state == OPEN)
    .values(
        state=FINISHED,
        seq=_ATTEMPTS.c.seq + 1,
        last_save=None,
        finished_at=bindparam("now"),
        points=bindparam("earned"),
        passed=bindparam("has_passed"),
    )
)


def finish_attempt(session: AnySession, user_id: int, attempt_id: int, now: datetime) -> AttemptDetail:
    """Grade what is not graded yet, keep the one result and grow the progress; a finished one stays as it is.

    An unanswered item earns nothing. A result counts for the lesson unless it is practice of what was missed.
    Raises AttemptNotFound, and AttemptClosed for an attempt that was set aside.
    """
    attempt = attempt_detail(session, user_id, attempt_id)
    if attempt.summary.finished:
        return attempt
    begin_write(session)
    # Every writer locks the lesson's progress before its attempts, so that no two wait for each other.
    get_or_create_locked(session, user_id, attempt.summary.lesson)
    attempt = locked_attempt(session, user_id, attempt_id)
    if attempt.summary.finished:
        return attempt
    if attempt.summary.state == ASIDE:
        raise AttemptClosed(attempt_id, ASIDE)
    return _store(session, graded(attempt, now), now)


def graded(attempt: AttemptDetail, now: datetime) -> AttemptDetail:
    """Return the attempt as it is once finished. Pure."""
    attempt_items = tuple(_closed(attempt_item, now) for attempt_item in attempt.items)
    points = round(sum(attempt_item.state.points or 0.0 for attempt_item in attempt_items), 9)
    passed = (
        passes(points, attempt.summary.max_points, attempt.form.pass_mark) if attempt.summary.counts else None
    )
    summary = replace(
        attempt.summary,
        state=FINISHED,
        seq=attempt.summary.seq + 1,
        last_save=None,
        finished_at=now,
        points=points,
        passed=passed,
    )
    return AttemptDetail(
        summary, attempt.form, tuple(replace(attempt_item, summary=summary) for attempt_item in attempt_items)
    )


def _closed(attempt_item: AttemptItem, now: datetime) -> AttemptItem:
    state = behaviours.finish(attempt_item.form.behaviour, attempt_item.item, attempt_item.state)
    return replace(
        attempt_item,
        state=state,
        submitted_at=attempt_item.submitted_at or now,
        saved_at=attempt_item.saved_at or now,
    )


def _store(session: AnySession, attempt: AttemptDetail, now: datetime) -> AttemptDetail:
    summary = attempt.summary
    values = {"of_attempt": summary.id, "now": now, "earned": summary.points, "has_passed": summary.passed}
    if execute(session, _FINISH, values).rowcount != 1:
        raise AttemptClosed(summary.id, FINISHED)
    store_answers(
        session, [attempt_item for attempt_item in attempt.items if attempt_item.submitted_at == now]
    )
    if summary.counts:
        points, passed = summary.points or 0.0, bool(summary.passed)

        def counted(state: LessonState) -> LessonState:
            return after_result(state, points, summary.max_points, passed, now)

        record_step(session, summary.user_id, summary.lesson, counted)
    return attempt
