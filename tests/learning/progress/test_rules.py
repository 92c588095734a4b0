"""The state of a learner in a lesson, and how it grows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.learning.progress.rules import (
    LessonState,
    after_reading,
    after_result,
    merge_states,
    passes,
    percent,
    state_until,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)

moments = st.none() | st.integers(0, 1000).map(lambda minutes: NOON + timedelta(minutes=minutes))
results = st.tuples(st.integers(0, 60).map(lambda tenths: tenths / 10), st.just(6.0)) | st.just((None, None))


@st.composite
def states(draw: st.DrawFn) -> LessonState:
    points, out_of = draw(results)
    read, passed = draw(moments), draw(moments)
    complete = max(read, passed) if read and passed else None
    place_at = draw(moments)
    return LessonState(
        place=f"p{draw(st.integers(1, 9))}" if place_at else None,
        place_at=place_at,
        read_at=read,
        route=draw(st.sampled_from((None, "all", "closed", "short"))),
        passed_at=passed,
        completed_at=complete,
        best_points=points,
        best_max=out_of,
    )


def test_reading_alone_does_not_complete_a_lesson() -> None:
    read = after_reading(LessonState(), NOON)

    assert read.read_at == NOON
    assert read.completed_at is None


def test_a_lesson_is_complete_once_it_is_read_and_its_quiz_passed() -> None:
    read = after_reading(LessonState(), NOON)

    assert after_result(read, 6, 6, True, LATER).completed_at == LATER


def test_the_order_does_not_matter() -> None:
    passed = after_result(LessonState(), 6, 6, True, NOON)

    assert passed.completed_at is None
    assert after_reading(passed, LATER).completed_at == LATER


def test_a_completion_is_never_taken_back() -> None:
    complete = after_result(after_reading(LessonState(), NOON), 6, 6, True, NOON)

    assert after_result(complete, 0, 6, False, LATER) == complete
    assert after_reading(complete, LATER) == complete


def test_the_best_score_counts_by_its_share() -> None:
    short = after_result(LessonState(), 2, 2, True, NOON)

    after_main = after_result(short, 5, 6, True, LATER)

    assert (after_main.best_points, after_main.best_max) == (2, 2)
    assert after_main.passed_at == NOON
    assert after_main.percent == 100


def test_a_better_score_replaces_a_worse_one() -> None:
    assert after_result(after_result(LessonState(), 1, 6, False, NOON), 3, 6, False, LATER).percent == 50


def test_reading_twice_keeps_the_first_time() -> None:
    assert after_reading(after_reading(LessonState(), NOON), LATER).read_at == NOON


@pytest.mark.parametrize(
    ("points", "out_of", "shown"),
    [(0, 6, 0), (6, 6, 100), (4.17, 6, 69), (1 / 3 + 1 / 3 + 1 / 3, 1, 100), (0.7, 1, 70), (0, 0, 0), (7, 6, 100)],
)
def test_a_percentage_is_rounded_down(points: float, out_of: float, shown: int) -> None:
    assert percent(points, out_of) == shown


def test_what_is_shown_as_the_pass_mark_passes() -> None:
    for tenths in range(61):
        points = tenths / 10
        assert passes(points, 6, 70) == (percent(points, 6) >= 70)


def test_thirds_add_up_to_a_pass() -> None:
    assert passes(sum([1 / 3] * 21), 10, 70)


def test_an_attempt_without_items_is_not_passed() -> None:
    assert not passes(0, 0, 0)


@given(states(), states())
def test_merging_loses_nothing(mine: LessonState, other: LessonState) -> None:
    both = merge_states(mine, other)

    for field in ("read_at", "passed_at"):
        dates = [date for date in (getattr(mine, field), getattr(other, field)) if date]
        assert getattr(both, field) == min(dates, default=None)
    completions = [one.completed_at for one in (mine, other) if one.completed_at]
    assert not completions or both.completed_at == min(completions)
    assert (both.percent or 0) == max(mine.percent or 0, other.percent or 0)
    assert both.place_at == max(filter(None, (mine.place_at, other.place_at)), default=None)


@given(states())
def test_merging_with_itself_or_nothing_changes_nothing(one: LessonState) -> None:
    assert merge_states(one, one) == one
    assert merge_states(one, LessonState()) == one
    assert merge_states(LessonState(), one) == one


def test_read_as_a_guest_and_passed_with_the_account_is_complete() -> None:
    guest = replace(LessonState(), read_at=NOON)
    account = after_result(LessonState(), 6, 6, True, LATER)

    assert merge_states(account, guest).completed_at == LATER


def test_what_was_reached_later_is_not_there_at_a_moment() -> None:
    state = after_result(after_reading(LessonState(), NOON), 6, 6, True, LATER)
    before = state_until(state, NOON)
    assert (before.read_at, before.passed_at, before.completed_at) == (NOON, None, None)
    assert state_until(state, LATER) == state
