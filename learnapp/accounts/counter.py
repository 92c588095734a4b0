"""Counters of tries in a moving window: in the database, or in Redis where one is set.

Each process of a server counts in the same place, so that more of them do not mean more tries. The window
moves: of the tries in any five minutes, say, none is forgotten at a full minute.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias, cast

from sqlalchemy import Engine, delete, func, select

from learnapp.accounts.models import CountedTry
from learnapp.db import AnySession, begin_write, brief_write, execute, table_of

if TYPE_CHECKING:
    from limits.storage import RedisStorage

LONGEST_WINDOW = timedelta(hours=1)
_TRIES = table_of(CountedTry)


class DatabaseCounter:
    """Tries as rows of a table, each counted in a transaction of its own, whatever the request does then.

    It has the methods of a storage of the package `limits`, as far as they are called.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def acquire_entry(self, key: str, limit: int, expiry: int) -> bool:
        """Count a try unless `limit` were made in the last `expiry` seconds; tell whether it was counted."""
        now = datetime.now(UTC)
        with brief_write(self._engine) as connection:
            if self._engine.dialect.name == "postgresql":
                # Two who count at once would each miss the other's row; SQLite has one writer at a time.
                connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(key))))
            old = delete(_TRIES).where(_TRIES.c.key == key, _TRIES.c.at <= now - timedelta(seconds=expiry))
            connection.execute(old)
            used = connection.execute(select(func.count()).where(_TRIES.c.key == key)).scalar_one()
            if used >= limit:
                return False
            connection.execute(_TRIES.insert(), {"key": key, "at": now})
        return True

    def get_moving_window(self, key: str, _limit: int, expiry: int) -> tuple[float, int]:
        """Return when the oldest try in the window was made (seconds since 1970), and how many there are."""
        now = datetime.now(UTC)
        window = select(func.min(_TRIES.c.at), func.count()).where(
            _TRIES.c.key == key, _TRIES.c.at > now - timedelta(seconds=expiry)
        )
        with self._engine.connect() as connection:
            start, used = connection.execute(window).one()
        return (start or now).timestamp(), used

    def clear(self, key: str) -> None:
        """Forget the tries under a key."""
        with brief_write(self._engine) as connection:
            connection.execute(delete(_TRIES).where(_TRIES.c.key == key))


Counter: TypeAlias = "DatabaseCounter | RedisStorage"


def redis_counter(url: str) -> RedisStorage:
    """Return the counter in a Redis; its errors are limits.errors.StorageError."""
    from limits.storage import storage_from_string  # brings asyncio along, which nobody else needs

    storage = storage_from_string(url, wrap_exceptions=True, socket_connect_timeout=1, socket_timeout=1)
    return cast("RedisStorage", storage)


def purge_tries(session: AnySession, now: datetime) -> int:
    """Delete tries that no window reaches back to; return how many."""
    begin_write(session)
    return execute(session, delete(_TRIES).where(_TRIES.c.at <= now - LONGEST_WINDOW), {}).rowcount
