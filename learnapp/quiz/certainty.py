"""Certainty: how sure a learner was (1 a guess, 2 fairly, 3 sure) beside how it went; it costs no marks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Certainty = Literal[1, 2, 3]
LEVELS: tuple[Certainty, ...] = get_args(Certainty)


@dataclass(frozen=True, slots=True)
class CertaintyLevel:
    """How many answers were given with this certainty, and how many of them earned full marks."""

    certainty: Certainty
    count: int
    right: int


def count_by_certainty(answers: Iterable[tuple[int | None, float]]) -> tuple[CertaintyLevel, ...]:
    """Count (certainty, points) at each of the three levels; answers without a certainty are left out."""
    told = list(answers)
    counts = ((level, [points for certainty, points in told if certainty == level]) for level in LEVELS)
    return tuple(CertaintyLevel(level, len(points), points.count(1)) for level, points in counts)
