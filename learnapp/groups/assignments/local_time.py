"""Local times: days and times as they stand on the clocks of a group, and the moments they are. Pure.

One without a time is the last moment of its day, however many hours the day has.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A day and perhaps a time as they stand on the clocks of a group."""

    day: date
    at: time | None


def local_time_of(moment: datetime, zone: ZoneInfo) -> LocalTime:
    """Return a moment as a local day and time, without a time where it stands for the whole day."""
    local = moment.astimezone(zone)
    return LocalTime(local.date(), None if is_end_of_day(moment, zone) else local.time())


def local_moment(day: date, at: time | None, zone: ZoneInfo) -> datetime:
    """Return a local time of a day in UTC, without one the last moment of the day.

    A time that does not exist, as clocks are put forward, is as much later; of one that exists twice it is the later.
    """
    local = datetime.combine(day, time.max if at is None else at, zone)
    # Of a time that is left out the first reading is the later one, of a time that exists twice the second.
    return max(local.replace(fold=0).astimezone(UTC), local.replace(fold=1).astimezone(UTC))


def exists(day: date, at: time, zone: ZoneInfo) -> bool:
    """Tell whether the clocks of a zone show this time on that day."""
    return local_moment(day, at, zone).astimezone(zone).replace(tzinfo=None) == datetime.combine(day, at)


def shift_days(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Return the same local time so many days later."""
    local = moment.astimezone(zone)
    return local_moment(local.date() + timedelta(days=days), local.time(), zone) if days else moment


def end_of_day(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the last moment of the local day of a moment."""
    return local_moment(moment.astimezone(zone).date(), None, zone)


def is_end_of_day(moment: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a moment stands for a whole day."""
    return moment == end_of_day(moment, zone)
