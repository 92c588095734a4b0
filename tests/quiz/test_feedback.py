"""After submission every option and part is explained, with the fact that the reason rests on."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from learnapp.quiz.feedback import Explanation, explain
from learnapp.quiz.grading import grade
from learnapp.quiz.items import Item
from tests.quiz.samples import KEYS, WHY, WITH_UNITS, make, option
from tests.quiz.strategies import garbage, items, items_with_responses

CHOICE_TYPES = ("single", "multiple", "true-false", "scenario")


def rows(item_type: str, response: object, **changes: Any) -> tuple[Explanation, ...]:
    return explain(make(item_type, **changes), response)


def test_single_explains_each_option_and_marks_the_chosen_one() -> None:
    green, white, black = rows("single", {"choice": 0})
    assert (green.verdict, green.chosen, green.why) == ("wrong", True, f"Green: {WHY}")
    assert (white.verdict, white.chosen) == ("right", False)
    assert (black.verdict, black.chosen) == ("wrong", False)


def test_multiple_tells_keys_from_other_options_whatever_was_chosen() -> None:
    found = rows("multiple", {"choices": [0, 1]})
    assert [row.verdict for row in found] == ["right", "wrong", "right", "wrong", "wrong"]
    assert [row.chosen for row in found] == [True, True, False, False, False]


def test_true_false_explains_both_verdicts_and_each_reason() -> None:
    yes, no, shut, colder = rows("true-false", {"verdict": True, "reason": 1})
    assert [(row.label, row.text, row.part) for row in (yes, no)] == [
        ("verdict", "true", 0),
        ("verdict", "false", 0),
    ]
    assert (yes.verdict, yes.chosen, yes.why) == ("wrong", True, "It does cool down.")
    assert (no.verdict, no.chosen) == ("right", False)
    assert (shut.label, shut.verdict, shut.part) == ("reason", "wrong", 1)
    assert (colder.verdict, colder.chosen) == ("right", True)


@pytest.mark.parametrize(
    ("value", "verdict", "why"),
    [
        ("33,500", "right", WHY),
        ("32999", "wrong", "There are more."),
        ("50 000", "wrong", "There are fewer."),
        ("many", "wrong", WHY),
        ("", "neutral", WHY),
    ],
)
def test_numeric_says_whether_it_was_too_low_or_too_high(value: str, verdict: str, why: str) -> None:
    (row,) = rows("numeric", {"value": value})
    assert (row.verdict, row.why, row.given) == (verdict, why, value)
    assert row.text == "33,000–34,000 leaves"


def test_numeric_explains_the_unit_where_it_is_asked() -> None:
    number, unit = rows("numeric", {"value": "12", "unit": "months"}, **WITH_UNITS)
    assert (number.label, number.text, number.verdict) == ("number", "12", "right")
    assert (unit.label, unit.text, unit.given, unit.verdict) == ("unit", "years", "months", "wrong")
    assert unit.why == "Trees take years."


def test_matching_sets_the_right_match_beside_the_one_given() -> None:
    pot, kettle, sieve = rows("matching", {"matches": {"0": 0, "1": 3}})
    assert (pot.label, pot.text, pot.given, pot.verdict) == ("Pot", "holds tea", "holds tea", "right")
    assert (kettle.text, kettle.given, kettle.verdict) == ("boils water", "cuts bread", "wrong")
    assert (sieve.given, sieve.verdict, sieve.chosen) == ("", "neutral", False)


def test_ordering_lists_the_right_order_with_the_place_each_entry_got() -> None:
    found = rows("ordering", {"order": [1, 0, 2, None]})
    assert [row.text for row in found] == ["Boil", "Warm", "Pour", "Drink"]
    assert [(row.label, row.given, row.verdict) for row in found] == [
        ("1", "2", "wrong"),
        ("2", "1", "wrong"),
        ("3", "3", "right"),
        ("4", "", "neutral"),
    ]


def test_cloze_answers_words_that_the_author_foresaw() -> None:
    first, second = rows("cloze", {"blanks": ["the Twigs ", "ice"]})
    assert (first.given, first.verdict, first.why) == (
        "the Twigs",
        "wrong",
        "Nearly: look at the label again.",
    )
    assert (second.label, second.text, second.given, second.why) == ("2", "hot water", "ice", WHY)


def test_categorise_sets_the_right_category_beside_the_one_given() -> None:
    leaves, milk, sugar = rows("categorise", {"categories": {"0": 0, "1": 0}})
    assert (leaves.verdict, leaves.given) == ("right", "Shelf")
    assert (milk.label, milk.text, milk.given, milk.verdict) == ("Milk", "Fridge", "Shelf", "wrong")
    assert sugar.verdict == "neutral"


def test_scenario_explains_every_reply_of_the_turns_taken() -> None:
    found = rows("scenario", {"replies": [1, 1]})
    assert [row.verdict for row in found] == ["right", "neutral", "wrong", "wrong", "right"]
    assert [row.chosen for row in found] == [False, True, False, False, True]
    assert [row.part for row in found] == [0, 0, 0, 1, 1]
    assert found[3].label == "Something mild?"


def test_scenario_explains_the_turn_that_was_left_open_and_none_after_it() -> None:
    assert [row.part for row in rows("scenario", None)] == [0, 0, 0]
    assert [row.part for row in rows("scenario", {"replies": [2]})] == [0, 0, 0]


def test_a_reason_rests_on_its_own_fact_or_the_first_of_the_item() -> None:
    found = rows("matching", None, facts=["tea.07", "tea.08"])
    assert [row.see for row in found] == ["tea.07", "tea.02", "tea.07"]
    options = [option("Green"), option("White", key=True) | {"see": "tea.03"}]
    assert [row.see for row in rows("single", None, options=options)] == ["tea.01", "tea.03"]


@pytest.mark.parametrize("item_type", KEYS)
def test_the_key_is_explained_as_right_throughout(item_type: str) -> None:
    found = rows(item_type, KEYS[item_type])
    if item_type in CHOICE_TYPES:
        assert all((row.verdict == "right") == row.chosen for row in found)
    else:
        assert {row.verdict for row in found} == {"right"}


@settings(max_examples=150, deadline=None)
@given(items_with_responses())
def test_verdicts_and_points_agree(case: tuple[Item, Any]) -> None:
    item, response = case
    found = explain(item, response)
    chosen = [row for row in found if row.chosen]
    if grade(item, response).right:
        assert chosen
        assert all(row.verdict == "right" for row in chosen)
    if item.type not in CHOICE_TYPES:
        assert grade(item, response).right == all(row.verdict == "right" for row in found)
        assert all((row.verdict == "neutral") != row.chosen for row in found)


@settings(max_examples=150, deadline=None)
@given(items(), garbage)
def test_garbage_is_explained_too(item: Item, response: Any) -> None:
    found = explain(item, response)
    assert found
    assert all(row.why and row.text and row.see == "tea.01" for row in found)
