"""Standings as values: how many stand so, the bar that shows them, and when a partner counts."""

from dataclasses import replace
from itertools import pairwise

import pytest

from learnapp.teams.standings.values import GAP, MOST_BLOCKS, EventStandings, VolunteerStanding
from learnapp.training.readiness.rules import Standing
from tests.factories.base import NOON

ONE = VolunteerStanding(1, "Vera", "ready", (), None, None, None, None, None)


def crowd(ready: int, nearly: int, not_yet: int) -> EventStandings:
    kinds: list[Standing] = [*["ready"] * ready, *["nearly"] * nearly, *["not_yet"] * not_yet]  # type: ignore[list-item]
    return EventStandings([replace(ONE, user_id=at, standing=kind) for at, kind in enumerate(kinds)])


def test_volunteers_are_counted_who_is_ready_first() -> None:
    found = crowd(2, 1, 3)
    assert found.counts == {"ready": 2, "nearly": 1, "not_yet": 3}
    assert [one.user_id for one in found.of("nearly")] == [2]


@pytest.mark.parametrize("counts", [(1, 0, 0), (2, 1, 3), (MOST_BLOCKS, 0, 0), (30, 5, 6), (0, 100, 100), (1, 198, 1)])
def test_the_bar_shows_everybody_in_order_within_its_width(counts: tuple[int, int, int]) -> None:
    bar, total = crowd(*counts).bar, sum(counts)
    assert len(bar) == (total if total <= MOST_BLOCKS else sum(map(bool, counts)))
    assert [standing for _x, _width, standing in bar] == sorted(
        (standing for _x, _width, standing in bar), key=["ready", "nearly", "not_yet"].index
    )
    for (x, width, _), (following, _, _) in pairwise(bar):
        assert x + width <= following + 0.2
    assert bar[0][0] >= 0
    assert bar[-1][0] + bar[-1][1] <= 100 + GAP
    assert all(width > 0 for _x, width, _standing in bar)


def test_nobody_makes_no_bar() -> None:
    assert crowd(0, 0, 0).bar == []


def test_a_partner_counts_for_who_is_not_ready_alone() -> None:
    assert not replace(ONE, partnered_at=NOON).partnered
    assert replace(ONE, partnered_at=NOON, standing="nearly").partnered
    assert not replace(ONE, standing="not_yet").partnered
