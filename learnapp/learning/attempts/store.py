"""Attempts in the database: read with the quiz of their revision and their answers, and written by a save.

An attempt is shown and graded by its revision: the quiz as it stood when the attempt began. Somebody else's
attempt answers as a missing one does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, exists, func, select

from learnapp.database.db import (
    LARGEST_ID,
    AnySession,
    Insert,
    begin_write,
    execute,
    insert,
    insert_for_dialect,
    table_of,
)
from learnapp.learning.attempts.values import AttemptDetail, AttemptItem, AttemptSummary, ResultsPage
from learnapp.learning.errors import AttemptNotFound
from learnapp.learning.models import FINISHED, HANDED_IN, OPEN, SHORT, Attempt, QuizRevision, Response
from learnapp.learning.progress.service import DEFERRED, seals
from learnapp.quiz.behaviours import Behaviour, ItemState
from learnapp.quiz.quiz import QuizVersion, dump_revision, load_revision

RESULTS_A_PAGE = 20
# A parsed quiz is some tens of kilobytes; a course of thirty lessons with short versions fits twice over.
PARSED_MAX = 128
# Parsed quizzes by their revision, a hash which names their content, so that nothing in here can grow old.
PARSED_QUIZZES: dict[str, QuizVersion] = {}

_ATTEMPTS, _RESPONSES = table_of(Attempt), table_of(Response)


def sealed_by_attempt(table: FromClause) -> ColumnElement[bool]:
    """Return whether a deferred attempt is not graded yet at the lesson of a row's person, as a column."""
    return exists(DEFERRED.c.id).where(seals(table))


_SUMMARY_COLUMNS = (
    *(_ATTEMPTS.c[field.name] for field in fields(AttemptSummary) if field.name != "sealed"),
    sealed_by_attempt(_ATTEMPTS),
)
_STATE_COLUMNS = ("tries", "hints", "submitted_at", "points", "checked")
_RESPONSE_COLUMNS = _RESPONSES.c["item_id", "response", *_STATE_COLUMNS, "flagged", "certainty", "saved_at"]


def _attempt_with_responses(*of_item: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    joined = _ATTEMPTS.outerjoin(_RESPONSES, and_(_RESPONSES.c.attempt_id == _ATTEMPTS.c.id, *of_item))
    own = (_ATTEMPTS.c.id == bindparam("attempt"), _ATTEMPTS.c.user_id == bindparam("user"))
    return select(*_SUMMARY_COLUMNS, *_RESPONSE_COLUMNS).select_from(joined).where(*own)


# What a save reads and writes is built once; `_ADVANCE` sets the columns that are named when it is run,
# so what its WHERE compares with has other names than they.
_ALL_ITEMS = _attempt_with_responses()
_ONE_ITEM = _attempt_with_responses(_RESPONSES.c.item_id == bindparam("item"))
_ADVANCE = _ATTEMPTS.update().where(
    _ATTEMPTS.c.id == bindparam("where_id"),
    _ATTEMPTS.c.user_id == bindparam("where_user_id"),
    _ATTEMPTS.c.seq == bindparam("expected_seq"),
    _ATTEMPTS.c.state == OPEN,
)


def store_revision(session: AnySession, lesson: str, quiz: QuizVersion, now: datetime) -> str:
    """Store this quiz once and return its revision; whoever does so at the same moment stores nothing more."""
    row = {"hash": quiz.revision, "lesson": lesson, "body": dump_revision(quiz), "created_at": now}
    session.execute(insert(session, QuizRevision).values(row).on_conflict_do_nothing())
    return quiz.revision


def quiz_of_revision(session: AnySession, revision: str) -> QuizVersion:
    """Return the quiz of a revision, from the database when it is not among the last ones parsed."""
    if (quiz := PARSED_QUIZZES.get(revision)) is not None:
        return quiz
    body = session.execute(select(QuizRevision.body).where(QuizRevision.hash == revision)).scalar_one()
    for oldest in list(PARSED_QUIZZES)[: max(0, len(PARSED_QUIZZES) - PARSED_MAX + 1)]:
        PARSED_QUIZZES.pop(oldest, None)
    return PARSED_QUIZZES.setdefault(revision, load_revision(body))


def attempt_detail(session: AnySession, user_id: int, attempt_id: int) -> AttemptDetail:
    """Return the learner's own attempt with every answer, in one query. Raises AttemptNotFound."""
    summary, quiz, rows = _read(session, _ALL_ITEMS, user_id, attempt_id)
    items = (_attempt_item(summary, quiz, item_id, rows) for item_id in summary.item_ids)
    return AttemptDetail(summary, quiz, _behaviour(summary, quiz), tuple(items))


def find_attempt_item(session: AnySession, user_id: int, attempt_id: int, item_id: str) -> AttemptItem:
    """Return one item of the learner's own attempt, in one query: what a save starts from. Raises AttemptNotFound."""
    if not item_id.isprintable():  # no id of an item, and PostgreSQL takes no NUL
        raise AttemptNotFound
    summary, quiz, rows = _read(session, _ONE_ITEM, user_id, attempt_id, item=item_id)
    if item_id not in summary.item_ids:
        raise AttemptNotFound
    return _attempt_item(summary, quiz, item_id, rows)


def results_of_lesson(session: AnySession, user_id: int, lesson: str, page: int = 1) -> ResultsPage:
    """Return a page of this learner's attempts at a lesson's quizzes that have ended, newest first; beyond, the last.

    Those that were handed in are among them, without a result.
    """
    ended = _ATTEMPTS.c.state.in_((HANDED_IN, FINISHED))
    own = and_(_ATTEMPTS.c.user_id == user_id, _ATTEMPTS.c.lesson == lesson, ended)
    count = session.scalar(select(func.count()).select_from(_ATTEMPTS).where(own)) or 0
    pages = max(1, -(-count // RESULTS_A_PAGE))
    number = max(1, min(page, pages))
    newest_first = select(*_SUMMARY_COLUMNS).where(own).order_by(_ATTEMPTS.c.id.desc())
    rows = newest_first.limit(RESULTS_A_PAGE).offset((number - 1) * RESULTS_A_PAGE)
    return ResultsPage(tuple(map(_summary, execute(session, rows, {}))), number, pages, count)


def store_response(session: AnySession, attempt_item: AttemptItem) -> bool:
    """Store an item that is one save further than its attempt; if somebody was faster, change nothing, return False."""
    summary, row = attempt_item.summary, _row(attempt_item)
    values = {
        "where_id": summary.id,
        "where_user_id": summary.user_id,
        "expected_seq": summary.seq - 1,
        "seq": summary.seq,
        "last_save": summary.last_save,
        "current_item": summary.current_item,
        "saved_at": summary.saved_at,
    }
    connection = begin_write(session)
    if connection.execute(_ADVANCE, values).rowcount != 1:
        return False
    connection.execute(_upsert(connection.dialect.name), row)
    return True


def store_responses(session: AnySession, attempt_items: Iterable[AttemptItem]) -> None:
    """Insert the answers to these items, or overwrite the ones there; call begin_write first."""
    if rows := [_row(attempt_item) for attempt_item in attempt_items]:
        connection = session.connection()
        connection.execute(_upsert(connection.dialect.name), rows)


@cache
def _upsert(dialect: str) -> Insert:
    statement = insert_for_dialect(dialect, Response)
    key = ("attempt_id", "item_id")
    rest = {column.name: column for column in statement.excluded if column.name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=rest)


def _row(attempt_item: AttemptItem) -> dict[str, Any]:
    item, state = attempt_item.item, attempt_item.state
    row: dict[str, Any] = {"attempt_id": attempt_item.summary.id, "item_id": item.id}
    row |= {name: getattr(attempt_item, name) for name in ("flagged", "certainty", "submitted_at", "saved_at")}
    row |= {name: getattr(state, name) for name in ("tries", "hints", "points", "checked")}
    return {**row, "response": item.to_json(state.response) if state.response else None}


def flagged_questions(session: AnySession, user_id: int) -> dict[tuple[str, int], list[int]]:
    """Return which questions, from 1, are flagged in the newest attempt at each lesson, by lesson and attempt."""
    newest = select(func.max(Attempt.id)).where(Attempt.user_id == user_id).group_by(Attempt.lesson)
    statement = (
        select(Attempt.lesson, Attempt.id, Attempt.item_ids, Response.item_id)
        .join(Response, Response.attempt_id == Attempt.id)
        .where(Attempt.id.in_(newest), Response.flagged)
        .order_by(Attempt.id.desc())
    )
    numbers: dict[tuple[str, int], list[int]] = {}
    for lesson, attempt_id, item_ids, item_id in session.execute(statement):
        numbers.setdefault((lesson, attempt_id), []).append(item_ids.index(item_id) + 1)
    return {attempt: sorted(of_attempt) for attempt, of_attempt in numbers.items()}


def _read(
    session: AnySession, statement: Select[*tuple[Any, ...]], user_id: int, attempt_id: int, **item: str
) -> tuple[AttemptSummary, QuizVersion, Mapping[str, Sequence[Any]]]:
    """Return an attempt, its quiz, and the columns of its answers by item id. Raises AttemptNotFound."""
    if not 0 < attempt_id <= LARGEST_ID:  # no id, and a database may trip over its size
        raise AttemptNotFound
    rows = session.connection().execute(statement, {"attempt": attempt_id, "user": user_id, **item}).all()
    if not rows:
        raise AttemptNotFound
    summary = _summary(rows[0])
    answers = (row[len(_SUMMARY_COLUMNS) :] for row in rows)
    return summary, quiz_of_revision(session, summary.revision), {answer[0]: answer[1:] for answer in answers}


def _summary(row: Sequence[Any]) -> AttemptSummary:
    summary = AttemptSummary(*row[: len(_SUMMARY_COLUMNS)])
    return replace(summary, item_ids=tuple(summary.item_ids))


def _behaviour(summary: AttemptSummary, quiz: QuizVersion) -> Behaviour:
    return "deferred" if summary.deferred else quiz.behaviour


def _attempt_item(
    summary: AttemptSummary, quiz: QuizVersion, item_id: str, rows: Mapping[str, Sequence[Any]]
) -> AttemptItem:
    item = quiz.by_id[item_id]
    state, flagged, certainty, submitted_at, saved_at = ItemState(), False, None, None, None
    if item_id in rows:
        stored, tries, hints, submitted_at, points, checked, flagged, certainty, saved_at = rows[item_id]
        state = ItemState(item.parse_stored(stored), tries, hints, submitted_at is not None, points, checked)
    return AttemptItem(
        behaviour=_behaviour(summary, quiz),
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
