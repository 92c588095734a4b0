"""The write of a save: an attempt moves on by one and an answer is stored, in two statements."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import bindparam

from learnapp.db import AnySession, Insert, begin_write, insert_for_dialect, table_of
from learnapp.learning.attempts.values import AttemptItem
from learnapp.learning.models import OPEN, Attempt, Response

_ATTEMPTS = table_of(Attempt)
_RESPONSES = tuple(column.name for column in table_of(Response).c)

# Sets the columns that are named when it is run.
_ADVANCE = _ATTEMPTS.update().where(
    _ATTEMPTS.c.id == bindparam("of_attempt"),
    _ATTEMPTS.c.user_id == bindparam("of_user"),
    _ATTEMPTS.c.seq == bindparam("of_seq"),
    _ATTEMPTS.c.state == OPEN,
)


def store_response(session: AnySession, attempt_item: AttemptItem) -> bool:
    """Store an item that is one save further than its attempt; tell whether nobody was faster.

    When somebody was, nothing has changed, and the write transaction is still open.
    """
    begin_write(session)
    summary = attempt_item.summary
    values = {
        "of_attempt": summary.id,
        "of_user": summary.user_id,
        "of_seq": summary.seq - 1,
        "seq": summary.seq,
        "last_save": summary.last_save,
        "current_item": summary.current_item,
        "saved_at": summary.saved_at,
    }
    connection = session.connection()
    if connection.execute(_ADVANCE, values).rowcount != 1:
        return False
    connection.execute(_upsert(connection.dialect.name), _row(attempt_item))
    return True


def store_answers(session: AnySession, attempt_items: Sequence[AttemptItem]) -> None:
    """Insert the answers of these items, or overwrite the ones there; call begin_write first."""
    if attempt_items:
        connection = session.connection()
        connection.execute(
            _upsert(connection.dialect.name), [_row(attempt_item) for attempt_item in attempt_items]
        )


@cache
def _upsert(dialect: str) -> Insert:
    statement = insert_for_dialect(dialect, Response)
    key = ("attempt_id", "item_id")
    rest = {name: statement.excluded[name] for name in _RESPONSES if name not in key}
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
