"""Counters of tries: in the database, or in a Redis; both count under several keys at once, all of them or none."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, Engine, delete, func, select, update

from learnapp.accounts.models import CountedTry
from learnapp.database.db import brief_write, table_of

_TRIES = table_of(CountedTry)

# Keys in pairs: a sorted set of tries by their times, and one of those that are open, by the times when that ends.
_COUNT_IN_REDIS = """
local now, seconds, limit, open_until, name = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
for i = 1, #KEYS, 2 do
    redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now - seconds)
    if redis.call('ZSCORE', KEYS[i], name) then return 2 end
    if redis.call('ZCARD', KEYS[i]) >= limit then return 0 end
end
for i = 1, #KEYS, 2 do
    redis.call('ZADD', KEYS[i], now, name)
    redis.call('EXPIRE', KEYS[i], seconds + 1)
    if open_until > 0 then
        redis.call('ZADD', KEYS[i + 1], open_until, name)
        redis.call('EXPIRE', KEYS[i + 1], seconds + 1)
    end
end
return 1
"""


class Tries(NamedTuple):
    """Tries under one key: how many, how many of them are open (may be given back), when the oldest was made."""

    used: int
    open: int
    first: float


class Counter(Protocol):
    """What the throttle asks of a counter. A try stays open for so many seconds; whoever made it ends that."""

    def count(self, keys: Sequence[str], limit: int, seconds: int, open_seconds: int = 0, name: str = "") -> str | None:
        """Count a try under all keys unless one has `limit` in the last seconds; return its name, None if refused.

        One that has a name already is counted once: "" is returned where it was in the last seconds.
        """

    def tries(self, key: str, seconds: int) -> Tries:
        """Return the tries of the last seconds."""

    def close(self, keys: Sequence[str], name: str) -> None:
        """Have a try count for good."""

    def give_back(self, keys: Sequence[str], name: str) -> None:
        """Forget a try."""

    def clear(self, key: str) -> None:
        """Forget all tries under a key."""


class DatabaseCounter:
    """Tries as rows, each counted in a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def count(self, keys: Sequence[str], limit: int, seconds: int, open_seconds: int = 0, name: str = "") -> str | None:
        now, name = datetime.now(UTC), name or secrets.token_hex(8)
        start, keys = now - timedelta(seconds=seconds), sorted(keys)
        open_until = now + timedelta(seconds=open_seconds) if open_seconds else None
        with brief_write(self._engine) as connection:
            for key in keys:
                self._lock(connection, key)
                connection.execute(delete(_TRIES).where(_TRIES.c.key == key, _TRIES.c.at <= start))
                named = func.count().filter(_TRIES.c.name == name)
                used, again = connection.execute(select(func.count(), named).where(_TRIES.c.key == key)).one()
                if again:
                    return ""
                if used >= limit:
                    return None
            rows = [{"key": key, "at": now, "name": name, "open_until": open_until} for key in keys]
            connection.execute(_TRIES.insert(), rows)
        return name

    def tries(self, key: str, seconds: int) -> Tries:
        now = datetime.now(UTC)
        in_window = (_TRIES.c.key == key) & (_TRIES.c.at > now - timedelta(seconds=seconds))
        open_ones = func.count().filter(_TRIES.c.open_until > now)
        query = select(func.count(), open_ones, func.min(_TRIES.c.at)).where(in_window)
        with self._engine.connect() as connection:
            used, still_open, first = connection.execute(query).one()
        return Tries(used, still_open, (first or now).timestamp())

    def close(self, keys: Sequence[str], name: str) -> None:
        with brief_write(self._engine) as connection:
            connection.execute(update(_TRIES).where(_of(keys, name)).values(open_until=None))

    def give_back(self, keys: Sequence[str], name: str) -> None:
        with brief_write(self._engine) as connection:
            connection.execute(delete(_TRIES).where(_of(keys, name)))

    def clear(self, key: str) -> None:
        with brief_write(self._engine) as connection:
            connection.execute(delete(_TRIES).where(_TRIES.c.key == key))

    def _lock(self, connection: Connection, key: str) -> None:
        if self._engine.dialect.name == "postgresql":
            # Two who count at once would each miss the other's row; SQLite has one writer at a time.
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(key))))


class RedisCounter:
    """Tries as members of sorted sets in a Redis, which forgets them by itself."""

    def __init__(self, url: str) -> None:
        from redis import Redis  # brings asyncio along, which nobody else needs

        address = url.replace("redis+unix://", "unix://", 1)
        self._redis: Any = Redis.from_url(address, socket_connect_timeout=1, socket_timeout=1)
        self._count = self._redis.register_script(_COUNT_IN_REDIS)

    def count(self, keys: Sequence[str], limit: int, seconds: int, open_seconds: int = 0, name: str = "") -> str | None:
        now, name = datetime.now(UTC).timestamp(), name or secrets.token_hex(8)
        open_until = now + open_seconds if open_seconds else 0
        pairs = [one for key in keys for one in (key, _open(key))]
        return (None, name, "")[self._count(keys=pairs, args=[now, seconds, limit, open_until, name])]

    def tries(self, key: str, seconds: int) -> Tries:
        now = datetime.now(UTC).timestamp()
        with self._redis.pipeline() as pipe:
            pipe.zcount(key, f"({now - seconds}", "+inf")
            pipe.zcount(_open(key), f"({now}", "+inf")
            pipe.zrangebyscore(key, f"({now - seconds}", "+inf", start=0, num=1, withscores=True)
            used, still_open, first = pipe.execute()
        return Tries(used, still_open, first[0][1] if first else now)

    def close(self, keys: Sequence[str], name: str) -> None:
        with self._redis.pipeline() as pipe:
            for key in keys:
                pipe.zrem(_open(key), name)
            pipe.execute()

    def give_back(self, keys: Sequence[str], name: str) -> None:
        with self._redis.pipeline() as pipe:
            for key in keys:
                pipe.zrem(key, name)
                pipe.zrem(_open(key), name)
            pipe.execute()

    def clear(self, key: str) -> None:
        self._redis.delete(key, _open(key))


def _of(keys: Sequence[str], name: str) -> Any:
    return _TRIES.c.key.in_(keys) & (_TRIES.c.name == name)


def _open(key: str) -> str:
    return f"{key}:open"
