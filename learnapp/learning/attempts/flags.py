"""Questions that a learner has flagged, to look at again."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import bindparam, func, select

from learnapp.db import AnySession
from learnapp.learning.models import Attempt, Response


@dataclass(frozen=True, slots=True)
class Flagged:
    """The flagged questions of one lesson's newest attempt: the attempt and their numbers, from 1."""

    lesson: str
    attempt_id: int
    numbers: tuple[int, ...]


_NEWEST = select(func.max(Attempt.id)).where(Attempt.user_id == bindparam("user")).group_by(Attempt.lesson)
_FLAGGED = (
    select(Attempt.id, Attempt.lesson, Attempt.item_ids, Response.item_id)
    .join(Response, Response.attempt_id == Attempt.id)
    .where(Attempt.user_id == bindparam("user"), Attempt.id.in_(_NEWEST), Response.flagged)
    .order_by(Attempt.id.desc())
)


def flagged_questions(session: AnySession, user_id: int) -> tuple[Flagged, ...]:
    """Return what is flagged in the newest attempt at each lesson, the latest attempt first."""
    rows = session.execute(_FLAGGED, {"user": user_id}).all()
    found = []
    for attempt_id, group in groupby(rows, key=lambda row: row.id):
        mine = list(group)
        numbers = sorted(row.item_ids.index(row.item_id) + 1 for row in mine if row.item_id in row.item_ids)
        found.append(Flagged(mine[0].lesson, attempt_id, tuple(numbers)))
    return tuple(found)
