"""Selection: which items of a quiz an attempt asks, a pure function of (revision, seed)."""

from collections.abc import Sequence
from typing import TypeVar

from learnapp.quiz.item import shuffled_order

Chosen = TypeVar("Chosen")


def select(
    items: Sequence[Chosen], revision: str, seed: int, count: int | None = None, shuffle: bool = False
) -> tuple[Chosen, ...]:
    """Choose `count` items (all if None), in the order of the file unless they are shuffled."""
    ranked = shuffled_order(len(items), revision, seed, "items")
    chosen = ranked if count is None else ranked[: max(0, count)]
    return tuple(items[i] for i in (chosen if shuffle else sorted(chosen)))
