"""Local times: what clocks leave out, what they show twice, and days that end once."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from learnapp.groups.assignments.local_time import exists, is_end_of_day, local_moment, shift_days
from tests.groups.assignments.test_dates import BERLIN, HAVANA, MOMENTS, ZONE


def test_a_time_that_clocks_leave_out_is_moved_forward_and_told() -> None:
    left_out, day = time(2, 30), date(2027, 3, 28)
    assert local_moment(day, left_out, BERLIN) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert not exists(day, left_out, BERLIN)
    assert exists(date(2027, 3, 29), left_out, BERLIN)
    assert exists(date(2026, 10, 25), left_out, BERLIN)


def test_a_day_ends_once_even_where_its_midnight_comes_twice() -> None:
    for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 3, 7), date(2026, 3, 8)):
        end = local_moment(day, None, HAVANA)
        assert end.astimezone(HAVANA).date() == day
        assert (end + timedelta(microseconds=1)).astimezone(HAVANA).date() == day + timedelta(days=1)
        assert is_end_of_day(end, HAVANA)
        assert not is_end_of_day(end - timedelta(seconds=1), HAVANA)


@given(MOMENTS, st.integers(0, 200), ZONE)
def test_days_later_is_the_same_time_on_the_clock_or_as_soon_after_as_there_is_one(
    moment: datetime, days: int, zone: ZoneInfo
) -> None:
    before, after = moment.astimezone(zone), shift_days(moment, days, zone).astimezone(zone)
    wanted = datetime.combine(before.date() + timedelta(days=days), before.time())
    assert timedelta(0) <= after.replace(tzinfo=None) - wanted <= timedelta(hours=1)
