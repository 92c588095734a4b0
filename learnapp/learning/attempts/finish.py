"""Finishing an attempt: one result, however often and from wherever the button is pressed."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update

from learnapp.database.db import AnySession, begin_write
from learnapp.learning.attempts.store import attempt_detail, store_responses
from learnapp.learning.attempts.values import AttemptDetail
from learnapp.learning.errors import AttemptClosed
from learnapp.learning.models import FINISHED, Attempt
from learnapp.learning.progress.rules import after_result, passes
from learnapp.learning.progress.service import get_or_create_locked, update_and_announce
from learnapp.quiz import behaviours


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
    # Lock first, then read: PostgreSQL would join the locked row with answers older than it.
    session.execute(select(Attempt.id).where(Attempt.id == attempt_id).with_for_update())
    attempt = attempt_detail(session, user_id, attempt_id)
    if attempt.summary.finished:
        return attempt
    if not attempt.summary.open:
        raise AttemptClosed(f"attempt {attempt_id} is {attempt.summary.state}")
    attempt = grade_attempt(attempt, now)
    summary = attempt.summary
    names = ("state", "seq", "last_save", "finished_at", "points", "passed")
    result = update(Attempt).where(Attempt.id == attempt_id)
    session.execute(result.values({name: getattr(summary, name) for name in names}))
    store_responses(session, (answered for answered in attempt.items if answered.submitted_at == now))
    if summary.passed is not None:
        points, passed = summary.points or 0.0, summary.passed
        update_and_announce(
            session, user_id, summary.lesson, lambda state: after_result(state, points, summary.max_points, passed, now)
        )
    return attempt


def grade_attempt(attempt: AttemptDetail, now: datetime) -> AttemptDetail:
    """Return the attempt as it is once finished; practice neither passes nor fails. Pure."""
    items = [
        replace(
            attempt_item,
            state=behaviours.finish_item(attempt.quiz.behaviour, attempt_item.item, attempt_item.state),
            submitted_at=attempt_item.submitted_at or now,
            saved_at=attempt_item.saved_at or now,
        )
        for attempt_item in attempt.items
    ]
    old = attempt.summary
    points = round(sum(graded.state.points or 0.0 for graded in items), 9)
    passed = None if old.is_practice else passes(points, old.max_points, attempt.quiz.pass_mark)
    summary = replace(
        old, state=FINISHED, seq=old.seq + 1, last_save=None, finished_at=now, points=points, passed=passed
    )
    return AttemptDetail(summary, attempt.quiz, tuple(replace(graded, summary=summary) for graded in items))
