"""Throttle: failed tries counted for an account and for a network address; correct ones are not counted.

So a whole class signs in from one address at once, and a guesser gets ten answers in five minutes. Whether a
name exists makes no difference. All processes count in one place, see `counter`.
"""

import hashlib
import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from learnapp.accounts.counter import Counter
from learnapp.accounts.errors import TooManyTries

Result = TypeVar("Result")
log = logging.getLogger(__name__)

AWAY_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries under one key in any span of so many seconds."""

    name: str
    tries: int
    seconds: int


FAILURES = Limit("failures", 10, 5 * 60)
# From one address, in an hour; far above what a school needs, far below what a robot wants.
RESETS = Limit("resets", 60, 3600)
SIGN_UPS = Limit("sign-ups", 1000, 3600)


class Throttle:
    """Limits of tries under keys that hold no names; without a counter it lets everything pass.

    The first counter counts. While it cannot be reached (Redis), the next one does.
    """

    def __init__(self, *counters: Counter) -> None:
        self._counters = counters
        self._away_until = 0.0

    def check(self, limit: Limit, *keys: str) -> None:
        """Raise TooManyTries if one of the keys has no try left; count nothing."""
        for key in keys if self._counters else ():
            start, used = self._window(limit, key)
            if used >= limit.tries:
                raise TooManyTries(_end(limit, start))

    def count(self, limit: Limit, *keys: str) -> None:
        """Count a try under every key; raise TooManyTries if one of them had none left.

        Each key is counted by itself: of tries made side by side never more than the limit gets through, and
        one or two fewer where they take the last of two keys in another order.
        """
        full = [key for key in keys if not self._count_one(limit, key)] if self._counters else []
        if full:
            raise TooManyTries(max(_end(limit, self._window(limit, key)[0]) for key in full))

    def reset(self, limit: Limit, key: str) -> None:
        """Give a key all its tries back."""
        if self._counters:
            self._try(lambda counter: counter.clear(_name(limit, key)))

    def _count_one(self, limit: Limit, key: str) -> bool:
        return self._try(lambda counter: counter.acquire_entry(_name(limit, key), limit.tries, limit.seconds))

    def _window(self, limit: Limit, key: str) -> tuple[float, int]:
        return self._try(lambda counter: counter.get_moving_window(_name(limit, key), limit.tries, limit.seconds))

    def _try(self, action: Callable[[Counter], Result]) -> Result:
        *shared, last = self._counters
        if shared and time.monotonic() >= self._away_until:
            try:
                return action(shared[0])
            except Exception:  # whatever the driver raises: signing in must go on
                self._away_until = time.monotonic() + AWAY_SECONDS
                log.warning("the shared throttle is away; counting in the database")
        return action(last)


def account_key(name_digest: str) -> str:
    """Return the key that an account's tries are counted under."""
    return f"account:{name_digest}"


def address_key(network: str) -> str:
    """Return the key of a client's network, hashed like names, so that a look into the counts shows none."""
    return f"address:{hashlib.sha256(network.encode()).hexdigest()[:32]}"


def _name(limit: Limit, key: str) -> str:
    return f"{limit.name}:{key}"


def _end(limit: Limit, start: float) -> datetime:
    return datetime.fromtimestamp(math.ceil(start + limit.seconds), UTC)
