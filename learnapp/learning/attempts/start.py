"""Starting an attempt: one is open a learner and lesson, whatever is pressed or raced.

Another kind of attempt than the open one (the short quiz instead of the main one, practice instead of a
retake) sets the open one aside. Nothing of it is lost: starting its kind again takes it up where it was left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.exc import IntegrityError

from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.catalog import Lesson
from learnapp.db import AnySession, begin_write, table_of
from learnapp.learning.attempts.revisions import pin, pinned_quiz
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.errors import (
    AttemptKeptBack,
    LessonKeptBack,
    NoShortVersion,
    NotFinished,
    NothingMissed,
)
from learnapp.learning.models import ASIDE, MAIN, MISSED, OPEN, SHORT, Attempt
from learnapp.learning.progress.lesson_progress import LessonProgress, require_open
from learnapp.learning.progress.service import get_or_create_locked
from learnapp.quiz.quiz import QuizForm
from learnapp.quiz.selection import select as select_items

_ATTEMPTS = table_of(Attempt)
_WAITING = (
    select(*(_ATTEMPTS.c[name] for name in ("id", "kind", "state", "revision", "item_ids")))
    .where(
        _ATTEMPTS.c.user_id == bindparam("user"),
        _ATTEMPTS.c.lesson == bindparam("lesson"),
        _ATTEMPTS.c.state.in_((OPEN, ASIDE)),
    )
    .order_by(_ATTEMPTS.c.saved_at.desc(), _ATTEMPTS.c.id.desc())
    .with_for_update()
)
_PUT = _ATTEMPTS.update().where(_ATTEMPTS.c.id == bindparam("of")).values(state=bindparam("to"))
_INSERT = _ATTEMPTS.insert().returning(_ATTEMPTS.c.id)


@dataclass(frozen=True, slots=True)
class Started:
    """The attempt to go to; `resumed` tells that it was begun before."""

    attempt_id: int
    kind: str
    resumed: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The attempt that is wanted: whose, at what, by which quiz, with which items, within which reach."""

    user_id: int
    lesson: str
    kind: str
    form: QuizForm
    item_ids: tuple[str, ...]
    seed: int
    access: AgeAccess

    def fits(self, kind: str, revision: str, item_ids: list[str]) -> bool:
        """Tell whether an unfinished attempt is the wanted one: of its kind, practice also of its items."""
        if self.kind != MISSED:
            return kind == self.kind
        return kind == MISSED and revision == self.form.revision and tuple(item_ids) == self.item_ids


def start_attempt(
    session: AnySession, user_id: int, progress: LessonProgress, kind: str, seed: int, now: datetime
) -> Started:
    """Begin the lesson's main or short quiz, or go on with the unfinished attempt of that kind.

    Items beyond the reach of the learner's age band are not asked; the pass mark holds for those that are.
    Raises LessonClosed, LessonKeptBack, NoShortVersion, and ValueError for another kind.
    """
    require_open(progress)
    form, access = _form(progress.lesson, kind), progress.access
    if progress.attempt is not None and progress.attempt.kind == kind and not access.withheld:
        return Started(progress.attempt.id, kind, resumed=True)
    allowed = access.items(form)
    if not allowed:
        raise LessonKeptBack(progress.lesson)
    items = select_items(allowed, form.revision, seed, form.count, form.shuffle_items)
    ids = tuple(item.id for item in items)
    return _open(session, Plan(user_id, progress.lesson.key, kind, form, ids, seed, access), now)


def start_missed(
    session: AnySession,
    user_id: int,
    attempt_id: int,
    seed: int,
    now: datetime,
    access: AgeAccess = FULL_ACCESS,
) -> Started:
    """Begin an attempt from the items of a finished one that lack full marks; practice, it does not count.

    It keeps the finished attempt's pinned quiz, and leaves out items beyond the reach of the age band.
    Raises AttemptNotFound, NotFinished, AttemptKeptBack, NothingMissed.
    """
    attempt = attempt_detail(session, user_id, attempt_id)
    if not attempt.summary.finished:
        raise NotFinished
    if attempt.summary.lesson in access.closed:
        raise AttemptKeptBack(attempt.summary.lesson)
    allowed = access.shown_items(attempt.summary.lesson, attempt.form)
    missed = tuple(item_id for item_id in attempt.missed if item_id in allowed)
    if not missed:
        raise NothingMissed
    return _open(
        session, Plan(user_id, attempt.summary.lesson, MISSED, attempt.form, missed, seed, access), now
    )


def _form(lesson: Lesson, kind: str) -> QuizForm:
    if kind == MAIN:
        return lesson.quiz
    if kind != SHORT:
        raise ValueError(f"no such kind of attempt to start: {kind}")
    if lesson.short_quiz is None:
        raise NoShortVersion(lesson.key)
    return lesson.short_quiz


def _open(session: AnySession, plan: Plan, now: datetime) -> Started:
    """Take up the wanted attempt or make it, with every other one of the lesson out of its way."""
    begin_write(session)
    get_or_create_locked(session, plan.user_id, plan.lesson)
    waiting = _waiting(session, plan.user_id, plan.lesson)
    known = next((row.id for row in waiting if _takes_up(session, plan, row)), None)
    for row in waiting:
        if row.state == OPEN and row.id != known:
            session.execute(_PUT, {"of": row.id, "to": ASIDE})
    if known is not None:
        session.execute(_PUT, {"of": known, "to": OPEN})
        return Started(known, plan.kind, resumed=True)
    pin(session, plan.lesson, plan.form, now)
    try:
        with session.begin_nested():
            made = session.execute(_INSERT, _row(plan, now)).scalar_one()
    except IntegrityError:
        # Somebody opened one between our look and our insert; one is enough, so go to theirs.
        theirs = _waiting(session, plan.user_id, plan.lesson)
        opened = next(row for row in theirs if row.state == OPEN)
        return Started(opened.id, opened.kind, resumed=True)
    return Started(made, plan.kind, resumed=False)


def _takes_up(session: AnySession, plan: Plan, row: Row[Any]) -> bool:
    """Tell whether an unfinished attempt is wanted; one begun under another age band may hold too much."""
    if not plan.fits(row.kind, row.revision, row.item_ids):
        return False
    return not plan.access.withheld or plan.access.can_show_items(
        plan.lesson, pinned_quiz(session, row.revision), row.item_ids
    )


def _waiting(session: AnySession, user_id: int, lesson: str) -> Sequence[Row[Any]]:
    """Return the unfinished attempts at a lesson, locked, the one saved last first."""
    return session.execute(_WAITING, {"user": user_id, "lesson": lesson}).all()


def _row(plan: Plan, now: datetime) -> dict[str, object]:
    return {
        "user_id": plan.user_id,
        "lesson": plan.lesson,
        "kind": plan.kind,
        "state": OPEN,
        "revision": plan.form.revision,
        "item_ids": list(plan.item_ids),
        "seed": plan.seed,
        "seq": 0,
        "current_item": plan.item_ids[0],
        "started_at": now,
        "saved_at": now,
        "max_points": float(len(plan.item_ids)),
    }
