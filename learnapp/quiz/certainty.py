"""Certainty: how sure a learner was (1 a guess, 2 fairly, 3 sure) beside how it went; it costs no marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Certainty = Literal[1, 2, 3]
LEVELS: tuple[Certainty, ...] = get_args(Certainty)


@dataclass(frozen=True, slots=True)
class Level:
    """How many answers were given with this certainty, and how many of them earned full marks."""

    certainty: Certainty
    count: int
    right: int

    @property
    def share(self) -> float | None:
        """Return the share that was right, None where there was no answer."""
        return self.right / self.count if self.count else None


def parse_certainty(raw: object) -> Certainty | None:
    """Return 1, 2 or 3, None for anything else."""
    return next((level for level in LEVELS if type(raw) is int and raw == level), None)


def calibrate(answers: Iterable[tuple[object, float]]) -> tuple[Level, ...]:
    """Count (certainty, points) at each of the three levels; answers without a certainty are left out."""
    kept = [(parse_certainty(certainty), points) for certainty, points in answers]
    return tuple(
        Level(
            certainty=level,
            count=sum(certainty == level for certainty, _ in kept),
            right=sum(certainty == level and points == 1 for certainty, points in kept),
        )
        for level in LEVELS
    )
