"""Grading, whatever comes: no exception, no score outside 0 to 1, and full marks for the key alone."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any, assert_never

from hypothesis import given, settings
from hypothesis import strategies as st

from learnapp.quiz.grading import grade
from learnapp.quiz.items import (
    Categorise,
    Cloze,
    Item,
    Matching,
    Multiple,
    Numeric,
    Ordering,
    Scenario,
    Single,
    TrueFalse,
)
from learnapp.quiz.responses import Response, clean, missing
from learnapp.quiz.words import normal
from tests.quiz.samples import SAMPLES, make
from tests.quiz.strategies import garbage, items, items_with_responses, key_of, same_words, tolerances


def is_key(item: Item, response: Response | None) -> bool:
    """Decide without the rules of grading whether a clean response says what the key says."""
    if response is None:
        return False
    key = key_of(item)
    match item:
        case Single() | Multiple() | TrueFalse() | Matching() | Ordering() | Categorise():
            return response == key
        case Numeric():
            return says_the_number(item, response["value"]) and response["unit"] == key["unit"]
        case Cloze():
            typed = [normal(text) for text in response["blanks"]]
            accepted = [[normal(word) for word in blank.accept] for blank in item.blanks]
            return all(text in words for text, words in zip(typed, accepted, strict=True))
        case Scenario():
            return all_best(item, response["replies"])
        case _:
            assert_never(item)


def says_the_number(item: Numeric, text: str) -> bool:
    try:
        number = Decimal(text)
    except ArithmeticError:
        return False
    return number.is_finite() and item.answer - item.tolerance <= number <= item.answer + item.tolerance


def all_best(item: Scenario, replies: list[int]) -> bool:
    turns = {turn.id: turn for turn in item.turns}
    waiting: str | None = item.turns[0].id
    for reply in replies:
        if waiting is None or turns[waiting].replies[reply].rating != "best":
            return False
        waiting = turns[waiting].replies[reply].next
    return waiting is None


@settings(max_examples=300, deadline=None)
@given(items_with_responses())
def test_full_marks_are_for_the_key_alone(case: tuple[Item, Any]) -> None:
    item, response = case
    score = grade(item, response)
    assert score.right == is_key(item, clean(item, response))
    assert score.right == (score.points == 1)


@settings(max_examples=150, deadline=None)
@given(items())
def test_the_key_earns_full_marks_for_any_item(item: Item) -> None:
    assert grade(item, key_of(item)).points == 1
    assert missing(item, key_of(item)) == ()


@settings(max_examples=200, deadline=None)
@given(items_with_responses())
def test_points_are_a_share_and_parts_are_numbered(case: tuple[Item, Any]) -> None:
    score = grade(*case)
    assert math.isfinite(score.points)
    assert 0 <= score.points <= 1
    assert [part.index for part in score.parts] == list(range(len(score.parts)))


@settings(max_examples=200, deadline=None)
@given(items(), garbage)
def test_garbage_grades_without_an_exception(item: Item, response: Any) -> None:
    assert 0 <= grade(item, response).points <= 1


@settings(max_examples=150, deadline=None)
@given(items_with_responses())
def test_grading_depends_on_the_clean_response_alone(case: tuple[Item, Any]) -> None:
    item, response = case
    assert grade(item, response) == grade(item, clean(item, response))


@settings(max_examples=150, deadline=None)
@given(items_with_responses())
def test_what_is_right_leaves_nothing_missing(case: tuple[Item, Any]) -> None:
    item, response = case
    if grade(item, response).right:
        assert missing(item, response) == ()


@settings(max_examples=100, deadline=None)
@given(st.permutations([0, 2]), st.lists(st.sampled_from([0, 2]), max_size=3))
def test_the_order_and_number_of_ticks_do_not_count_in_multiple(keys: list[int], again: list[int]) -> None:
    assert grade(make("multiple"), {"choices": keys + again}).points == 1


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_casing_spaces_quotes_and_articles_do_not_count_in_cloze(data: st.DataObject) -> None:
    blanks = [data.draw(same_words(blank["accept"][0])) for blank in SAMPLES["cloze"]["blanks"]]
    assert grade(make("cloze"), {"blanks": blanks}).points == 1


@settings(max_examples=200, deadline=None)
@given(st.decimals(-999, 999, places=2), tolerances, st.decimals(-60, 60, places=3))
def test_a_number_counts_if_and_only_if_it_is_within_the_tolerance(
    answer: Decimal, tolerance: Decimal, off: Decimal
) -> None:
    item = make("numeric", answer=answer, tolerance=tolerance)
    assert grade(item, {"value": f"{answer + off:f}"}).right == (abs(off) <= tolerance)


@settings(max_examples=100, deadline=None)
@given(st.permutations(range(4)))
def test_turning_an_order_around_turns_its_points_around(order: list[int]) -> None:
    item = make("ordering")
    there, back = grade(item, {"order": order}).points, grade(item, {"order": order[::-1]}).points
    assert math.isclose(there + back, 1)
