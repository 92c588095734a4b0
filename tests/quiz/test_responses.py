"""Whatever arrives is brought into canonical form or dropped; what is missing is named by its field."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnapp.quiz.items import ITEM_TYPES, Item
from learnapp.quiz.responses import clean, missing, order_from_places, places_from_order
from tests.quiz.samples import KEYS, WITH_UNITS, make
from tests.quiz.strategies import garbage, items, items_with_responses

DEEP: list[Any] = []
for _ in range(50_000):
    DEEP = [DEEP]
HOSTILE: list[Any] = [
    None,
    [],
    "choice",
    {},
    {"choice": True},
    {"choice": 10**5000},
    {"choice": -1},
    {"choice": 1.0},
    {"choice": math.nan},
    {"choice": "1"},
    {"choice": DEEP},
    {"choices": [math.inf, True, "0", None, 10**5000, -1, DEEP]},
    {"choices": {"0": 0}},
    {"choices": "012"},
    {"verdict": "true", "reason": False},
    {"verdict": 1, "reason": 1.5},
    {"value": 10, "unit": ["years"]},
    {"value": None, "unit": "centuries"},
    {"value": "\x00\ud800"},
    {"matches": {0: 0, "00": 0, "٠": 0, " 0": 0, "0 ": True, "4": 0, "1": 4}},
    {"matches": [0, 1, 2]},
    {"order": "0123"},
    {"order": [True, "1", 9, math.nan]},
    {"blanks": [None, 1, "late"]},
    {"blanks": [["leaves"], {"0": "leaves"}]},
    {"categories": {"0": 2, "1": True, "9": 0}},
    {"replies": [3]},
    {"replies": [True, 0]},
    {"replies": "01"},
]


def parts(item: Item, response: object) -> list[str]:
    return [lack.part for lack in missing(item, response)]


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_a_canonical_response_is_kept_as_it_is(item_type: str) -> None:
    assert clean(make(item_type), KEYS[item_type]) == KEYS[item_type]


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_hostile_values_are_no_answer(item_type: str) -> None:
    for number, raw in enumerate(HOSTILE):
        assert clean(make(item_type), raw) is None, f"hostile value {number}"


def test_good_parts_are_kept_and_bad_ones_dropped() -> None:
    assert clean(make("multiple"), {"choices": [4, 0, 0, 99, True], "score": 1}) == {"choices": [0, 4]}
    assert clean(make("true-false"), {"verdict": False, "reason": 7}) == {"verdict": False}
    assert clean(make("matching"), {"matches": {"0": 3, "1": 4, "x": 0}}) == {"matches": {"0": 3}}
    assert clean(make("ordering"), {"order": [2, 2, 9, 0, 1]}) == {"order": [2, None, None, 0]}
    assert clean(make("cloze"), {"blanks": [7, "water", "more"]}) == {"blanks": ["", "water"]}
    assert clean(make("scenario"), {"replies": [0, 9, 1]}) == {"replies": [0]}


def test_a_conversation_ends_where_a_reply_ends_it() -> None:
    assert clean(make("scenario"), {"replies": [2, 1, 1]}) == {"replies": [2]}
    assert clean(make("scenario"), {"replies": [0, 1, 1]}) == {"replies": [0, 1]}


def test_a_unit_counts_only_where_it_is_asked() -> None:
    assert clean(make("numeric"), {"value": "5", "unit": "leaves"}) == {"value": "5", "unit": None}
    asked = make("numeric", **WITH_UNITS)
    assert clean(asked, {"value": "", "unit": "months"}) == {"value": "", "unit": "months"}


def test_typed_text_is_kept_as_typed_up_to_200_characters() -> None:
    kept = clean(make("cloze"), {"blanks": [" The  Leaf! ", "x" * 10_000_000]})
    assert kept == {"blanks": [" The  Leaf! ", "x" * 200]}


def test_very_long_lists_cost_no_time() -> None:
    assert clean(make("multiple"), {"choices": [99] * 5_000_000 + [0]}) is None
    assert clean(make("cloze"), {"blanks": ["leaf"] * 5_000_000}) == {"blanks": ["leaf", "leaf"]}


@settings(max_examples=250, deadline=None)
@given(items_with_responses())
def test_cleaning_is_total_and_settles_at_once(case: tuple[Item, Any]) -> None:
    item, raw = case
    kept = clean(item, raw)
    assert clean(item, kept) == kept
    assert kept is None or clean(item, json.loads(json.dumps(kept))) == kept


@settings(max_examples=150, deadline=None)
@given(items(), garbage)
def test_garbage_never_raises(item: Item, raw: Any) -> None:
    clean(item, raw)
    missing(item, raw)


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_nothing_is_missing_from_a_full_answer(item_type: str) -> None:
    assert missing(make(item_type), KEYS[item_type]) == ()


@pytest.mark.parametrize(
    ("item_type", "fields"),
    [
        ("single", ["choice"]),
        ("multiple", ["choices"]),
        ("true-false", ["verdict", "reason"]),
        ("numeric", ["value"]),
        ("matching", ["match-0", "match-1", "match-2"]),
        ("ordering", ["place-0", "place-1", "place-2", "place-3"]),
        ("cloze", ["blank-0", "blank-1"]),
        ("categorise", ["category-0", "category-1", "category-2"]),
        ("scenario", ["reply"]),
    ],
)
def test_every_field_is_missing_from_no_answer(item_type: str, fields: list[str]) -> None:
    assert parts(make(item_type), None) == fields


def test_only_what_is_left_open_is_missing() -> None:
    assert parts(make("true-false"), {"reason": 0}) == ["verdict"]
    assert parts(make("matching"), {"matches": {"1": 0}}) == ["match-0", "match-2"]
    assert parts(make("ordering"), {"order": [3, None, 0, None]}) == ["place-1", "place-2"]
    assert parts(make("cloze"), {"blanks": ["  ", "water"]}) == ["blank-0"]
    assert parts(make("categorise"), {"categories": {"2": 0}}) == ["category-0", "category-1"]
    assert parts(make("scenario"), {"replies": [0]}) == ["reply"]
    assert parts(make("scenario"), {"replies": [2]}) == []
    assert parts(make("numeric", **WITH_UNITS), {"value": "12"}) == ["unit"]


def test_a_number_that_cannot_be_read_asks_for_digits() -> None:
    keys = [lack.message_key for lack in missing(make("numeric"), {"value": "a lot"})]
    assert keys == ["use-digits"]
    assert [lack.message_key for lack in missing(make("numeric"), None)] == ["enter-number"]


@settings(max_examples=150, deadline=None)
@given(items_with_responses())
def test_fields_are_named_once_each(case: tuple[Item, Any]) -> None:
    found = parts(*case)
    assert len(found) == len(set(found))


def test_places_become_an_order() -> None:
    assert order_from_places([3, 1, 2]) == [1, 2, 0]
    assert places_from_order([1, 2, 0]) == [3, 1, 2]


def test_entries_that_share_a_place_are_left_open() -> None:
    assert order_from_places([1, 1, 3]) == [None, None, 2]
    assert order_from_places([0, 4, -1]) == [None, None, None]
    assert order_from_places([None, True, "2"]) == [None, None, None]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.none() | st.integers(-1, 6), max_size=6))
def test_places_and_orders_are_two_ways_to_say_the_same(places: list[int | None]) -> None:
    order = order_from_places(places)
    assert order_from_places(places_from_order(order)) == order
