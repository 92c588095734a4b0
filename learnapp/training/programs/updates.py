"""Updates of programs: what has changed since somebody was trained, and that they have read it."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select

from learnapp.content.programs import Program, ProgramUpdate
from learnapp.database.db import AnySession, begin_write, insert
from learnapp.training.errors import UpdateNotFound
from learnapp.training.models import Acknowledgement


def updates_to_read(
    program: Program, acknowledged: Collection[str], trained_on: date | None, today: date
) -> tuple[ProgramUpdate, ...]:
    """Return the updates that somebody whose final was drawn on a day has yet to read; none without a pass. Pure.

    The final asked already what changed up to that day.
    """
    if trained_on is None:
        return ()
    due = program.updates_due(today)
    return tuple(update for update in due if update.day >= trained_on and update.id not in acknowledged)


def acknowledged_updates(session: AnySession, user_id: int) -> dict[str, set[str]]:
    """Return which updates a person has acknowledged, by program."""
    rows = session.execute(
        select(Acknowledgement.program, Acknowledgement.update).where(Acknowledgement.user_id == user_id)
    )
    found: dict[str, set[str]] = {}
    for program, update in rows:
        found.setdefault(program, set()).add(update)
    return found


def acknowledge(
    session: AnySession, user_id: int, program: Program, asked: Collection[ProgramUpdate], update_id: str, now: datetime
) -> None:
    """Note that a person has read one of the updates that are asked of them. Raises UpdateNotFound."""
    if update_id not in {update.id for update in asked}:
        raise UpdateNotFound(update_id)
    begin_write(session)
    row = {"user_id": user_id, "program": program.slug, "update": update_id, "acknowledged_at": now}
    session.execute(insert(session, Acknowledgement).values(row).on_conflict_do_nothing())
