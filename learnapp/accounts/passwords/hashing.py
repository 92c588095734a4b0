"""Password hashes: argon2id, never more computed at once than `SLOTS`, which leave a core to pages.

A few may wait for a slot. A request that finds too many waiting, or too many of its own network, gets `Busy` (503)
at once: each that waits keeps a thread from serving pages.
"""

import os
import secrets
import threading
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from time import monotonic, sleep

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from learnapp.accounts.passwords.rules import LONGEST, normalize
from learnapp.threads import blocking

PATIENCE = 8.0  # seconds; under the 10 in which an overloaded app must answer
# How many requests may hash or wait for it in a process, each in a thread that serves nothing else meanwhile: those
# of a class at once. Of one network fewer, so that there is always a place for somebody else.
MOST_AT_ONCE = 56
MOST_OF_NETWORK = 40

YIELD = 0.005  # seconds

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
SLOTS = threading.BoundedSemaphore(1)
wait_observers: list[Callable[[float], None]] = []  # each is told for how many seconds somebody has waited


class Busy(Exception):
    """Too many passwords are being checked at this moment."""


def share_cores(processes: int) -> None:
    """Let one of so many processes hash as many passwords at once as leaves a core to pages, at least one."""
    global SLOTS
    SLOTS = threading.BoundedSemaphore(max(1, ((os.cpu_count() or 1) - 1) // processes))


def hash_password(typed: str) -> str:
    """Return the hash to store for a password."""
    with _slot():
        return HASHER.hash(normalize(typed))


def hash_each(passwords: Iterable[str]) -> list[str]:
    """Return the hashes of several passwords, each in its own turn: whoever waits comes in between."""
    hashes = []
    for password in passwords:
        hashes.append(hash_password(password))
        # Who gives a slot back would have it again before another has woken up.
        with blocking():
            sleep(YIELD)
    return hashes


def verify(stored: str | None, typed: str, attempt: AbstractContextManager[None] | None = None) -> bool:
    """Tell whether a password is right; without a stored hash take as long and say no.

    The attempt is entered when it is this one's turn: whoever waits in the queue has none yet.
    """
    with _slot(), attempt or nullcontext():
        try:
            HASHER.verify(stored or _dummy_hash(), normalize(typed[: 4 * LONGEST])[: LONGEST + 1])
        except (Argon2Error, InvalidHashError):
            return False
    return stored is not None


@contextmanager
def _slot() -> Iterator[None]:
    begun = monotonic()
    with blocking():
        is_mine = SLOTS.acquire(timeout=PATIENCE)
    if not is_mine:
        raise Busy
    try:
        for observe in wait_observers:
            observe(monotonic() - begun)
        yield
    finally:
        SLOTS.release()


class InFlight:
    """Requests with a password that are being answered, counted in all and for each network."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._networks: Counter[str] = Counter()

    def enter(self, network: str) -> None:
        """Count a request in; raises Busy when there are too many already."""
        with self._lock:
            if self._networks.total() >= MOST_AT_ONCE or self._networks[network] >= MOST_OF_NETWORK:
                raise Busy
            self._networks[network] += 1

    def leave(self, network: str) -> None:
        """Count a request out."""
        with self._lock:
            self._networks[network] -= 1
            self._networks += Counter()  # keeps those above nought

    @contextmanager
    def place(self, network: str) -> Iterator[None]:
        """Hold a request's place; raises Busy when there is none."""
        self.enter(network)
        try:
            yield
        finally:
            self.leave(network)


IN_FLIGHT = InFlight()


@cache
def _dummy_hash() -> str:
    """Return a hash that no password fits, made with today's parameters."""
    salt, key = (b64encode(secrets.token_bytes(n)).decode().rstrip("=") for n in (HASHER.salt_len, HASHER.hash_len))
    cost = f"m={HASHER.memory_cost},t={HASHER.time_cost},p={HASHER.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${key}"
