"""Grading by hand: each type earns what its rule says, part by part."""

from __future__ import annotations

from itertools import chain, combinations, permutations, product
from typing import Any

import pytest

from learnapp.quiz.grading import Score, grade
from learnapp.quiz.items import ITEM_TYPES
from tests.quiz.samples import KEYS, WITH_UNITS, make, option
from tests.quiz.test_responses import HOSTILE


def points(item_type: str, response: object, **changes: Any) -> float:
    return grade(make(item_type, **changes), response).points


def right_parts(score: Score) -> list[bool]:
    return [part.right for part in score.parts]


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_the_key_earns_full_marks_in_every_part(item_type: str) -> None:
    score = grade(make(item_type), KEYS[item_type])
    assert score.points == 1
    assert score.right
    assert all(right_parts(score))


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_unanswered_and_hostile_items_earn_nothing(item_type: str) -> None:
    for number, response in enumerate(HOSTILE):
        score = grade(make(item_type), response)
        assert (score.points, score.right) == (0, False), f"hostile value {number}"


def test_single_is_all_or_nothing() -> None:
    assert [points("single", {"choice": i}) for i in range(3)] == [0, 1, 0]


def test_multiple_takes_wrong_choices_from_right_ones() -> None:
    assert points("multiple", {"choices": [0]}) == 0.5
    assert points("multiple", {"choices": [0, 2, 1]}) == pytest.approx(2 / 3)
    assert points("multiple", {"choices": [0, 1]}) == pytest.approx(1 / 6)
    assert points("multiple", {"choices": [1, 3, 4]}) == 0


def test_choosing_everything_earns_nothing() -> None:
    assert points("multiple", {"choices": [0, 1, 2, 3, 4]}) == 0


def test_of_all_choices_only_the_keys_earn_full_marks() -> None:
    subsets = chain.from_iterable(combinations(range(5), size) for size in range(6))
    assert [chosen for chosen in subsets if grade(make("multiple"), {"choices": chosen}).right] == [(0, 2)]


def test_an_option_rightly_left_is_a_right_part() -> None:
    score = grade(make("multiple"), {"choices": [0, 1]})
    assert right_parts(score) == [True, False, False, True, True]


@pytest.mark.parametrize(
    ("verdict", "reason", "earned"),
    [(False, 1, 1), (False, 0, 0.5), (False, None, 0.5), (True, 1, 0), (True, 0, 0)],
)
def test_a_reason_counts_only_with_the_right_verdict(
    verdict: bool, reason: int | None, earned: float
) -> None:
    assert points("true-false", {"verdict": verdict, "reason": reason}) == earned


def test_a_reason_without_a_verdict_earns_nothing() -> None:
    assert points("true-false", {"reason": 1}) == 0


@pytest.mark.parametrize(
    "value", ["33000", "34000", "33,000", "33 500", "33,999.999", "33500 leaves", " 33500 "]
)
def test_a_number_counts_up_to_both_ends_of_the_tolerance(value: str) -> None:
    assert points("numeric", {"value": value}) == 1


@pytest.mark.parametrize(
    "value", ["32999.9999999999", "34000.0000000001", "33.000", "3.35e4", "33500 cups", "-33500"]
)
def test_a_number_beyond_it_does_not(value: str) -> None:
    assert points("numeric", {"value": value}) == 0


def test_decimals_are_compared_exactly() -> None:
    assert points("numeric", {"value": "0.3"}, answer="0.1", tolerance="0.2") == 1
    assert points("numeric", {"value": "0.3000000000000000001"}, answer="0.1", tolerance="0.2") == 0


@pytest.mark.parametrize(
    ("value", "unit", "earned"),
    [
        ("12", "years", 1),
        ("12 years", "years", 1),
        ("12", "months", 0.5),
        ("12", None, 0.5),
        ("13", "years", 0),
    ],
)
def test_a_right_number_with_another_unit_earns_half(value: str, unit: str | None, earned: float) -> None:
    assert points("numeric", {"value": value, "unit": unit}, **WITH_UNITS) == earned


def test_numeric_has_a_part_for_the_unit_only_where_it_is_asked() -> None:
    assert right_parts(grade(make("numeric"), {"value": "1"})) == [False]
    assert right_parts(grade(make("numeric", **WITH_UNITS), {"value": "12", "unit": "months"})) == [
        True,
        False,
    ]


def test_matching_gives_the_share_of_prompts() -> None:
    assert points("matching", {"matches": {"0": 0, "1": 2, "2": 1}}) == pytest.approx(1 / 3)
    assert points("matching", {"matches": {"0": 0, "1": 1, "2": 3}}) == pytest.approx(2 / 3)
    assert points("matching", {"matches": {"0": 0, "1": 0, "2": 0}}) == pytest.approx(1 / 3)


def test_of_all_matches_only_the_pairs_earn_full_marks() -> None:
    every = ({str(i): match for i, match in enumerate(row)} for row in product(range(4), repeat=3))
    assert sum(grade(make("matching"), {"matches": row}).right for row in every) == 1


def test_ordering_gives_the_share_of_neighbors_in_their_order() -> None:
    assert points("ordering", {"order": [1, 0, 2, 3]}) == pytest.approx(2 / 3)
    assert points("ordering", {"order": [0, 2, 1, 3]}) == pytest.approx(2 / 3)
    assert points("ordering", {"order": [2, 3, 0, 1]}) == pytest.approx(2 / 3)
    assert points("ordering", {"order": [3, 2, 1, 0]}) == 0


def test_an_entry_without_a_place_keeps_no_neighbor() -> None:
    score = grade(make("ordering"), {"order": [0, 1, None, 3]})
    assert score.points == pytest.approx(1 / 3)
    assert right_parts(score) == [True, False, False]


def test_of_all_orders_only_the_right_one_earns_full_marks() -> None:
    graded = {order: grade(make("ordering"), {"order": order}).points for order in permutations(range(4))}
    assert [order for order, earned in graded.items() if earned == 1] == [(0, 1, 2, 3)]
    assert min(graded.values()) == 0


def test_cloze_gives_the_share_of_blanks() -> None:
    assert points("cloze", {"blanks": ["leaf", ""]}) == 0.5
    assert points("cloze", {"blanks": ["twigs", "The HOT  water."]}) == 0.5
    assert points("cloze", {"blanks": ["hot water", "leaves"]}) == 0


def test_cloze_ignores_capitals_but_not_spelling() -> None:
    assert points("cloze", {"blanks": ["LEAVES", "Hot Water"]}) == 1
    assert points("cloze", {"blanks": ["leafs", "hotwater"]}) == 0


def test_categorise_gives_the_share_of_entries() -> None:
    assert points("categorise", {"categories": {"0": 0, "1": 1}}) == pytest.approx(2 / 3)
    assert points("categorise", {"categories": {"0": 1, "1": 0, "2": 1}}) == 0


def test_scenario_gives_the_mean_over_the_turns_taken() -> None:
    assert points("scenario", {"replies": [0, 1]}) == 1
    assert points("scenario", {"replies": [1, 1]}) == 0.75
    assert points("scenario", {"replies": [1, 0]}) == 0.25
    assert points("scenario", {"replies": [2]}) == 0


def test_a_conversation_that_is_broken_off_earns_nothing() -> None:
    score = grade(make("scenario"), {"replies": [0]})
    assert score.points == 0
    assert right_parts(score) == [True]


def test_two_keys_of_many_options_still_make_full_marks() -> None:
    options = [option(f"Option {i}", key=i % 2 == 0) for i in range(11)]
    assert points("multiple", {"choices": [0, 2, 4, 6, 8, 10]}, options=options) == 1
