"""Starting an attempt: one is open a learner and lesson, whatever is pressed or raced.

Another kind of attempt than the open one (the short quiz instead of the main one, practice instead of a
retake) sets the open one aside. Nothing of it is lost: starting its kind again takes it up where it was left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Row, select, update
from sqlalchemy.exc import IntegrityError

from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.catalog import Lesson
from learnapp.db import AnySession, begin_write
from learnapp.learning import errors
from learnapp.learning.attempts.revisions import pin, pinned_quiz
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.models import ASIDE, MAIN, MISSED, OPEN, SHORT, Attempt
from learnapp.learning.progress.lesson_progress import LessonProgress, require_open
from learnapp.learning.progress.service import get_or_create_locked
from learnapp.quiz.quiz import QuizVersion
from learnapp.quiz.selection import select as select_items

# The id, kind, state, revision and item ids of an unfinished attempt.
UnfinishedRow: TypeAlias = "Row[int, str, str, str, list[str]]"


@dataclass(frozen=True, slots=True)
class StartedAttempt:
    """The attempt to go to; `resumed` tells that it was begun before."""

    attempt_id: int
    kind: str
    resumed: bool


def start_attempt(
    session: AnySession, user_id: int, progress: LessonProgress, kind: str, seed: int, now: datetime
) -> StartedAttempt:
    """Begin the lesson's main or short quiz, or go on with the unfinished attempt of that kind.

    Items beyond the reach of the learner's age band are not asked; the pass mark holds for those that are.
    Raises LessonClosed, LessonKeptBack, NoShortVersion, and ValueError for another kind.
    """
    require_open(progress)
    quiz, access = _quiz(progress.lesson, kind), progress.access
    if progress.attempt is not None and progress.attempt.kind == kind and not access.withheld:
        return StartedAttempt(progress.attempt.id, kind, resumed=True)
    allowed = access.items(quiz)
    if not allowed:
        raise errors.LessonKeptBack(progress.lesson)
    items = select_items(allowed, quiz.revision, seed, quiz.count, quiz.shuffle_items)
    ids = [item.id for item in items]
    wanted = _new_attempt(user_id, progress.lesson.key, kind, quiz, ids, seed, now)
    return _open(session, wanted, quiz, access)


def start_missed(
    session: AnySession, user_id: int, attempt_id: int, seed: int, now: datetime, access: AgeAccess = FULL_ACCESS
) -> StartedAttempt:
    """Begin an attempt from the items of a finished one that lack full marks; practice, it does not count.

    It keeps the finished attempt's pinned quiz, and leaves out items beyond the reach of the age band.
    Raises AttemptNotFound, NotFinished, AttemptKeptBack, NothingMissed.
    """
    attempt = attempt_detail(session, user_id, attempt_id)
    if not attempt.summary.finished:
        raise errors.NotFinished
    if attempt.summary.lesson in access.closed:
        raise errors.AttemptKeptBack(attempt.summary.lesson)
    allowed = access.shown_items(attempt.summary.lesson, attempt.quiz)
    missed = [item_id for item_id in attempt.missed if item_id in allowed]
    if not missed:
        raise errors.NothingMissed
    wanted = _new_attempt(user_id, attempt.summary.lesson, MISSED, attempt.quiz, missed, seed, now)
    return _open(session, wanted, attempt.quiz, access)


def _quiz(lesson: Lesson, kind: str) -> QuizVersion:
    if kind == MAIN:
        return lesson.quiz
    if kind != SHORT:
        raise ValueError(f"no such kind of attempt to start: {kind}")
    if lesson.short_quiz is None:
        raise errors.NoShortVersion(lesson.key)
    return lesson.short_quiz


def _new_attempt(
    user_id: int, lesson: str, kind: str, quiz: QuizVersion, item_ids: list[str], seed: int, now: datetime
) -> Attempt:
    return Attempt(
        user_id=user_id,
        lesson=lesson,
        kind=kind,
        revision=quiz.revision,
        item_ids=item_ids,
        seed=seed,
        current_item=item_ids[0],
        started_at=now,
        saved_at=now,
        max_points=float(len(item_ids)),
    )


def _open(session: AnySession, wanted: Attempt, quiz: QuizVersion, access: AgeAccess) -> StartedAttempt:
    """Take up the wanted attempt or store it, with every other one of the lesson out of its way."""
    begin_write(session)
    get_or_create_locked(session, wanted.user_id, wanted.lesson)
    waiting = _unfinished(session, wanted.user_id, wanted.lesson)
    known = next((row.id for row in waiting if _can_resume(session, wanted, access, row)), None)
    for row in waiting:
        if row.state == OPEN and row.id != known:
            session.execute(update(Attempt).where(Attempt.id == row.id).values(state=ASIDE))
    if known is not None:
        session.execute(update(Attempt).where(Attempt.id == known).values(state=OPEN))
        return StartedAttempt(known, wanted.kind, resumed=True)
    pin(session, wanted.lesson, quiz, wanted.started_at)
    try:
        with session.begin_nested():
            session.add(wanted)
    except IntegrityError:
        # Somebody opened one between our look and our insert; one is enough, so go to theirs.
        theirs = next(row for row in _unfinished(session, wanted.user_id, wanted.lesson) if row.state == OPEN)
        return StartedAttempt(theirs.id, theirs.kind, resumed=True)
    return StartedAttempt(wanted.id, wanted.kind, resumed=False)


def _can_resume(session: AnySession, wanted: Attempt, access: AgeAccess, row: UnfinishedRow) -> bool:
    """Tell whether an unfinished attempt is the wanted one: of its kind, practice also of its items.

    One begun under another age band may hold too much.
    """
    if row.kind != wanted.kind:
        return False
    if row.kind == MISSED and (row.revision, row.item_ids) != (wanted.revision, wanted.item_ids):
        return False
    if not access.withheld:
        return True
    return access.can_show_items(wanted.lesson, pinned_quiz(session, row.revision), row.item_ids)


def _unfinished(session: AnySession, user_id: int, lesson: str) -> Sequence[UnfinishedRow]:
    """Return the unfinished attempts at a lesson, locked, the one saved last first."""
    statement = (
        select(Attempt.id, Attempt.kind, Attempt.state, Attempt.revision, Attempt.item_ids)
        .where(Attempt.user_id == user_id, Attempt.lesson == lesson, Attempt.state.in_((OPEN, ASIDE)))
        .order_by(Attempt.saved_at.desc(), Attempt.id.desc())
    )
    return session.execute(statement.with_for_update()).all()
