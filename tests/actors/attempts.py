"""A learner who takes a quiz, by the services alone: begins it, answers its items right or wrong."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from learnapp.content.catalog import Lesson
from learnapp.learning.attempts.answer import AnswerResult, Submission, take_action
from learnapp.learning.attempts.start import start_attempt
from learnapp.learning.attempts.store import attempt_detail, find_attempt_item
from learnapp.learning.attempts.values import AttemptDetail, AttemptItem, PresentedItem
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.service import course_progress
from tests.courses.tea import course, lesson
from tests.factories.base import NOON
from tests.quiz.answers import as_stored
from tests.quiz.samples import KEYS

MINUTE = timedelta(minutes=1)
SEED = 20261121

Db = scoped_session[Session]
AnySession = Session | Db

WRONG: dict[str, dict[str, Any]] = {
    "single": {"choice": 0},
    "multiple": {"choices": [1]},
    "true-false": {"verdict": True, "reason": 0},
    "numeric": {"value": "2"},
    "matching": {"matches": {"0": 3, "1": 0, "2": 1}},
    "ordering": {"order": [3, 2, 1, 0]},
    "cloze": {"blanks": ["sand", "air"]},
    "categorise": {"categories": {"0": 1, "1": 0, "2": 1}},
    "scenario": {"replies": [2]},
}


def progress_of(session: AnySession, user_id: int, one: Lesson) -> LessonProgress:
    return course_progress(session, course(one), user_id).of(one)


def begin(
    session: AnySession, user_id: int, one: Lesson | None = None, kind: str = "main", now: datetime = NOON
) -> AttemptDetail:
    """Start a quiz, commit, and return it."""
    one = one or lesson()
    started = start_attempt(session, user_id, progress_of(session, user_id, one), kind, SEED, now)
    session.commit()
    return attempt_detail(session, user_id, started)


def giving(presented_item: PresentedItem, data: dict[str, Any]) -> Submission:
    """Return a submission of this answer, written as it is stored."""
    return Submission(presented_item.item.parse_stored(data))


def answer_of(presented_item: PresentedItem) -> dict[str, Any] | None:
    """Return the stored answer of an item."""
    response = presented_item.state.response
    return as_stored(presented_item.item, response) if response else None


def right(presented_item: PresentedItem) -> Submission:
    """Return the full answer, as the browser of this learner would send it."""
    return giving(presented_item, KEYS[presented_item.item.type])


def wrong(presented_item: PresentedItem) -> Submission:
    return giving(presented_item, WRONG[presented_item.item.type])


def save_answer(
    session: AnySession, attempt_item: AttemptItem, given: Submission, seq: int, now: datetime
) -> AttemptItem:
    return take_action(session, attempt_item, "save", given, seq, now).item


def check_answer(
    session: AnySession, attempt_item: AttemptItem, given: Submission, seq: int, now: datetime
) -> AnswerResult:
    return take_action(session, attempt_item, "check", given, seq, now)


def take_hint(
    session: AnySession, attempt_item: AttemptItem, given: Submission, seq: int, now: datetime
) -> AttemptItem:
    return take_action(session, attempt_item, "hint", given, seq, now).item


def save(session: AnySession, attempt_item: AttemptItem, given: Submission, now: datetime = NOON) -> AttemptItem:
    """Save an answer as a page that is up to date does."""
    saved = save_answer(session, attempt_item, given, attempt_item.summary.seq, now)
    session.commit()
    return saved


def check(session: AnySession, attempt_item: AttemptItem, given: Submission, now: datetime = NOON) -> AttemptItem:
    checked = check_answer(session, attempt_item, given, attempt_item.summary.seq, now)
    session.commit()
    assert not checked.missing
    return checked.item


def answer_all(
    session: AnySession,
    attempt: AttemptDetail,
    how: Callable[[AttemptItem], Submission] = right,
    *,
    but: tuple[str, ...] = (),
) -> None:
    """Check every item, right unless told otherwise; the ones named in `but` wrong."""
    for each in attempt.items:
        attempt_item = stored_item(session, attempt, each.item.id)
        check(session, attempt_item, wrong(attempt_item) if each.item.id in but else how(attempt_item))


def answered(attempt: AttemptDetail) -> int:
    """Return how many items have an answer."""
    return sum(attempt_item.answered for attempt_item in attempt.items)


def stored_item(session: AnySession, attempt: AttemptDetail, item_id: str = "tea-single") -> AttemptItem:
    """Read an item anew."""
    session.rollback()
    return find_attempt_item(session, attempt.summary.user_id, attempt.summary.id, item_id)


def count(session: AnySession, table: type, **of: int) -> int:
    """Return how many rows a table has, or how many of them have these values."""
    return session.scalar(select(func.count()).select_from(table).filter_by(**of)) or 0
