"""The throttle: failed tries are counted per account and per address, correct ones are not.

So a whole class signs in from one address at once, and a guesser gets ten answers in five minutes. Whether a
name exists makes no difference. Counted in memory, or in Redis when several processes serve; should Redis be
lost, each process counts by itself until it is back.
"""

from __future__ import annotations

import hashlib
import logging
import math
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar, cast

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

Answer = TypeVar("Answer")
log = logging.getLogger(__name__)

FAILURES = RateLimitItemPerMinute(10, 5, namespace="failures")
# From one address, in an hour; far above what a school needs, far below what a robot wants.
RESETS = RateLimitItemPerHour(60, 1, namespace="resets")
SIGN_UPS = RateLimitItemPerHour(1000, 1, namespace="sign-ups")
REDIS_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 1}
AWAY_SECONDS = 30


class TooManyTries(Exception):
    """No more tries for now; `until` is the moment from which one may try again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until

    def seconds(self, now: datetime) -> int:
        """Return how long to wait, at least one second."""
        return max(1, math.ceil((self.until - now).total_seconds()))


class Throttle:
    """Counts tries under keys that hold no names; not `enabled`, it lets everything pass."""

    def __init__(self, redis_url: str = "", *, enabled: bool = True) -> None:
        self._enabled = enabled
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._shared = None
        self._away_until = 0.0
        if redis_url:
            storage = storage_from_string(redis_url, wrap_exceptions=True, **REDIS_OPTIONS)
            self._shared = MovingWindowRateLimiter(cast(Storage, storage))

    def ask(self, item: RateLimitItem, *keys: str) -> None:
        """Raise TooManyTries if one of the keys has no try left; count nothing."""
        if not self._enabled:
            return
        for key in keys:
            if not self._count(partial(_test, item, key)):
                raise TooManyTries(self._until(item, key))

    def count(self, item: RateLimitItem, *keys: str) -> None:
        """Count a try under every key; raise TooManyTries if one of them had none left."""
        if not self._enabled:
            return
        spent = [key for key in keys if not self._count(partial(_hit, item, key))]
        if spent:
            raise TooManyTries(max(self._until(item, key) for key in spent))

    def forget(self, item: RateLimitItem, key: str) -> None:
        """Give a key all its tries back."""
        self._count(lambda counter: counter.clear(item, key))

    def _until(self, item: RateLimitItem, key: str) -> datetime:
        at = self._count(lambda counter: counter.get_window_stats(item, key).reset_time)
        return datetime.fromtimestamp(math.ceil(at), UTC)

    def _count(self, do: Callable[[MovingWindowRateLimiter], Answer]) -> Answer:
        if self._shared is not None and time.monotonic() >= self._away_until:
            try:
                return do(self._shared)
            except Exception:  # whatever the storage's driver raises: signing in must go on
                self._away_until = time.monotonic() + AWAY_SECONDS
                log.warning("the shared throttle is away; counting in this process")
        return do(self._own)


def _test(item: RateLimitItem, key: str, counter: MovingWindowRateLimiter) -> bool:
    return counter.test(item, key)


def _hit(item: RateLimitItem, key: str, counter: MovingWindowRateLimiter) -> bool:
    return counter.hit(item, key)


def account_key(name_digest: str) -> str:
    """Return the key that an account's tries are counted under."""
    return f"account:{name_digest}"


def address_key(network: str) -> str:
    """Return the key of a client's network, hashed like names, so that a look into Redis shows none."""
    return f"address:{hashlib.sha256(network.encode()).hexdigest()[:32]}"
