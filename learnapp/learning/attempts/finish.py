"""Finishing an attempt: one result, however often and from wherever the button is pressed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam

from learnapp.db import AnySession, begin_write, execute, table_of
from learnapp.learning.attempts.saving import store_answers
from learnapp.learning.attempts.store import Sheet, Slot, attempt_sheet, locked_sheet
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


def finish_attempt(session: AnySession, user_id: int, attempt_id: int, now: datetime) -> Sheet:
    """Grade what is not graded yet, keep the one result and grow the progress; a finished one stays as it is.

    An unanswered item earns nothing. A result counts for the lesson unless it is practice of what was missed.
    Raises AttemptNotFound, and AttemptClosed for an attempt that was set aside.
    """
    sheet = attempt_sheet(session, user_id, attempt_id)
    if sheet.head.finished:
        return sheet
    begin_write(session)
    # Every writer locks the lesson's progress before its attempts, so that no two wait for each other.
    get_or_create_locked(session, user_id, sheet.head.lesson)
    sheet = locked_sheet(session, user_id, attempt_id)
    if sheet.head.finished:
        return sheet
    if sheet.head.state == ASIDE:
        raise AttemptClosed(attempt_id, ASIDE)
    return _store(session, graded(sheet, now), now)


def graded(sheet: Sheet, now: datetime) -> Sheet:
    """Return the sheet as it is once finished. Pure."""
    slots = tuple(_closed(slot, now) for slot in sheet.slots)
    points = round(sum(slot.state.points or 0.0 for slot in slots), 9)
    passed = passes(points, sheet.head.max_points, sheet.form.pass_mark) if sheet.head.counts else None
    head = replace(
        sheet.head,
        state=FINISHED,
        seq=sheet.head.seq + 1,
        last_save=None,
        finished_at=now,
        points=points,
        passed=passed,
    )
    return Sheet(head, sheet.form, tuple(replace(slot, head=head) for slot in slots))


def _closed(slot: Slot, now: datetime) -> Slot:
    state = behaviours.finish(slot.form.behaviour, slot.item, slot.state)
    return replace(slot, state=state, submitted_at=slot.submitted_at or now, saved_at=slot.saved_at or now)


def _store(session: AnySession, sheet: Sheet, now: datetime) -> Sheet:
    head = sheet.head
    values = {"of_attempt": head.id, "now": now, "earned": head.points, "has_passed": head.passed}
    if execute(session, _FINISH, values).rowcount != 1:
        raise AttemptClosed(head.id, FINISHED)
    store_answers(session, [slot for slot in sheet.slots if slot.submitted_at == now])
    if head.counts:
        points, passed = head.points or 0.0, bool(head.passed)

        def counted(state: LessonState) -> LessonState:
            return after_result(state, points, head.max_points, passed, now)

        record_step(session, head.user_id, head.lesson, counted)
    return sheet
