"""Events as values: when one begins and ends on its own clocks, and when it is gone."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.actors.teams import team_event


@pytest.mark.parametrize(
    ("zone", "begins", "ends"),
    [
        ("Pacific/Kiritimati", (2027, 3, 13, 20), (2027, 3, 14, 10)),
        ("Asia/Seoul", (2027, 3, 14, 1), (2027, 3, 14, 15)),
        ("Europe/Berlin", (2027, 3, 14, 9), (2027, 3, 14, 23)),
        ("America/New_York", (2027, 3, 14, 14), (2027, 3, 15, 4)),  # summer time begins that night
        ("Etc/GMT+12", (2027, 3, 14, 22), (2027, 3, 15, 12)),
    ],
)
def test_an_event_begins_and_ends_on_the_clocks_of_its_zone(
    zone: str, begins: tuple[int, int, int, int], ends: tuple[int, int, int, int]
) -> None:
    event = team_event(zone=zone)
    end = datetime(*ends, tzinfo=UTC)
    assert event.moment == datetime(*begins, tzinfo=UTC)
    assert event.ends == end - timedelta(microseconds=1)
    assert not event.over(event.ends)
    assert event.over(end)
    assert event.gone_at == event.ends + timedelta(days=90)


def test_a_time_that_the_clocks_leave_out_is_as_much_later() -> None:
    event = team_event(day=date(2027, 3, 28), starts=time(2, 30))
    assert event.moment == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_days_are_counted_on_the_clocks_of_the_event() -> None:
    now = datetime(2027, 3, 13, 12, tzinfo=UTC)
    assert team_event(zone="Pacific/Kiritimati").days_to_go(now) == 0
    assert team_event(zone="Europe/Berlin").days_to_go(now) == 1
    assert team_event(zone="Pacific/Pago_Pago").days_to_go(now + timedelta(days=3)) == -2


def test_what_was_kept_is_forgotten_ninety_days_after_it_was_closed_and_the_event_not_before_its_day() -> None:
    closed = datetime(2027, 3, 14, 17, tzinfo=UTC)
    event = team_event(closed_at=closed)
    assert event.closed
    assert event.forgotten_at == closed + timedelta(days=90)
    assert event.gone_at == event.ends + timedelta(days=90) > event.forgotten_at
    late = event.ends + timedelta(days=3)
    assert team_event(closed_at=late).gone_at == late + timedelta(days=90)
    assert not team_event().closed
