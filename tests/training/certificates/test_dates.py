"""Dates of certificates: days on local clocks, months that are too short, and ends of days."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from learnapp.training.certificates.dates import add_months, day_ends, local_day, valid_until

MOMENT = timedelta(microseconds=1)
ZONES = ("UTC", "Asia/Seoul", "America/Los_Angeles", "Pacific/Kiritimati")
# Where clocks change at midnight: on one day a year there is none, on another the hour after it comes twice.
AT_MIDNIGHT = ("Asia/Beirut", "America/Havana", "America/Santiago", "America/Asuncion", "Atlantic/Azores")
LAST_DAYS = (
    (date(2028, 2, 29), date(2029, 2, 28)),
    (date(2027, 8, 31), date(2028, 8, 31)),
    (date(2027, 12, 31), date(2028, 12, 31)),
    (date(2027, 3, 1), date(2028, 3, 1)),
)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2027, 12, 31), 12, date(2028, 12, 31)),
        (date(2027, 8, 31), 1, date(2027, 9, 30)),
        (date(2027, 8, 31), 18, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2027, 12, 1), 1, date(2028, 1, 1)),
        (date(2027, 1, 15), 0, date(2027, 1, 15)),
    ],
)
def test_so_many_months_later_is_the_same_day_or_the_last_one(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Asia/Seoul", 22), ("America/Los_Angeles", 21), ("Pacific/Kiritimati", 22), ("Pacific/Pago_Pago", 21)],
)
def test_a_day_is_the_one_of_the_clocks_there(zone: str, day: int) -> None:
    assert local_day(datetime(2026, 11, 21, 15, 0, tzinfo=UTC), zone) == date(2026, 11, day)


def test_a_day_ends_as_the_next_one_begins_also_where_clocks_change() -> None:
    """Of the day with 23 hours and of the one with 25."""
    for day, hours in ((date(2027, 3, 14), 23), (date(2027, 11, 7), 25)):
        begins, ends = (day_ends(one, "America/Los_Angeles") for one in (day - timedelta(days=1), day))
        assert ends - begins == timedelta(hours=hours)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("passed_on", "last"), LAST_DAYS)
def test_a_certificate_lasts_from_the_local_day_of_the_pass_to_the_same_day_a_year_later(
    passed_on: date, last: date, zone: str
) -> None:
    begins = datetime.combine(passed_on, time.min, ZoneInfo(zone)).astimezone(UTC)
    for passed_at, day in (
        (begins - MOMENT, add_months(passed_on - timedelta(days=1), 12)),
        (begins, last),
        (day_ends(passed_on, zone) - MOMENT, last),
        (day_ends(passed_on, zone), add_months(passed_on + timedelta(days=1), 12)),
    ):
        assert valid_until(local_day(passed_at, zone), 12) == day, passed_at


@pytest.mark.parametrize(
    ("days_left", "last"),
    [(60, date(2029, 2, 28)), (1, date(2029, 2, 28)), (0, date(2029, 2, 28)), (-1, date(2029, 3, 1))],
)
def test_months_are_added_to_the_last_day_of_the_one_before_and_after_it_to_that_of_the_pass(
    days_left: int, last: date
) -> None:
    before = date(2028, 2, 29)
    assert valid_until(before - timedelta(days=days_left), 12, before) == last


@pytest.mark.parametrize("zone", [*ZONES, *AT_MIDNIGHT])
def test_every_day_ends_at_the_first_moment_of_the_next_one(zone: str) -> None:
    first = date(2023, 1, 1)
    for day in (first + timedelta(days=n) for n in range(3 * 365)):
        ends = day_ends(day, zone)
        assert (local_day(ends - MOMENT, zone), local_day(ends, zone)) == (day, day + timedelta(days=1)), day


def test_a_day_whose_midnight_does_not_come_ends_as_the_clocks_are_set() -> None:
    saturday = date(2027, 3, 27)
    ends = day_ends(saturday, "Asia/Beirut")
    assert ends == datetime(2027, 3, 27, 22, tzinfo=UTC)
    assert ends.astimezone(ZoneInfo("Asia/Beirut")).time() == time(1)
