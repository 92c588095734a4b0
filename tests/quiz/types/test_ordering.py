"""Ordering: the model, its responses, its grading, its explanations."""

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from learnapp.quiz.display import Message
from learnapp.quiz.item import Presentation
from learnapp.quiz.rows import Targets
from learnapp.quiz.types.ordering import swap_places
from tests.quiz.answers import clean, complaint, grade, parts, points, rows
from tests.quiz.samples import WHY, make


def test_entries_to_order_can_be_told_apart() -> None:
    entries = [{"text": "Boil", "feedback": WHY}, {"text": "boil", "feedback": WHY}]
    assert "make the entries differ" in complaint("ordering", entries=entries)


def test_ordering_gives_the_share_of_neighbors_in_their_order() -> None:
    assert points("ordering", {"order": [1, 0, 2, 3]}) == pytest.approx(2 / 3)
    assert points("ordering", {"order": [0, 2, 1, 3]}) == pytest.approx(2 / 3)
    assert points("ordering", {"order": [2, 3, 0, 1]}) == pytest.approx(2 / 3)
    assert points("ordering", {"order": [3, 2, 1, 0]}) == 0


def test_an_entry_without_a_place_keeps_no_neighbor() -> None:
    assert points("ordering", {"order": [0, 1, None, 3]}) == pytest.approx(1 / 3)


def test_of_all_orders_only_the_right_one_earns_full_marks() -> None:
    graded = {order: grade(make("ordering"), {"order": order}) for order in permutations(range(4))}
    assert [order for order, earned in graded.items() if earned == 1] == [(0, 1, 2, 3)]
    assert min(graded.values()) == 0


@given(st.permutations(range(4)))
def test_turning_an_order_around_turns_its_points_around(order: list[int]) -> None:
    item = make("ordering")
    there, back = grade(item, {"order": order}), grade(item, {"order": order[::-1]})
    assert math.isclose(there + back, 1)


def at(place: int) -> Message:
    return Message("You put it at place %(number)s.", place)


def test_ordering_lists_the_right_order_with_the_place_each_entry_got() -> None:
    found = rows("ordering", {"order": [1, 0, 2, None]})
    assert [(row.label, row.given, row.verdict) for row in found] == [
        ("1. Boil", at(2), "wrong"),
        ("2. Warm", at(1), "wrong"),
        ("3. Pour", at(3), "right"),
        ("4. Drink", "", "neutral"),
    ]


def test_entries_that_share_a_place_stay_as_they_were_given_and_are_asked_for_again() -> None:
    item = make("ordering")
    assert clean(item, {"places": [1, 1, 3, 9]}) == {"places": [1, 1, 3, None]}
    assert clean(item, {"places": [3, 1, 2, None]}) == {"order": [1, 2, 0, None]}
    assert parts(item, {"places": [1, 1, 3, 2]}) == ["place-0", "place-1"]
    assert points("ordering", {"places": [1, 1, 3, 4]}) == pytest.approx(1 / 3)


def test_a_place_that_two_entries_share_is_shown_again_as_it_was() -> None:
    item, shown = make("ordering"), Presentation((2, 0, 3, 1))
    form = MultiDict({"place-0": "1", "place-1": "1", "place-2": "4"})
    response = item.parse_form(form, shown)
    assert response is not None
    assert dict(item.form_values(response, shown)) == form.to_dict()
    assert [row.verdict for row in item.explain(response, shown)] == [*["neutral"] * 3, "right"]


@pytest.mark.parametrize(
    ("sent", "held", "then"),
    [
        pytest.param((1, 1, 3, 4), (1, 2, 3, 4), (2, 1, 3, 4), id="one-moved"),
        pytest.param((3, 2, 3, 4), (1, 2, 3, 4), (3, 2, 1, 4), id="one-moved-back"),
        pytest.param((2, 3, 3, 4), (1, 2, 3, 4), (2, 3, 1, 4), id="the-free-place"),
        pytest.param((2, 2, 2, 4), (1, 2, 3, 4), (2, 2, 2, 4), id="two-moved-there"),
        pytest.param((2, 1, 3, 4), (1, 2, 3, 4), (2, 1, 3, 4), id="all-differ"),
        pytest.param((1, 1, 3, None), (1, 2, 3, 4), (1, 1, 3, None), id="one-lacks"),
    ],
)
def test_who_comes_to_a_place_changes_places_with_its_holder(sent: Targets, held: Targets, then: Targets) -> None:
    assert swap_places(sent, held) == then


def test_a_form_starts_with_each_entry_where_it_stands_and_swaps_from_there() -> None:
    item, shown = make("ordering"), Presentation((2, 0, 3, 1))
    assert [one.start for one in item.form(None, shown).inputs] == ["1", "2", "3", "4"]
    form = MultiDict({"place-0": "1", "place-1": "1", "place-2": "3", "place-3": "4"})
    first = item.parse_form(form, shown)
    assert first is not None
    assert dict(item.form_values(first, shown)) == {**form.to_dict(), "place-0": "2"}
    then = item.parse_form(MultiDict({**dict(item.form_values(first, shown)), "place-3": "1"}), shown, first)
    assert then is not None
    assert dict(item.form_values(then, shown)) == {"place-0": "2", "place-1": "4", "place-2": "3", "place-3": "1"}
