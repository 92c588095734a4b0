"""Spacing: how much room words take, and labels moved apart so that none stands on another."""

from collections.abc import Sequence
from itertools import accumulate

# The width of a letter, as a share of the size of its type; a little more than this face needs on average.
LETTER = 0.54


def lines_in(text: str, width: float, size: float) -> int:
    """Return how many lines a text takes where they are this wide (in rem, as `size` is)."""
    room, lines, used = max(int(width / (size * LETTER)), 1), 1, 0
    for word in text.split():
        taken = used + bool(used) + len(word)
        if taken > room and used:
            lines, taken = lines + 1, len(word)
        extra, used = divmod(max(taken - 1, 0), room)
        lines, used = lines + extra, used + 1
    return lines


def moved_apart(wanted: Sequence[float], heights: Sequence[float], whole: float) -> tuple[float, ...]:
    """Return a place for the top of each label, in order, as near to the wanted ones as there is room.

    Labels that would meet become one block, which stands where all of them together are nearest.
    """
    before = [0.0, *accumulate(heights)]
    blocks: list[tuple[float, int]] = []
    for n, place in enumerate(wanted):
        mean, count = place - before[n], 1
        while blocks and blocks[-1][0] >= mean:
            other, size = blocks.pop()
            mean, count = (mean * count + other * size) / (count + size), count + size
        blocks.append((mean, count))
    shifts = [mean for mean, count in blocks for _ in range(count)]
    room = max(whole - before[-1], 0.0)
    return tuple(round(min(max(shift, 0.0), room) + before[n], 2) for n, shift in enumerate(shifts))
