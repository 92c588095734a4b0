"""Finishing an attempt: one result, however often and from wherever the button is pressed."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import update

from learnapp.db import AnySession, begin_write, execute
from learnapp.learning.attempts.store import attempt_detail, locked_attempt, store_answers
from learnapp.learning.attempts.values import AttemptDetail, AttemptItem
from learnapp.learning.errors import AttemptClosed
from learnapp.learning.models import ASIDE, FINISHED, OPEN, Attempt
from learnapp.learning.progress.rules import LessonState, after_result, passes
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
    attempt = locked_attempt(session, user_id, attempt_id)
    if attempt.summary.finished:
        return attempt
    if attempt.summary.state == ASIDE:
        raise AttemptClosed(attempt_id, ASIDE)
    attempt = grade_attempt(attempt, now)
    _store(session, attempt, now)
    return attempt


def grade_attempt(attempt: AttemptDetail, now: datetime) -> AttemptDetail:
    """Return the attempt as it is once finished. Pure."""
    items = [_closed(one, now) for one in attempt.items]
    old = attempt.summary
    points = round(sum(one.state.points or 0.0 for one in items), 9)
    passed = passes(points, old.max_points, attempt.quiz.pass_mark) if old.counts else None
    summary = replace(
        old, state=FINISHED, seq=old.seq + 1, last_save=None, finished_at=now, points=points, passed=passed
    )
    return AttemptDetail(summary, attempt.quiz, tuple(replace(one, summary=summary) for one in items))


def _closed(one: AttemptItem, now: datetime) -> AttemptItem:
    state = behaviours.finish_item(one.quiz.behaviour, one.item, one.state)
    return replace(one, state=state, submitted_at=one.submitted_at or now, saved_at=one.saved_at or now)


def _store(session: AnySession, attempt: AttemptDetail, now: datetime) -> None:
    summary = attempt.summary
    statement = update(Attempt).where(Attempt.id == summary.id, Attempt.state == OPEN)
    names = ("state", "seq", "last_save", "finished_at", "points", "passed")
    if execute(session, statement, {name: getattr(summary, name) for name in names}).rowcount != 1:
        raise AttemptClosed(summary.id, FINISHED)
    store_answers(session, [one for one in attempt.items if one.submitted_at == now])
    if summary.counts:
        points, most, passed = summary.points or 0.0, summary.max_points, bool(summary.passed)

        def rule(state: LessonState) -> LessonState:
            return after_result(state, points, most, passed, now)

        update_and_announce(session, summary.user_id, summary.lesson, rule)
