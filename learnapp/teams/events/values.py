"""Events as frozen values: what coordinators choose, and an event as pages show it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from learnapp.groups.assignments.local_time import local_moment
from learnapp.teams.models import KEPT


@dataclass(frozen=True, slots=True)
class EventPlan:
    """What coordinators choose of an event; `places` is None where nobody said how many are wanted."""

    program: str
    title: str
    day: date
    starts: time
    zone: str
    place: str
    places: int | None
    for_all: bool


@dataclass(frozen=True, slots=True)
class TeamEvent:
    """An event of a team; `closed_at` is when what was known of its volunteers was kept as it is."""

    id: int
    group_id: int
    program: str
    title: str
    day: date
    starts: time
    zone: str
    place: str
    places: int | None
    for_all: bool
    version: int
    closed_at: datetime | None

    @property
    def moment(self) -> datetime:
        """Return the moment at which it begins, in UTC."""
        return local_moment(self.day, self.starts, ZoneInfo(self.zone))

    @property
    def ends(self) -> datetime:
        """Return the last moment of its day."""
        return local_moment(self.day, None, ZoneInfo(self.zone))

    @property
    def closed(self) -> bool:
        return self.closed_at is not None

    def over(self, now: datetime) -> bool:
        """Tell whether its day has ended, on its own clocks."""
        return now > self.ends

    def days_to_go(self, now: datetime) -> int:
        """Return how many days it is to it on its own clocks, 0 on the day, less after it."""
        return (self.day - now.astimezone(ZoneInfo(self.zone)).date()).days

    @property
    def forgotten_at(self) -> datetime:
        """Return from when on nothing is left of what was kept as it was closed."""
        return (self.closed_at or self.ends) + KEPT

    @property
    def gone_at(self) -> datetime:
        """Return from when on it is deleted, with all that is stored of it."""
        return max(self.ends, self.closed_at or self.ends) + KEPT
