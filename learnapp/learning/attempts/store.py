"""Attempts in the database: read with their pinned quiz and their answers, and written by a save.

Somebody else's attempt answers as a missing one does. A save is two statements: the attempt moves on by one,
and the answer is stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
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
from learnapp.quiz.quiz import QuizVersion

LARGEST_ID = 2**31 - 1

_ATTEMPTS, _RESPONSES = table_of(Attempt), table_of(Response)
_SUMMARY = tuple(_ATTEMPTS.c[field.name] for field in fields(AttemptSummary))
_STATE = _RESPONSES.c["response", "tries", "hints", "submitted_at", "points", "checked"]
_ANSWER = (_RESPONSES.c.item_id, *_STATE, *_RESPONSES.c["flagged", "certainty", "saved_at"])
_BOTH = select(*_SUMMARY, *_ANSWER)
_OF_ATTEMPT = _RESPONSES.c.attempt_id == _ATTEMPTS.c.id
# What a save reads and writes is built once; `_ADVANCE` sets the columns that are named when it is run.
_ONE_ITEM = _BOTH.select_from(
    _ATTEMPTS.outerjoin(_RESPONSES, and_(_OF_ATTEMPT, _RESPONSES.c.item_id == bindparam("item")))
).where(_ATTEMPTS.c.id == bindparam("attempt"), _ATTEMPTS.c.user_id == bindparam("user"))
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
    statement = _BOTH.select_from(_ATTEMPTS.outerjoin(_RESPONSES, _OF_ATTEMPT)).where(
        _ATTEMPTS.c.id == _fitting(attempt_id), _ATTEMPTS.c.user_id == user_id
    )
    rows = execute(session, statement, {}).all()
    if not rows:
        raise AttemptNotFound
    summary = _summary(rows[0])
    quiz = PARSED.get(summary.revision) or pinned_quiz(session, summary.revision)
    answers = {row[len(_SUMMARY)]: row for row in rows}
    items = (_attempt_item(summary, quiz, item_id, answers.get(item_id)) for item_id in summary.item_ids)
    return AttemptDetail(summary, quiz, tuple(items))


def locked_attempt(session: AnySession, user_id: int, attempt_id: int) -> AttemptDetail:
    """Return the attempt and keep others from changing it; call begin_write first."""
    # Lock first, then read: PostgreSQL would join the locked row with answers older than it.
    lock = select(Attempt.id).where(Attempt.id == _fitting(attempt_id), Attempt.user_id == user_id)
    session.execute(lock.with_for_update())
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
    quiz = PARSED.get(summary.revision) or pinned_quiz(session, summary.revision)
    return _attempt_item(summary, quiz, item_id, row)


def attempts_of_lesson(session: AnySession, user_id: int, lesson: str) -> tuple[AttemptSummary, ...]:
    """Return all attempts of this learner at this lesson's quizzes, newest first, open ones included."""
    statement = select(*_SUMMARY).where(_ATTEMPTS.c.user_id == user_id, _ATTEMPTS.c.lesson == lesson)
    return tuple(map(_summary, execute(session, statement.order_by(_ATTEMPTS.c.id.desc()), {})))


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
        connection.execute(_upsert(connection.dialect.name), [_row(one) for one in attempt_items])


@cache
def _upsert(dialect: str) -> Insert:
    statement = insert_for_dialect(dialect, Response)
    key = ("attempt_id", "item_id")
    rest = {column.name: column for column in statement.excluded if column.name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=rest)


def _row(attempt_item: AttemptItem) -> dict[str, Any]:
    state = attempt_item.state
    return {
        "attempt_id": attempt_item.summary.id,
        "item_id": attempt_item.item.id,
        "response": state.response.to_json() if state.response else None,
        "flagged": attempt_item.flagged,
        "certainty": attempt_item.certainty,
        "tries": state.tries,
        "hints": state.hints,
        "submitted_at": attempt_item.submitted_at,
        "points": state.points,
        "checked": state.checked,
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
    summary = AttemptSummary(*row[: len(_SUMMARY)])
    return replace(summary, item_ids=tuple(summary.item_ids))


def _attempt_item(summary: AttemptSummary, quiz: QuizVersion, item_id: str, row: Sequence[Any] | None) -> AttemptItem:
    """Return an item of an attempt with its answer; a row without an item's id holds none."""
    item = quiz.by_id[item_id]
    state, flagged, certainty, submitted_at, saved_at = ItemState(), False, None, None, None
    if row is not None and row[len(_SUMMARY)] is not None:
        answer = row[len(_SUMMARY) :]
        _, stored, tries, hints, submitted_at, points, checked, flagged, certainty, saved_at = answer
        state = ItemState(item.parse_stored(stored), tries, hints, submitted_at is not None, points, checked)
    return AttemptItem(
        lesson=summary.lesson,
        short=summary.kind == SHORT,
        quiz=quiz,
        item=item,
        number=summary.item_ids.index(item_id) + 1,
        state=state,
        certainty=certainty,
        presentation=item.present(summary.revision, summary.seed),
        summary=summary,
        flagged=flagged,
        submitted_at=submitted_at,
        saved_at=saved_at,
    )
