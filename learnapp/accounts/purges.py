"""Purges: what `flask tick` deletes of rooms above accounts, each registered by its room.

So accounts need not know what is kept there.
"""

from collections.abc import Callable
from datetime import datetime

from learnapp.database.db import AnySession

Purge = Callable[[AnySession, datetime], object]

_purges: dict[Purge, None] = {}


def register_purge(purge: Purge) -> None:
    """Have `flask tick` call `purge(session, now)` in a transaction of its own; registered twice, it is called once."""
    _purges[purge] = None


def registered_purges() -> tuple[Purge, ...]:
    """Return what rooms have registered, in that order."""
    return tuple(_purges)
