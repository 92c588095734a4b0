"""Throttle: tries counted for an account and for a network address; of passwords, only the wrong ones.

So a whole class signs in from one address at once, and a guesser gets ten answers in any five minutes. All
processes count in one place, the database or a Redis.
"""

import hashlib
import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Engine, delete, func, select

from learnapp.accounts.errors import TooManyTries
from learnapp.accounts.models import CountedTry
from learnapp.db import AnySession, begin_write, brief_write, execute, table_of

log = logging.getLogger(__name__)

REDIS_RETRY_SECONDS = 30
LONGEST_WINDOW = timedelta(days=1)
_TRIES = table_of(CountedTry)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries under one key in any span of so many seconds."""

    name: str
    tries: int
    seconds: int

    def entry(self, key: str) -> tuple[str, int, int]:
        """Return what a counter is asked with."""
        return f"{self.name}:{key}", self.tries, self.seconds

    def error(self, start: float) -> TooManyTries:
        """Return the error for a window that began at this time (seconds since 1970) and is full."""
        return TooManyTries(datetime.fromtimestamp(math.ceil(start + self.seconds), UTC))


FAILURES = Limit("failures", 10, 5 * 60)
# Right ones count, too, of one account at one address: each costs a hash, and nobody signs in so often.
SIGN_INS = Limit("sign-ins", 120, 5 * 60)
# Each request counts, from one address, in an hour; far above what a school needs, far below what a robot wants.
RESETS = Limit("resets", 60, 3600)
SIGN_UPS = Limit("sign-ups", 1000, 3600)
# People without an account of whom something is kept: of a school behind one address many, of a robot few.
GUEST_LIMITS = (Limit("guests", 400, 3600), Limit("guests-a-day", 2000, 24 * 3600))


class DatabaseCounter:
    """Tries as rows, each counted in a transaction of its own; with the methods of a `limits` storage that we call."""

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
            if used < limit:
                connection.execute(_TRIES.insert(), {"key": key, "at": now})
        return bool(used < limit)

    def get_moving_window(self, key: str, _limit: int, expiry: int) -> tuple[float, int]:
        """Return when the oldest try in the window was made (seconds since 1970), and how many there are."""
        now = datetime.now(UTC)
        in_window = (_TRIES.c.key == key) & (_TRIES.c.at > now - timedelta(seconds=expiry))
        with self._engine.connect() as connection:
            start, used = connection.execute(select(func.min(_TRIES.c.at), func.count()).where(in_window)).one()
        return (start or now).timestamp(), used

    def clear(self, key: str) -> None:
        """Forget the tries under a key."""
        with brief_write(self._engine) as connection:
            connection.execute(delete(_TRIES).where(_TRIES.c.key == key))


class Throttle:
    """Limits of tries under keys that hold no names; the database counts while Redis cannot be reached."""

    def __init__(self, database: DatabaseCounter, redis: Any = None) -> None:
        self._database, self._redis = database, redis
        self._redis_down_until = 0.0

    def check(self, limit: Limit, *keys: str) -> None:
        """Raise TooManyTries if one of the keys has no try left; count nothing."""
        for key in keys:
            start, used = self._window(limit, key)
            if used >= limit.tries:
                raise limit.error(start)

    def count(self, limit: Limit, *keys: str) -> None:
        """Count a try under the keys; raise TooManyTries at the first that has none left.

        All take the keys in one order, so tries made side by side keep no last one from each other.
        """
        for key in keys:
            if not self._acquire(limit, key):
                raise limit.error(self._window(limit, key)[0])

    def reset(self, limit: Limit, key: str) -> None:
        """Give a key all its tries back."""
        self._ask(lambda counter: counter.clear(limit.entry(key)[0]))

    def _acquire(self, limit: Limit, key: str) -> bool:
        return self._ask(lambda counter: counter.acquire_entry(*limit.entry(key)))

    def _window(self, limit: Limit, key: str) -> tuple[float, int]:
        return self._ask(lambda counter: counter.get_moving_window(*limit.entry(key)))

    def _ask(self, call: Callable[[DatabaseCounter], T]) -> T:
        """Call the counter in Redis, which has the same methods, or while that cannot be reached the database's."""
        if self._redis is not None and time.monotonic() >= self._redis_down_until:
            try:
                return call(self._redis)
            except Exception:  # whatever the driver raises: signing in must go on
                self._redis_down_until = time.monotonic() + REDIS_RETRY_SECONDS
                log.warning("Redis cannot be reached; tries are counted in the database")
        return call(self._database)


def redis_counter(url: str) -> Any:
    """Return the counter in a Redis, a storage of the package `limits`."""
    from limits.storage import storage_from_string  # brings asyncio along, which nobody else needs

    return storage_from_string(url, socket_connect_timeout=1, socket_timeout=1)


def throttle_key(kind: str, text: str) -> str:
    """Return the key for an account's name or a network's address, hashed, so that a look at the counts shows none."""
    return f"{kind}:{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def purge_tries(session: AnySession, now: datetime) -> int:
    """Delete tries that no window reaches back to; return how many."""
    begin_write(session)
    return execute(session, delete(_TRIES).where(_TRIES.c.at <= now - LONGEST_WINDOW), {}).rowcount
