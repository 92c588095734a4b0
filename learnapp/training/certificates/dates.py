"""Dates of certificates: until which day one is valid, and the moment at which that day ends. Pure."""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def local_day(moment: datetime, zone: str) -> date:
    """Return the day of a moment on the clocks of a zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later; where that month is shorter, its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def valid_until(passed_on: date, months: int, before: date | None = None) -> date:
    """Return the last day of a certificate for a final that was passed on a day.

    Where the one `before` is still valid then, the months are added to its last day, so that early renewal costs none.
    """
    return add_months(max(passed_on, before or passed_on), months)


def day_ends(day: date, zone: str) -> datetime:
    """Return the moment, in UTC, at which a local day is over: the first of the next one, whatever the clocks do."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone)).astimezone(UTC)
