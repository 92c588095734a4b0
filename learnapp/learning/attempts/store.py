"""Attempts in the database: read with their pinned quiz and their answers, and written by a save.

Somebody else's attempt answers as a missing one does. A save is two statements: the attempt moves on by one,
and the answer is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from learnapp.db import AnySession, Insert, begin_write, execute, insert_for_dialect, table_of
from learnapp.learning.attempts.revisions import PARSED, pinned_quiz
from learnapp.learning.attempts.values import AttemptDetail, AttemptItem, AttemptSummary
from learnapp.learning.errors import AttemptNotFound
from learnapp.learning.models import OPEN, SHORT, Attempt, Response
from learnapp.quiz.behaviours import ItemState
from learnapp.quiz.item import Item
from learnapp.quiz.quiz import QuizForm

LARGEST_ID = 2**31 - 1

_ATTEMPTS, _RESPONSES = table_of(Attempt), table_of(Response)
_NAMES = tuple(field.name for field in fields(AttemptSummary))
_SUMMARY = tuple(_ATTEMPTS.c[name] for name in _NAMES)
_ITEM_IDS = _NAMES.index("item_ids")
_ANSWER = (
    _RESPONSES.c.item_id,
    _RESPONSES.c.response,
    _RESPONSES.c.flagged,
    _RESPONSES.c.certainty,
    _RESPONSES.c.tries,
    _RESPONSES.c.hints,
    _RESPONSES.c.submitted_at,
    _RESPONSES.c.points,
    _RESPONSES.c.checked,
    _RESPONSES.c.saved_at,
)
_OWN = and_(_ATTEMPTS.c.id == bindparam("attempt"), _ATTEMPTS.c.user_id == bindparam("user"))
_OF_IT = _RESPONSES.c.attempt_id == _ATTEMPTS.c.id
_OF_ITEM = and_(_OF_IT, _RESPONSES.c.item_id == bindparam("item"))
_BOTH = select(*_SUMMARY, *_ANSWER).where(_OWN)
_ALL_ITEMS = _BOTH.select_from(_ATTEMPTS.outerjoin(_RESPONSES, _OF_IT))
_ONE_ITEM = _BOTH.select_from(_ATTEMPTS.outerjoin(_RESPONSES, _OF_ITEM))
_LOCK_ATTEMPT = select(_ATTEMPTS.c.id).where(_OWN).with_for_update()
_MINE = select(*_SUMMARY).where(_ATTEMPTS.c.user_id == bindparam("user")).order_by(_ATTEMPTS.c.id.desc())
_OF_LESSON = _MINE.where(_ATTEMPTS.c.lesson == bindparam("lesson"))
# Sets the columns that are named when it is run.
_ADVANCE = _ATTEMPTS.update().where(
    _ATTEMPTS.c.id == bindparam("of_attempt"),
    _ATTEMPTS.c.user_id == bindparam("of_user"),
    _ATTEMPTS.c.seq == bindparam("of_seq"),
    _ATTEMPTS.c.state == OPEN,
)


def attempt_detail(session: AnySession, user_id: int, attempt_id: int) -> AttemptDetail:
    """Return the learner's own attempt with every answer, in one query.

    Raises AttemptNotFound when there is none or it is somebody else's.
    """
    rows = execute(session, _ALL_ITEMS, {"attempt": _fitting(attempt_id), "user": user_id}).all()
    if not rows:
        raise AttemptNotFound
    summary = _summary(rows[0])
    form = PARSED.get(summary.revision) or pinned_quiz(session, summary.revision)
    answers = {row[len(_SUMMARY)]: row for row in rows}
    attempt_items = (
        _attempt_item(summary, form, _item(form, item_id), number, answers.get(item_id))
        for number, item_id in enumerate(summary.item_ids, start=1)
    )
    return AttemptDetail(summary, form, tuple(attempt_items))


def locked_attempt(session: AnySession, user_id: int, attempt_id: int) -> AttemptDetail:
    """Return the attempt and keep others from changing it; call begin_write first."""
    # Lock first, then read: PostgreSQL would join the locked row with answers older than it.
    execute(session, _LOCK_ATTEMPT, {"attempt": _fitting(attempt_id), "user": user_id})
    return attempt_detail(session, user_id, attempt_id)


def find_attempt_item(session: AnySession, user_id: int, attempt_id: int, item_id: str) -> AttemptItem:
    """Return one item of the learner's own attempt, in one query: what a save starts from.

    Raises AttemptNotFound when attempt or item is missing or the attempt is somebody else's.
    """
    if not item_id.isprintable():  # no id of an item, and PostgreSQL takes no NUL
        raise AttemptNotFound
    key = {"attempt": _fitting(attempt_id), "user": user_id, "item": item_id}
    row = execute(session, _ONE_ITEM, key).one_or_none()
    if row is None:
        raise AttemptNotFound
    summary = _summary(row)
    if item_id not in summary.item_ids:
        raise AttemptNotFound
    form = PARSED.get(summary.revision) or pinned_quiz(session, summary.revision)
    return _attempt_item(summary, form, _item(form, item_id), summary.item_ids.index(item_id) + 1, row)


def attempts_of_lesson(session: AnySession, user_id: int, lesson: str) -> tuple[AttemptSummary, ...]:
    """Return all attempts of this learner at this lesson's quizzes, newest first, open ones included."""
    return tuple(_summary(row) for row in execute(session, _OF_LESSON, {"user": user_id, "lesson": lesson}))


def store_response(session: AnySession, attempt_item: AttemptItem) -> bool:
    """Store an item that is one save further than its attempt; tell whether nobody was faster.

    When somebody was, nothing has changed, and the write transaction is still open.
    """
    summary, row = attempt_item.summary, _row(attempt_item)
    values = {
        "of_attempt": summary.id,
        "of_user": summary.user_id,
        "of_seq": summary.seq - 1,
        "seq": summary.seq,
        "last_save": summary.last_save,
        "current_item": summary.current_item,
        "saved_at": summary.saved_at,
    }
    begin_write(session)
    connection = session.connection()
    if connection.execute(_ADVANCE, values).rowcount != 1:
        return False
    connection.execute(_upsert(connection.dialect.name), row)
    return True


def store_answers(session: AnySession, attempt_items: Sequence[AttemptItem]) -> None:
    """Insert the answers to these items, or overwrite the ones there; call begin_write first."""
    if attempt_items:
        connection = session.connection()
        connection.execute(
            _upsert(connection.dialect.name), [_row(attempt_item) for attempt_item in attempt_items]
        )


@cache
def _upsert(dialect: str) -> Insert:
    statement = insert_for_dialect(dialect, Response)
    key = ("attempt_id", "item_id")
    rest = {column.name: column for column in statement.excluded if column.name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=rest)


def _row(attempt_item: AttemptItem) -> dict[str, Any]:
    return {
        "attempt_id": attempt_item.summary.id,
        "item_id": attempt_item.item.id,
        "response": attempt_item.state.response.to_json() if attempt_item.state.response else None,
        "flagged": attempt_item.flagged,
        "certainty": attempt_item.certainty,
        "tries": attempt_item.state.tries,
        "hints": attempt_item.state.hints,
        "submitted_at": attempt_item.submitted_at,
        "points": attempt_item.state.points,
        "checked": attempt_item.state.checked,
        "saved_at": attempt_item.saved_at,
    }


@dataclass(frozen=True, slots=True)
class FlaggedQuestions:
    """The flagged questions of one lesson's newest attempt: the attempt and their numbers, from 1."""

    lesson: str
    attempt_id: int
    numbers: tuple[int, ...]


def flagged_questions(session: AnySession, user_id: int) -> tuple[FlaggedQuestions, ...]:
    """Return what is flagged in the newest attempt at each lesson, the latest attempt first."""
    newest = select(func.max(Attempt.id)).where(Attempt.user_id == user_id).group_by(Attempt.lesson)
    statement = (
        select(Attempt.id, Attempt.lesson, Attempt.item_ids, Response.item_id)
        .join(Response, Response.attempt_id == Attempt.id)
        .where(Attempt.user_id == user_id, Attempt.id.in_(newest), Response.flagged)
        .order_by(Attempt.id.desc())
    )
    found = []
    for attempt_id, group in groupby(session.execute(statement), key=lambda row: row.id):
        mine = list(group)
        numbers = sorted(row.item_ids.index(row.item_id) + 1 for row in mine if row.item_id in row.item_ids)
        found.append(FlaggedQuestions(mine[0].lesson, attempt_id, tuple(numbers)))
    return tuple(found)


def _fitting(attempt_id: int) -> int:
    """Refuse a number that no id can be, before a database trips over its size."""
    if not 0 < attempt_id <= LARGEST_ID:
        raise AttemptNotFound
    return attempt_id


def _summary(row: Sequence[Any]) -> AttemptSummary:
    values = list(row[: len(_SUMMARY)])
    values[_ITEM_IDS] = tuple(values[_ITEM_IDS])
    return AttemptSummary(*values)


def _item(form: QuizForm, item_id: str) -> Item:
    item = form.by_id.get(item_id)
    if item is None:
        raise LookupError(f"the pinned quiz {form.revision} has no item {item_id}")
    return item


def _attempt_item(
    summary: AttemptSummary, form: QuizForm, item: Item, number: int, row: Sequence[Any] | None
) -> AttemptItem:
    answer = row[len(_SUMMARY) :] if row is not None else None
    state, flagged, certainty, submitted_at, saved_at = ItemState(), False, None, None, None
    if answer is not None and answer[0] is not None:
        _, response, flagged, certainty, tries, hints, submitted_at, points, checked, saved_at = answer
        response = item.parse_stored(response)
        state = ItemState(response, tries, hints, submitted_at is not None, points, checked)
    return AttemptItem(
        lesson=summary.lesson,
        short=summary.kind == SHORT,
        form=form,
        item=item,
        number=number,
        state=state,
        certainty=certainty,
        presentation=item.present(summary.revision, summary.seed),
        summary=summary,
        flagged=flagged,
        submitted_at=submitted_at,
        saved_at=saved_at,
    )
