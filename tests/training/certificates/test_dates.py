"""Dates of certificates: days on local clocks, months that are too short, and ends of days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from learnapp.training.certificates.dates import add_months, day_ends, local_day


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2027, 12, 31), 12, date(2028, 12, 31)),
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
