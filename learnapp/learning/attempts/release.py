"""Results that wait: a deferred attempt is handed in without being graded, and graded when results are due.

Nothing happens by itself at that moment: whoever reads next has it done, once, however many read at once. What was
answered counts as submitted when it was saved.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update

from learnapp.database.db import AnySession, begin_write
from learnapp.learning.attempts.finish import lock_attempt, store_result, with_result
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.attempts.values import AttemptDetail, AttemptItem
from learnapp.learning.models import FINISHED, HANDED_IN, OPEN, Attempt
from learnapp.learning.terms import Terms, find_terms
from learnapp.quiz import behaviours


def hand_in(session: AnySession, user_id: int, attempt_id: int, now: datetime) -> None:
    """Let an open deferred attempt take no more answers; any other stays as it is."""
    begin_write(session)
    own = (Attempt.id == attempt_id) & (Attempt.user_id == user_id) & (Attempt.state == OPEN) & Attempt.deferred
    ended = {"state": HANDED_IN, "seq": Attempt.seq + 1, "last_save": None, "saved_at": now}
    session.execute(update(Attempt).where(own).values(ended))


def release_results(session: AnySession, user_ids: Iterable[int], now: datetime) -> bool:
    """Give these people all results that are due by their terms, and tell whether there were any.

    Where none is due nothing is written.
    """
    waiting = select(Attempt.user_id, Attempt.id, Attempt.lesson).where(
        Attempt.user_id.in_(list(user_ids)), Attempt.deferred, Attempt.state != FINISHED
    )
    found = session.execute(waiting.order_by(Attempt.user_id, Attempt.id)).all()
    terms = find_terms(session, {user_id for user_id, _attempt, _lesson in found}, now) if found else {}
    given = False
    for user_id, attempt_id, lesson in found:
        of_lesson = terms[user_id].get(lesson)
        if of_lesson is None or not of_lesson.waits(now):
            _release(session, attempt_detail(session, user_id, attempt_id), of_lesson)
            given = True
    return given


def grade_deferred(attempt: AttemptDetail) -> AttemptDetail | None:
    """Return a deferred attempt as finished, with every answer that was saved; None where there is none. Pure.

    It was finished as it was handed in, else as its last answer was saved. No date decides here: what counts is worked
    out by whoever asks for the quiz, so that a date that was changed by mistake can be changed back.
    """
    saved = [item.saved_at for item in attempt.items if item.answered and item.saved_at]
    summary = attempt.summary
    if not saved and not summary.handed_in:
        return None
    at = summary.saved_at if summary.handed_in else max(saved)
    return with_result(attempt, [_graded(item, at) for item in attempt.items], at)


def _release(session: AnySession, attempt: AttemptDetail, terms: Terms | None) -> None:
    """Grade a deferred attempt; one that is open where nothing makes it wait any more goes on as an ordinary one."""
    attempt = lock_attempt(session, attempt)
    summary = attempt.summary
    if summary.finished or not summary.deferred:
        return
    graded = grade_deferred(attempt) if terms or summary.handed_in else None
    if graded is None:
        session.execute(update(Attempt).where(Attempt.id == summary.id).values(deferred=False))
    else:
        store_result(session, attempt, graded, graded.summary.finished_at or summary.saved_at)


def _graded(item: AttemptItem, at: datetime) -> AttemptItem:
    state = behaviours.finish_item("deferred", item.item, item.state)
    at = item.saved_at if item.answered and item.saved_at else at
    return replace(item, state=state, submitted_at=at, saved_at=item.saved_at or at)
