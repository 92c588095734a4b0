"""Selection and shuffling: pure functions of (revision, seed), the same in every process and year."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

Chosen = TypeVar("Chosen")


def select(
    items: Sequence[Chosen], revision: str, seed: int, count: int | None = None, shuffle: bool = False
) -> tuple[Chosen, ...]:
    """Choose `count` items (all if None), in the order of the file unless they are shuffled."""
    ranked = shuffled(len(items), revision, seed, "items")
    chosen = ranked if count is None else ranked[: max(0, count)]
    return tuple(items[i] for i in (chosen if shuffle else sorted(chosen)))


def shuffled(count: int, revision: str, seed: int, name: str) -> tuple[int, ...]:
    """Return 0..count-1 in an order that only (revision, seed, name) decide."""

    def rank(index: int) -> bytes:
        # `hash` and `random` may change between processes and versions of Python; SHA-256 may not.
        return sha256(f"{revision}:{seed:x}:{name}:{index}".encode()).digest()

    return tuple(sorted(range(count), key=rank))
