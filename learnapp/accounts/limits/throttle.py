"""Throttle: tries counted for an account and for a network address; of passwords, only the wrong ones.

So a whole class signs in from one address at once, and a guesser gets ten answers in any five minutes. A password
is a reserved try before it is looked at: side by side no more are answered than one after the other. The same form
sent again is the same try. All processes count in one place, the database or a Redis.
"""

import copy
import logging
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import methodcaller
from types import TracebackType
from typing import Self, TypeVar

from learnapp.accounts.errors import TooManyTries
from learnapp.accounts.limits.counters import Counter, Tries
from learnapp.accounts.models import CountedTry
from learnapp.accounts.purges import ColumnPurge
from learnapp.config.derived_keys import keyed_digest

log = logging.getLogger(__name__)

REDIS_RETRY_SECONDS = 30
# A reserved try that nobody has ended by then, because its process died, counts as a failure.
RESERVED_SECONDS = 15
POLL_SECONDS = 0.02
LONGEST_WINDOW = timedelta(days=1)
TRY_LETTERS = 16
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries under one key in any span of so many seconds."""

    name: str
    tries: int
    seconds: int

    def entry(self, key: str) -> str:
        """Return the key under which this limit's tries are counted."""
        return f"{self.name}:{key}"

    def error(self, first: float) -> TooManyTries:
        """Return the error for a full window whose oldest try was made at this time (seconds since 1970)."""
        return TooManyTries(datetime.fromtimestamp(math.ceil(first + self.seconds), UTC))


FAILURES = Limit("failures", 10, 5 * 60)
# Right ones count, too, of one account at one address: each costs a hash, and nobody signs in so often.
SIGN_INS = Limit("sign-ins", 120, 5 * 60)
# Each request counts, from one address, in an hour; far above what a school needs, far below what a robot wants.
MAILS = Limit("mails", 60, 3600)
# To one address, whoever asks for them.
RECEIVED = (Limit("received", 3, 3600), Limit("received-a-day", 10, 24 * 3600))
SIGN_UPS = Limit("sign-ups", 1000, 3600)
# People without an account of whom something is kept: of a school behind one address many, of a robot few.
GUEST_LIMITS = (Limit("guests", 400, 3600), Limit("guests-a-day", 2000, 24 * 3600))


@dataclass(slots=True)
class RedisPause:
    """Until when a Redis is not asked, as it could not be reached."""

    until: float = 0.0


class Throttle:
    """Limits of tries under keys that hold no names; the database counts while Redis cannot be reached."""

    def __init__(self, database: Counter, redis: Counter | None = None) -> None:
        self._database, self._redis, self._pause, self._form = database, redis, RedisPause(), ""

    def of_form(self, digest: str) -> Self:
        """Return this throttle for one form as it was sent: whatever it tries again is the same try."""
        own = copy.copy(self)
        own._form = keyed_digest("try", digest)[:TRY_LETTERS]
        return own

    def check(self, limit: Limit, *keys: str) -> None:
        """Raise TooManyTries if one of the keys has no try left; count nothing, and leave out what is reserved."""
        for key in keys:
            tries = self._tries(limit, limit.entry(key))
            if tries.used - tries.open >= limit.tries:
                raise limit.error(tries.first)

    def count(self, limit: Limit, *keys: str) -> None:
        """Count a try under all keys; raise TooManyTries, and count none, if one of them has none left."""
        entries = [limit.entry(key) for key in keys]
        if self.ask(lambda counter: counter.count(entries, limit.tries, limit.seconds)) is None:
            self.check(limit, *keys)
            raise limit.error(time.time())

    def _tries(self, limit: Limit, entry: str) -> Tries:
        return self.ask(lambda counter: counter.tries(entry, limit.seconds))

    def reserve(self, limit: Limit, *keys: str) -> "Reservation":
        """Return a try to be reserved under all keys, by a `with` around what it is reserved for."""
        return self.reserve_each((limit, *keys))

    def reserve_each(self, *counted: tuple[Limit, *tuple[str, ...]]) -> "Reservation":
        """Return a try to be reserved under the keys of several limits: in all of them or in none."""
        return Reservation(self, counted, self._form)

    def reset(self, limit: Limit, key: str) -> None:
        """Give a key all its tries back."""
        self.ask(lambda counter: counter.clear(limit.entry(key)))

    def ask(self, call: Callable[[Counter], T]) -> T:
        """Call the counter in Redis, or while that cannot be reached the database's."""
        if self._redis is not None and time.monotonic() >= self._pause.until:
            try:
                return call(self._redis)
            except Exception:  # whatever the driver raises: signing in must go on
                self._pause.until = time.monotonic() + REDIS_RETRY_SECONDS
                log.warning("Redis cannot be reached; tries are counted in the database")
        return call(self._database)


class Reservation:
    """A try under several keys, reserved by a `with` and given back if that fails; then count it or give it back."""

    def __init__(self, throttle: Throttle, counted: tuple[tuple[Limit, *tuple[str, ...]], ...], form: str = "") -> None:
        self._throttle, self._counted, self._form = throttle, counted, form
        self._names: list[str] = []  # one for each limit in which it is reserved

    @property
    def is_repeated(self) -> bool:
        """Tell whether this very form has tried already, in another request that keeps the try or gives it back."""
        return "" in self._names

    def check(self) -> None:
        """Raise TooManyTries if there is none left; what is reserved is left out."""
        for limit, *keys in self._counted:
            self._throttle.check(limit, *keys)

    def __enter__(self) -> None:
        """Reserve it; raises TooManyTries. Waits while those tries are reserved that would be too many.

        They are of people side by side, whose passwords may be right: how many there are of them at once is for
        `hashing` to say.
        """
        self._names = []
        try:
            for limit, *keys in self._counted:
                self._names.append(self._reserve(limit, keys))
        except TooManyTries:
            self.give_back()
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is not None:
            self.give_back()

    def keep(self) -> None:
        """Have it count, as a failure."""
        for entries, name in self._reserved():
            self._throttle.ask(methodcaller("close", entries, name))

    def give_back(self) -> None:
        """Have it count for nothing."""
        for entries, name in self._reserved():
            self._throttle.ask(methodcaller("give_back", entries, name))

    def _reserve(self, limit: Limit, keys: list[str]) -> str:
        entries, give_up = [limit.entry(key) for key in keys], time.monotonic() + RESERVED_SECONDS
        while True:
            name = self._throttle.ask(
                lambda counter: counter.count(entries, limit.tries, limit.seconds, RESERVED_SECONDS, self._form)
            )
            if name is not None:
                return name
            self._throttle.check(limit, *keys)
            if time.monotonic() > give_up:
                raise limit.error(time.time())
            time.sleep(POLL_SECONDS)

    def _reserved(self) -> Iterator[tuple[list[str], str]]:
        """Yield the entries in which this request has reserved the try, with its name there."""
        for (limit, *keys), name in zip(self._counted, self._names, strict=False):
            if name:
                yield [limit.entry(key) for key in keys], name


def throttle_key(kind: str, text: str) -> str:
    """Return the key for an account's name or a network's address: hashed with the secret, so that neither is told.

    A plain hash would tell: there are few enough addresses to try them all.
    """
    return f"{kind}:{keyed_digest('throttle', f'{kind}:{text}')}"


purge_tries = ColumnPurge(CountedTry.at, LONGEST_WINDOW)
