"""Password hashes: argon2id, never more computed at once than `SLOTS`, which leave a core to pages.

A request that waits longer than `PATIENCE` for a slot gets `Busy` (503).
"""

import os
import secrets
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from time import monotonic

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from learnapp.accounts.passwords.rules import LONGEST, normalize

PATIENCE = 8.0  # seconds; under the 10 in which an overloaded app must answer

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


def verify(stored: str | None, typed: str) -> bool:
    """Tell whether a password is right; without a stored hash take as long and say no."""
    with _slot():
        try:
            HASHER.verify(stored or _dummy_hash(), normalize(typed[: 4 * LONGEST])[: LONGEST + 1])
        except (Argon2Error, InvalidHashError):
            return False
    return stored is not None


@contextmanager
def _slot() -> Iterator[None]:
    begun = monotonic()
    if not SLOTS.acquire(timeout=PATIENCE):
        raise Busy
    for observe in wait_observers:
        observe(monotonic() - begun)
    try:
        yield
    finally:
        SLOTS.release()


@cache
def _dummy_hash() -> str:
    """Return a hash that no password fits, made with today's parameters."""
    salt, key = (b64encode(secrets.token_bytes(n)).decode().rstrip("=") for n in (HASHER.salt_len, HASHER.hash_len))
    cost = f"m={HASHER.memory_cost},t={HASHER.time_cost},p={HASHER.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${key}"
