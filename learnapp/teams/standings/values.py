"""Standings as frozen values: what a coordinator is shown of volunteers, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from learnapp.content.ages import AgeAccess
from learnapp.training.readiness.rules import Standing

MissingPart = Literal["lessons", "practice", "final", "certificate", "expires", "withdrawn", "updates", "review"]
STANDINGS: tuple[Standing, ...] = ("ready", "nearly", "not_yet")
MOST_BLOCKS, GAP = 40, 0.6
# What is missing, with the day that a certificate ends or the minutes that review takes.
Missing = tuple[MissingPart, date | int | None]


@dataclass(frozen=True, slots=True)
class ExpectedVolunteer:
    """A volunteer who is expected at an event, and what their coordinator noted; `access` stays inside.

    `kept_name` and `kept_ready` are what was kept when the event was closed.
    """

    user_id: int
    name: str
    access: AgeAccess
    partnered_at: datetime | None
    partnered_by: str | None
    kept_name: str | None
    kept_ready: bool | None


@dataclass(frozen=True, slots=True)
class VolunteerStanding:
    """How a volunteer stands for an event: what is missing, and the days on which parts were done.

    `practiced_on` is the day on which the last conversation that the program asks for was done, None before.
    """

    user_id: int
    name: str
    standing: Standing
    missing: tuple[Missing, ...]
    practiced_on: date | None
    passed_on: date | None
    valid_until: date | None
    partnered_at: datetime | None
    partnered_by: str | None

    @property
    def partnered(self) -> bool:
        """Tell whether they come with an experienced partner, since they are not ready by themselves."""
        return self.partnered_at is not None and self.standing != "ready"


@dataclass(frozen=True, slots=True)
class KeptStanding:
    """What is kept of a volunteer of an event that is closed: the name, and whether they were ready, or partnered."""

    name: str
    ready: bool
    partnered: bool


@dataclass(frozen=True, slots=True)
class EventStandings:
    """All volunteers of an event by name, while it is open, and the ids of those who wait for results of a quiz."""

    volunteers: Sequence[VolunteerStanding]
    waiting: Sequence[int] = ()

    def of(self, standing: Standing) -> list[VolunteerStanding]:
        """Return those who stand so."""
        return [one for one in self.volunteers if one.standing == standing]

    @property
    def counts(self) -> dict[Standing, int]:
        """Return how many stand so, who is ready first."""
        return {standing: len(self.of(standing)) for standing in STANDINGS}

    @property
    def bar(self) -> list[tuple[float, float, Standing]]:
        """Return the blocks of a bar that shows them: where each begins and how wide it is, in percent.

        A block stands for one of them, or where they are very many for all who stand so.
        """
        total, at, blocks = len(self.volunteers), 0, []
        for standing, count in self.counts.items():
            sizes = [1] * count if total <= MOST_BLOCKS else [count] if count else []
            for size in sizes:
                width = max(100 * size / total - GAP, GAP)
                blocks.append((round(100 * at / total + GAP / 2, 2), round(width, 2), standing))
                at += size
        return blocks
