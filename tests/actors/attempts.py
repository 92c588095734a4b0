"""A learner who takes a quiz, by the services alone: begins it, answers its items right or wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from learnapp.content.catalog import Lesson
from learnapp.learning.attempts.answer import Submission, check_answer, save_answer
from learnapp.learning.attempts.start import start_attempt
from learnapp.learning.attempts.store import Sheet, Slot, answer_slot, attempt_sheet
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.queries import course_progress
from tests.courses.tea import course, lesson
from tests.factories.base import NOON
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
) -> Sheet:
    """Start a quiz, commit, and return it."""
    one = one or lesson()
    started = start_attempt(session, user_id, progress_of(session, user_id, one), kind, SEED, now)
    session.commit()
    return attempt_sheet(session, user_id, started.attempt_id)


def giving(slot: Slot, data: dict[str, Any]) -> Submission:
    """Return a submission of this answer, written as it is stored."""
    return Submission(slot.item.parse_stored(data))


def answer_of(slot: Slot) -> dict[str, Any] | None:
    """Return the answer of a slot as it is stored."""
    return slot.state.response.to_json() if slot.state.response else None


def right(slot: Slot) -> Submission:
    """Return the full answer, as the browser of this learner would send it."""
    return giving(slot, KEYS[slot.item.type])


def wrong(slot: Slot) -> Submission:
    return giving(slot, WRONG[slot.item.type])


def save(session: AnySession, slot: Slot, given: Submission, now: datetime = NOON) -> Slot:
    """Save an answer as a page that is up to date does."""
    saved = save_answer(session, slot, given, slot.head.seq, now)
    session.commit()
    return saved


def check(session: AnySession, slot: Slot, given: Submission, now: datetime = NOON) -> Slot:
    checked = check_answer(session, slot, given, slot.head.seq, now)
    session.commit()
    return checked


def answer_all(
    session: AnySession, sheet: Sheet, how: Callable[[Slot], Submission] = right, *, but: tuple[str, ...] = ()
) -> None:
    """Check every item, right unless told otherwise; the ones named in `but` wrong."""
    for each in sheet.slots:
        slot = slot_of(session, sheet, each.item.id)
        check(session, slot, wrong(slot) if each.item.id in but else how(slot))


def slot_of(session: AnySession, sheet: Sheet, item_id: str = "tea-single") -> Slot:
    """Read an item anew."""
    session.rollback()
    return answer_slot(session, sheet.head.user_id, sheet.head.id, item_id)


def count(session: AnySession, table: type, **of: int) -> int:
    """Return how many rows a table has, or how many of them have these values."""
    return session.scalar(select(func.count()).select_from(table).filter_by(**of)) or 0
