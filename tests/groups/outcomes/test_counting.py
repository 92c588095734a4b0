"""Counting: which attempts count, what an attempt is worth that was open at the close, and how far somebody is."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.groups.assignments.dates import EffectiveDates, is_asked
from learnapp.groups.outcomes.counting import (
    BEGUN,
    DONE,
    DONE_LATE,
    NOT_ASKED,
    NOT_DONE,
    NOT_STARTED,
    AttemptRecord,
    LessonOutcome,
    LessonRecord,
    SubmittedAnswer,
    counted_attempts,
    for_leaders,
    lesson_outcome,
)
from learnapp.learning.models import MAIN, MISSED, SHORT
from tests.factories.base import NOON

BERLIN = ZoneInfo("Europe/Berlin")
MARKS = {MAIN: 70, SHORT: 70}
NO_LIMIT = EffectiveDates(BERLIN)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
JOINED = NOON - 30 * DAY


def finished(points: float, at: datetime, **changes: Any) -> AttemptRecord:
    """Return an attempt of five items that was finished then."""
    return replace(AttemptRecord(MAIN, at - HOUR, at, points, 5.0, points >= 3.5), **changes)


def unfinished(*answers: tuple[datetime, float], started: datetime = NOON - HOUR, kind: str = MAIN) -> AttemptRecord:
    """Return an attempt of five items with these answers submitted."""
    return AttemptRecord(kind, started, None, None, 5.0, None, tuple(SubmittedAnswer(*answer) for answer in answers))


def shares(attempts: list[AttemptRecord], dates: EffectiveDates, now: datetime) -> list[float]:
    return [attempt.share for attempt in counted_attempts(attempts, dates, now, MARKS)]


def outcome(record: LessonRecord, dates: EffectiveDates | None = NO_LIMIT, now: datetime = NOON) -> LessonOutcome:
    return lesson_outcome(record, dates, JOINED, now, MARKS)


def test_every_finished_attempt_counts_without_a_limit_whenever_it_was() -> None:
    attempts = [finished(2, NOON - 400 * DAY), finished(5, NOON), finished(4, NOON + DAY)]
    assert shares(attempts, NO_LIMIT, NOON + 2 * DAY) == [0.4, 1.0, 0.8]


def test_practice_of_what_was_missed_never_counts() -> None:
    practice = [finished(5, NOON, kind=MISSED), unfinished((NOON, 1), kind=MISSED)]
    assert shares(practice, EffectiveDates(BERLIN, closes=NOON + DAY), NOON + 2 * DAY) == []


def test_the_short_quiz_counts_as_the_main_one() -> None:
    assert shares([finished(4, NOON, kind=SHORT)], NO_LIMIT, NOON) == [0.8]


def test_only_the_first_finished_tries_count_where_there_is_a_number() -> None:
    attempts = [finished(5, NOON + 2 * DAY), finished(2, NOON), finished(3, NOON + DAY)]
    assert shares(attempts, EffectiveDates(BERLIN, tries=2), NOON + 3 * DAY) == [0.4, 0.6]
    best = outcome(LessonRecord(True, attempts=tuple(attempts)), EffectiveDates(BERLIN, tries=2), NOON + 3 * DAY).best
    assert best
    assert best.share == 0.6


@pytest.mark.parametrize(("seconds", "counts"), [(-1, True), (1, True), (9, True), (10, True), (11, False)])
def test_an_attempt_finished_around_the_close_counts_up_to_the_grace(seconds: int, counts: bool) -> None:
    dates = EffectiveDates(BERLIN, closes=NOON)
    assert bool(shares([finished(5, NOON + seconds * SECOND)], dates, NOON + DAY)) is counts


@pytest.mark.parametrize(("seconds", "share"), [(-1, 0.6), (1, 0.6), (9, 0.6), (10, 0.6), (11, 0.4)])
def test_an_attempt_open_at_the_close_counts_with_what_was_submitted_in_time(seconds: int, share: float) -> None:
    dates = EffectiveDates(BERLIN, closes=NOON)
    attempt = unfinished((NOON - 600 * SECOND, 1), (NOON - 300 * SECOND, 1), (NOON + seconds * SECOND, 1))
    assert shares([attempt], dates, NOON + DAY) == [share]
    later = replace(attempt, finished_at=NOON + DAY, points=5.0, passed=True)
    assert shares([later], dates, NOON + 2 * DAY) == [share]


def test_before_the_close_an_open_attempt_counts_as_none() -> None:
    attempt = unfinished((NOON - HOUR, 1))
    dates = EffectiveDates(BERLIN, closes=NOON)
    assert shares([attempt], dates, NOON + 10 * SECOND) == []
    assert shares([attempt], dates, NOON + 11 * SECOND) == [0.2]
    assert shares([attempt], NO_LIMIT, NOON + DAY) == []


def test_an_attempt_in_which_nothing_was_submitted_in_time_counts_as_none() -> None:
    dates = EffectiveDates(BERLIN, closes=NOON)
    assert shares([unfinished(), unfinished((NOON + HOUR, 1), started=NOON + HOUR)], dates, NOON + DAY) == []


def test_a_later_close_for_one_lets_the_same_attempt_go_on_counting() -> None:
    attempt = unfinished((NOON - HOUR, 1), (NOON + HOUR, 1))
    assert shares([attempt], EffectiveDates(BERLIN, closes=NOON), NOON + DAY) == [0.2]
    assert shares([attempt], EffectiveDates(BERLIN, closes=NOON + 2 * HOUR), NOON + DAY) == [0.4]


def test_a_try_that_the_close_cut_short_comes_after_those_that_were_finished() -> None:
    attempts = [unfinished((NOON - 2 * DAY, 1), started=NOON - 3 * DAY), finished(3, NOON - HOUR)]
    assert shares(attempts, EffectiveDates(BERLIN, closes=NOON, tries=1), NOON + DAY) == [0.6]
    assert shares(attempts, EffectiveDates(BERLIN, closes=NOON, tries=2), NOON + DAY) == [0.6, 0.2]


def test_the_mark_is_the_best_in_whole_percent_rounded_down() -> None:
    attempts = (finished(1, NOON), finished(10 / 3, NOON + HOUR), finished(3, NOON + DAY))
    found = outcome(LessonRecord(True, attempts=attempts))
    assert found.percent == 66
    assert found.state == BEGUN
    assert outcome(LessonRecord(True)).percent is None


def test_nothing_stored_is_not_started_and_anything_is_begun() -> None:
    assert outcome(LessonRecord()).state == NOT_STARTED
    assert outcome(LessonRecord(begun=True)).state == BEGUN
    assert outcome(LessonRecord(begun=True, read_at=NOON)).state == BEGUN


def test_what_was_complete_before_the_assignment_is_done() -> None:
    record = LessonRecord(True, NOON - 400 * DAY, NOON - 400 * DAY)
    found = outcome(record, EffectiveDates(BERLIN, opens=NOON, due=NOON + DAY, closes=NOON + DAY))
    assert (found.state, found.late_days, found.done_at) == (DONE, 0, NOON - 400 * DAY)
    assert found.done


def test_what_is_complete_after_its_date_is_done_late_by_local_days() -> None:
    record = LessonRecord(True, NOON, NOON + 2 * DAY)
    found = outcome(record, EffectiveDates(BERLIN, due=NOON), NOON + 3 * DAY)
    assert (found.state, found.late_days) == (DONE_LATE, 2)
    assert found.done


@pytest.mark.parametrize(("seconds", "state"), [(10, DONE), (11, BEGUN)])
def test_what_is_complete_after_the_close_is_not_done_for_it(seconds: int, state: str) -> None:
    record = LessonRecord(True, NOON - HOUR, NOON + seconds * SECOND)
    assert outcome(record, EffectiveDates(BERLIN, closes=NOON), NOON + DAY).state == state


def test_answers_in_time_that_pass_make_a_lesson_done_that_was_read() -> None:
    dates = EffectiveDates(BERLIN, due=NOON - 2 * HOUR, closes=NOON)
    answers = [(NOON - HOUR, 1.0), (NOON - HOUR, 1.0), (NOON - HOUR, 1.0), (NOON + 5 * SECOND, 1.0)]
    passed, failed = unfinished(*answers), unfinished(*answers[1:])
    read = LessonRecord(True, NOON - HOUR, None, (passed,))
    found = outcome(read, dates, NOON + DAY)
    assert (found.state, found.late_days, found.done_at) == (DONE_LATE, 1, NOON + 5 * SECOND)
    assert outcome(read, dates, NOON).state == BEGUN
    assert outcome(replace(read, attempts=(failed,)), dates, NOON + DAY).state == BEGUN
    assert outcome(replace(read, read_at=None), dates, NOON + DAY).state == BEGUN
    assert outcome(replace(read, read_at=NOON + HOUR), dates, NOON + DAY).state == BEGUN


def test_a_lesson_done_by_a_further_try_is_done_with_the_mark_of_the_first() -> None:
    attempts = (finished(1, NOON - DAY), finished(5, NOON))
    found = outcome(LessonRecord(True, NOON, NOON, attempts), EffectiveDates(BERLIN, tries=1))
    assert (found.state, found.percent) == (DONE, 20)


def test_nothing_is_asked_of_who_is_excused_joined_after_the_close_or_gets_no_assignment() -> None:
    done = LessonRecord(True, NOON, NOON, (finished(5, NOON),))
    assert outcome(done, None) == outcome(done, replace(NO_LIMIT, excused=True)) == LessonOutcome(NOT_ASKED)
    closed = EffectiveDates(BERLIN, closes=JOINED - DAY)
    assert outcome(done, closed) == LessonOutcome(NOT_ASKED)
    assert not is_asked(closed, JOINED)
    assert is_asked(EffectiveDates(BERLIN, closes=JOINED), JOINED)


def test_of_a_lesson_with_an_advisory_leaders_see_whether_it_is_done_and_nothing_else() -> None:
    attempt = counted_attempts([finished(5, NOON)], NO_LIMIT, NOON, MARKS)
    for found, seen in (
        (LessonOutcome(DONE, 0, NOON, attempt, complete=True), LessonOutcome(DONE)),
        (LessonOutcome(DONE_LATE, 3, NOON, attempt, complete=True), LessonOutcome(DONE)),
        (LessonOutcome(BEGUN, counted=attempt), LessonOutcome(NOT_DONE)),
        (LessonOutcome(BEGUN, counted=attempt, complete=True), LessonOutcome(DONE)),  # after a close
        (LessonOutcome(DONE, counted=attempt), LessonOutcome(NOT_DONE)),  # by what was answered at a close
        (LessonOutcome(NOT_STARTED), LessonOutcome(NOT_DONE)),
        (LessonOutcome(NOT_ASKED), LessonOutcome(NOT_ASKED)),
    ):
        assert for_leaders(found, care=True) == seen
        assert for_leaders(found, care=False) is found


@pytest.mark.parametrize("completed_at", [None, NOON - DAY])
def test_no_dates_that_a_leader_tries_tell_when_a_care_lesson_was_done(completed_at: datetime | None) -> None:
    answers = [(NOON - DAY - HOUR, 1.0)] * 4
    record = LessonRecord(True, NOON - 2 * DAY, completed_at, (unfinished(*answers),))
    closes = [None, *(NOON + hours * HOUR for hours in range(-72, 72))]
    dates = [EffectiveDates(BERLIN, closes=close, tries=tries) for close in closes for tries in (None, 1)]
    found = [outcome(record, one, NOON + 9 * DAY) for one in dates]
    assert len({for_leaders(one, care=True) for one in found}) == 1
    assert len({one.state for one in found}) == 2


TIMES = st.integers(-100, 100).map(lambda hours: NOON + hours * HOUR)
ANSWERS = st.lists(st.builds(SubmittedAnswer, TIMES, st.floats(0, 1)), max_size=5).map(tuple)
ATTEMPTS = st.lists(
    st.builds(lambda at, points, answers: finished(points, at, answers=answers), TIMES, st.floats(0, 5), ANSWERS)
    | st.builds(lambda at, answers: AttemptRecord(MAIN, at, None, None, 5.0, None, answers), TIMES, ANSWERS),
    max_size=4,
)


@given(ATTEMPTS, TIMES, st.integers(0, 100), st.none() | st.integers(1, 3), st.integers(0, 3))
def test_a_later_close_or_more_tries_lower_no_mark(
    attempts: list[AttemptRecord], closes: datetime, hours: int, tries: int | None, more: int
) -> None:
    now = NOON + 1000 * HOUR
    before = EffectiveDates(BERLIN, closes=closes, tries=tries)
    further = EffectiveDates(BERLIN, closes=closes, tries=None if tries is None else tries + more)
    assert max(shares(attempts, further, now), default=0) >= max(shares(attempts, before, now), default=0)
    later = EffectiveDates(BERLIN, closes=closes + hours * HOUR)
    all_tries = EffectiveDates(BERLIN, closes=closes)
    whole = [replace(attempt, answers=()) for attempt in attempts]
    assert max(shares(whole, later, now), default=0) >= max(shares(whole, all_tries, now), default=0)
