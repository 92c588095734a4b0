"""Finishing an attempt: one result, however often and from wherever the button is pressed."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update

from learnapp.database.db import AnySession, begin_write
from learnapp.learning.attempts.store import attempt_detail, store_responses
from learnapp.learning.attempts.values import AttemptDetail, AttemptItem
from learnapp.learning.errors import AttemptClosed, QuizSealed
from learnapp.learning.models import FINISHED, Attempt
from learnapp.learning.other_quizzes import require_not_over
from learnapp.learning.progress.rules import after_result, passes
from learnapp.learning.progress.service import get_or_create_locked, update_and_announce
from learnapp.quiz import behaviours
from learnapp.quiz.quiz import QuizVersion


def finish_attempt(session: AnySession, user_id: int, attempt_id: int, now: datetime) -> AttemptDetail:
    """Grade what is not graded yet, keep the one result and grow the progress; a finished one stays as it is.

    An unanswered item earns nothing. A result counts for the lesson unless it is practice of what was missed.
    Raises AttemptNotFound, AttemptClosed for an attempt that was set aside, AttemptOver, and QuizSealed.
    """
    attempt = attempt_detail(session, user_id, attempt_id)
    if attempt.summary.sealed:
        raise QuizSealed(attempt.summary.lesson)
    if attempt.summary.finished:
        return attempt
    attempt = lock_attempt(session, attempt)
    if attempt.summary.finished:
        return attempt
    if not attempt.summary.open:
        raise AttemptClosed(f"attempt {attempt_id} is {attempt.summary.state}")
    require_not_over(attempt.summary, now)
    graded = grade_attempt(attempt, now)
    store_result(session, attempt, graded, now)
    return graded


def lock_attempt(session: AnySession, attempt: AttemptDetail) -> AttemptDetail:
    """Keep others from changing an attempt until the transaction ends, and return it as it is now."""
    summary = attempt.summary
    begin_write(session)
    # Every writer locks the lesson's progress before its attempts, so that no two wait for each other.
    get_or_create_locked(session, summary.user_id, summary.lesson)
    # Lock first, then read: PostgreSQL would join the locked row with answers older than it.
    session.execute(select(Attempt.id).where(Attempt.id == summary.id).with_for_update())
    return attempt_detail(session, summary.user_id, summary.id)


def store_result(session: AnySession, attempt: AttemptDetail, graded: AttemptDetail, at: datetime) -> None:
    """Store the result of a locked attempt as one of that moment, grow the progress, and announce a complete lesson."""
    summary = graded.summary
    names = ("state", "seq", "last_save", "finished_at", "points", "passed")
    result = update(Attempt).where(Attempt.id == summary.id)
    session.execute(result.values({name: getattr(summary, name) for name in names}))
    pairs = zip(attempt.items, graded.items, strict=True)
    store_responses(session, (after for before, after in pairs if before.submitted_at is None))
    if summary.passed is not None:
        points, passed = summary.points or 0.0, summary.passed
        update_and_announce(
            session,
            summary.user_id,
            summary.lesson,
            lambda state: after_result(state, points, summary.max_points, passed, at),
        )


def grade_attempt(attempt: AttemptDetail, now: datetime) -> AttemptDetail:
    """Return the attempt as it is once finished; practice neither passes nor fails. Pure."""
    items = [
        replace(
            attempt_item,
            state=behaviours.finish_item(attempt.behaviour, attempt_item.item, attempt_item.state),
            submitted_at=attempt_item.submitted_at or now,
            saved_at=attempt_item.saved_at or now,
        )
        for attempt_item in attempt.items
    ]
    return with_result(attempt, items, now)


def with_result(attempt: AttemptDetail, graded: list[AttemptItem], at: datetime) -> AttemptDetail:
    """Return the attempt as finished at a moment with these items, which are graded. Pure."""
    old = attempt.summary
    points = round(sum(item.state.points or 0.0 for item in graded), 9)
    passed = None if old.is_practice else _passes(attempt.quiz, graded, points)
    summary = replace(
        old, state=FINISHED, seq=old.seq + 1, last_save=None, finished_at=at, points=points, passed=passed, sealed=False
    )
    return replace(attempt, summary=summary, items=tuple(replace(item, summary=summary) for item in graded))


def _passes(quiz: QuizVersion, graded: list[AttemptItem], points: float) -> bool:
    if quiz.strata:
        return quiz.form_passes({item.item.id: item.state.points or 0.0 for item in graded})
    return passes(points, len(graded), quiz.pass_mark)
