"""Moments: months and years on an axis, and in words."""

import itertools

import pytest

from learnapp.content.figures.moments import Axis, end_of, in_words, start_of, year_of


def test_a_month_is_a_twelfth_of_its_year() -> None:
    assert (start_of("1975"), end_of("1975")) == (1975, 1976)
    assert (start_of("1975-01"), end_of("1975-12")) == (1975, 1976)
    assert start_of("1975-07") == 1975.5
    assert year_of("1975-12") == 1975


def test_a_moment_and_a_span_are_said_in_words() -> None:
    assert in_words("1975") == "1975"
    assert in_words("2020-12") == "December 2020"
    assert in_words("1994-07", "1998") == "July 1994 to 1998"


def test_equal_times_are_equal_lengths_of_an_axis_that_holds_its_last_year() -> None:
    axis = Axis(1945, 2024)

    assert (axis.share(1945), axis.share(1985), axis.share(2025)) == (0, 0.5, 1)
    assert [axis.has(moment) for moment in ("1944-12", "1945", "2024-12", "2025")] == [False, True, True, False]


@pytest.mark.parametrize(("axis", "count", "rounds"), [(Axis(2006, 2026), 22, 4), (Axis(1905, 2026), 12, 2)])
def test_a_short_axis_has_a_tick_for_each_year_and_a_long_one_for_each_decade(
    axis: Axis, count: int, rounds: int
) -> None:
    ticks = axis.ticks()

    assert (len(ticks), sum(is_round for _, is_round in ticks)) == (count, rounds)
    steps = {round(after - before, 9) for (before, _), (after, _) in itertools.pairwise(ticks)}
    assert len(steps) == 1
