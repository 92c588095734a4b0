"""The write of a save: an attempt moves on by one and an answer is stored, in two statements."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import bindparam

from learnapp.db import AnySession, Insert, begin_write, insert_for_dialect, table_of
from learnapp.learning.attempts.store import Slot
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


def advance(session: AnySession, slot: Slot) -> bool:
    """Store a slot that is one save further than its attempt; tell whether nobody was faster.

    When somebody was, nothing has changed, and the write transaction is still open.
    """
    begin_write(session)
    head = slot.head
    values = {
        "of_attempt": head.id,
        "of_user": head.user_id,
        "of_seq": head.seq - 1,
        "seq": head.seq,
        "last_save": head.last_save,
        "current_item": head.current_item,
        "saved_at": head.saved_at,
    }
    connection = session.connection()
    if connection.execute(_ADVANCE, values).rowcount != 1:
        return False
    connection.execute(_upsert(connection.dialect.name), _row(slot))
    return True


def store_answers(session: AnySession, slots: Sequence[Slot]) -> None:
    """Insert the answers of these slots, or overwrite the ones there; call begin_write first."""
    if slots:
        connection = session.connection()
        connection.execute(_upsert(connection.dialect.name), [_row(slot) for slot in slots])


@cache
def _upsert(dialect: str) -> Insert:
    statement = insert_for_dialect(dialect, Response)
    key = ("attempt_id", "item_id")
    rest = {name: statement.excluded[name] for name in _RESPONSES if name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=rest)


def _row(slot: Slot) -> dict[str, Any]:
    return {
        "attempt_id": slot.head.id,
        "item_id": slot.item.id,
        "response": slot.state.response.to_json() if slot.state.response else None,
        "flagged": slot.flagged,
        "certainty": slot.certainty,
        "tries": slot.state.tries,
        "hints": slot.state.hints,
        "submitted_at": slot.submitted_at,
        "points": slot.state.points,
        "checked": slot.state.checked,
        "saved_at": slot.saved_at,
    }
