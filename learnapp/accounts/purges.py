"""Purges: what `flask tick` deletes: rows whose time is over, and what rooms above accounts have registered.

What it warns an operator of is registered there, too. So accounts need not know what is kept there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import InstrumentedAttribute

from learnapp.database.db import AnySession, begin_write, execute

Purge = Callable[[AnySession, datetime], object]
# Returns a sentence for the operator, "" where there is nothing to be done.
Warn = Callable[[AnySession], str]

_purges: dict[Purge, None] = {}
_warnings: dict[Warn, None] = {}


@dataclass(frozen=True, slots=True, eq=False)
class ColumnPurge:
    """A purge that deletes the rows whose moment in this column is so long ago, and returns how many."""

    column: InstrumentedAttribute[datetime]
    kept: timedelta = timedelta()

    def __call__(self, session: AnySession, now: datetime) -> int:
        begin_write(session)
        gone = delete(self.column.class_).where(self.column <= now - self.kept)
        return execute(session, gone, {}).rowcount


def register_purge(purge: Purge) -> None:
    """Have `flask tick` call `purge(session, now)` in a transaction of its own; registered twice, it is called once."""
    _purges[purge] = None


def registered_purges() -> tuple[Purge, ...]:
    """Return what rooms have registered, in that order."""
    return tuple(_purges)


def register_warning(warn: Warn) -> None:
    """Have `flask tick` print what `warn(session)` returns; registered twice, it is asked once."""
    _warnings[warn] = None


def operator_warnings(session: AnySession) -> list[str]:
    """Return what an operator is to be told now."""
    return [said for warn in _warnings if (said := warn(session))]
