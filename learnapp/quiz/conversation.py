"""Follow a scenario along the replies that were chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

from learnapp.quiz.items import Scenario


def is_index(value: object, count: int) -> TypeGuard[int]:
    """Tell whether a value is one of the indexes 0..count-1; True and False are none."""
    return type(value) is int and 0 <= value < count


def steps(item: Scenario, replies: object) -> tuple[tuple[int, int], ...]:
    """Return (turn, reply) for each turn taken, by file positions, up to the first reply that is none."""
    taken: list[tuple[int, int]] = []
    turn: int | None = 0
    for reply in replies if isinstance(replies, Sequence) and not isinstance(replies, str) else ():
        if turn is None or not is_index(reply, len(item.turns[turn].replies)):
            break
        taken.append((turn, reply))
        turn = _after(item, turn, reply)
    return tuple(taken)


def next_turn(item: Scenario, replies: object) -> int | None:
    """Return the turn that waits for a reply, or None at the end of the conversation."""
    taken = steps(item, replies)
    return _after(item, *taken[-1]) if taken else 0


def _after(item: Scenario, turn: int, reply: int) -> int | None:
    leads_to = item.turns[turn].replies[reply].next
    return next((number for number, turn in enumerate(item.turns) if turn.id == leads_to), None)
