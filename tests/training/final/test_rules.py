"""Rules of finals: open for 30 days, another form 24 hours after the last one ended, whatever clocks on walls do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from learnapp.learning.models import ASIDE, FINAL, FINISHED, OPEN
from learnapp.training.final.rules import (
    AGAIN_AFTER,
    OPEN_FOR,
    FinalAttempt,
    FormStatus,
    is_over,
    last_pass,
    open_form,
    waits_until,
)
from tests.factories.base import NOON

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def form(
    number: int = 1,
    state: str = OPEN,
    started_at: datetime = NOON,
    finished_at: datetime | None = None,
    passed: bool | None = None,
) -> FinalAttempt:
    return FinalAttempt(number, FINAL, state, ("one",), started_at, finished_at, passed)


def ended(number: int, finished_at: datetime, passed: bool = False) -> FinalAttempt:
    """Make a form that was finished."""
    return form(number, FINISHED, finished_at - DAY, finished_at, passed)


@pytest.mark.parametrize(
    ("state", "age", "status"),
    [
        (OPEN, timedelta(), "open"),
        (OPEN, OPEN_FOR - SECOND, "open"),
        (OPEN, OPEN_FOR, "aside"),
        (OPEN, 99 * DAY, "aside"),
        (ASIDE, timedelta(), "aside"),
        (FINISHED, timedelta(), "finished"),
        (FINISHED, 99 * DAY, "finished"),
    ],
)
def test_a_form_stands_open_for_30_days_unless_it_is_finished(state: str, age: timedelta, status: FormStatus) -> None:
    assert form(state=state).status(NOON + age) == status
    assert is_over(NOON, NOON + age) == (age >= timedelta(days=30))


def test_a_form_that_is_over_was_set_aside_at_that_moment() -> None:
    aside = form()
    assert aside.over_at == NOON + timedelta(days=30)
    assert aside.again_at == NOON + timedelta(days=31)
    # Whoever comes back later need not wait again.
    assert waits_until([aside], NOON + timedelta(days=31) - SECOND) == aside.again_at
    assert waits_until([aside], NOON + timedelta(days=31)) is None


@pytest.mark.parametrize("passed", [True, False])
def test_a_form_is_waited_for_24_hours_after_the_last_was_finished(passed: bool) -> None:
    last = ended(2, NOON, passed)
    assert waits_until([last, ended(1, NOON - 9 * DAY)], NOON) == NOON + AGAIN_AFTER
    assert waits_until([last], NOON + timedelta(hours=24) - SECOND) == NOON + timedelta(hours=24)
    assert waits_until([last], NOON + timedelta(hours=24)) is None


def test_nobody_waits_before_the_first_form_or_while_one_is_open() -> None:
    assert waits_until([], NOON) is None
    assert waits_until([form(2), ended(1, NOON - SECOND)], NOON) is None


@pytest.mark.parametrize("day", [date(2026, 10, 31), date(2027, 3, 13)])  # clocks go back, forward
def test_24_hours_are_24_hours_in_a_night_in_which_clocks_are_changed(day: date) -> None:
    zone = ZoneInfo("America/New_York")
    finished_at = datetime.combine(day, time(12), zone).astimezone(UTC)
    again_at = waits_until([ended(1, finished_at)], finished_at)
    assert again_at is not None
    assert (again_at - finished_at).total_seconds() == 86_400
    assert again_at.astimezone(zone).hour != 12  # on the wall it is another hour than the day before


def test_the_form_that_takes_answers_is_found_among_those_that_ended() -> None:
    current = form(3)
    assert open_form([current, ended(2, NOON), ended(1, NOON)], NOON) is current
    assert open_form([ended(2, NOON), form(1, ASIDE)], NOON) is None
    assert open_form([current], NOON + OPEN_FOR) is None


def test_the_pass_that_counts_is_the_newest_one() -> None:
    newer, older = ended(3, NOON, passed=True), ended(1, NOON - 9 * DAY, passed=True)
    assert last_pass([ended(4, NOON), newer, ended(2, NOON), older]) is newer
    assert last_pass([ended(1, NOON), form(2)]) is None
    assert last_pass([]) is None
