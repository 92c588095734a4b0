"""Order on the page: decided by revision and seed alone, the same everywhere, and never a giveaway."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnapp.quiz.grading import grade
from learnapp.quiz.items import ITEM_TYPES, Categorise, Item, Ordering, Scenario
from learnapp.quiz.responses import clean
from learnapp.quiz.selection import (
    Presentation,
    from_wire,
    missing_on_page,
    present,
    select,
    shuffled,
    to_wire,
)
from tests.quiz.samples import KEYS, WITH_UNITS, make, option
from tests.quiz.strategies import garbage, items, items_with_responses, key_of, ordering

REVISION = "ab" * 32
# Ranked by the program of November 2026; attempts of that time are shown in this order.
GOLDEN = tuple(
    bytes.fromhex("091f23210001111a251b1703270c1e140b200807100e0604150a05160f021813241d191c220d2612")
)
seeds = st.integers(-(2**63), 2**63)
QUIZ = tuple(make("single", id=f"q{number}") for number in range(6))


def names(chosen: tuple[Item, ...]) -> list[str]:
    return [item.id for item in chosen]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 30), st.text(max_size=5), seeds, st.text(max_size=5))
def test_a_shuffle_is_a_permutation_and_repeats(count: int, revision: str, seed: int, name: str) -> None:
    order = shuffled(count, revision, seed, name)
    assert sorted(order) == list(range(count))
    assert order == shuffled(count, revision, seed, name)


def test_a_shuffle_stays_the_same_over_years() -> None:
    assert shuffled(40, REVISION, 42, "tea-q1") == GOLDEN
    assert shuffled(40, REVISION, 43, "tea-q1") != GOLDEN
    assert shuffled(40, "cd" * 32, 42, "tea-q1") != GOLDEN
    assert shuffled(40, REVISION, 42, "tea-q2") != GOLDEN


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_a_shuffle_is_the_same_in_another_process(hash_seed: str) -> None:
    program = f"from learnapp.quiz.selection import shuffled; print(shuffled(40, {REVISION!r}, 42, 'tea-q1'))"
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == str(GOLDEN)


def test_a_shuffle_favors_no_place() -> None:
    first = Counter(present(make("single"), REVISION, seed).shown[0] for seed in range(900))
    assert all(250 <= first[option] <= 350 for option in range(3))


def test_a_seed_of_any_size_will_do() -> None:
    assert sorted(shuffled(3, REVISION, 10**5000, "tea")) == [0, 1, 2]


@settings(max_examples=200, deadline=None)
@given(items(), seeds)
def test_every_part_is_shown_once(item: Item, seed: int) -> None:
    shown = present(item, REVISION, seed)
    assert sorted(shown.shown) == list(range(len(shown.shown)))
    assert all(sorted(replies) == list(range(len(replies))) for replies in shown.replies)
    if isinstance(item, Scenario):
        assert [len(turn.replies) for turn in item.turns] == [len(replies) for replies in shown.replies]


@pytest.mark.parametrize(
    ("item_type", "count"),
    [
        ("single", 3),
        ("multiple", 5),
        ("true-false", 2),
        ("numeric", 0),
        ("matching", 4),
        ("ordering", 4),
        ("cloze", 0),
        ("categorise", 3),
        ("scenario", 0),
    ],
)
def test_what_is_shuffled_is_what_the_type_says(item_type: str, count: int) -> None:
    assert len(present(make(item_type), REVISION, 1).shown) == count


def test_units_are_shuffled() -> None:
    units = {present(make("numeric", **WITH_UNITS), REVISION, seed).shown for seed in range(20)}
    assert units == {(0, 1), (1, 0)}


@settings(max_examples=200, deadline=None)
@given(items(ordering()), seeds)
def test_an_ordering_is_never_shown_already_solved(item: Item, seed: int) -> None:
    shown = present(item, REVISION, seed)
    as_shown = from_wire(item, shown, {"order": list(range(len(shown.shown)))})
    assert not grade(item, as_shown).right


def test_two_entries_are_always_shown_the_other_way_round() -> None:
    two = [{"text": text, "feedback": "Why."} for text in ("First", "Second")]
    item = make("ordering", entries=two)
    assert {present(item, REVISION, seed).shown for seed in range(50)} == {(1, 0)}


@settings(max_examples=300, deadline=None)
@given(items_with_responses(), seeds)
def test_there_and_back_changes_nothing(case: tuple[Item, Any], seed: int) -> None:
    item, response = case
    shown = present(item, REVISION, seed)
    kept = clean(item, response)
    assert from_wire(item, shown, to_wire(item, shown, kept)) == kept


@settings(max_examples=200, deadline=None)
@given(items(), garbage, seeds)
def test_garbage_from_a_browser_never_raises(item: Item, wire: Any, seed: int) -> None:
    shown = present(item, REVISION, seed)
    kept = from_wire(item, shown, wire)
    assert clean(item, kept) == kept
    assert to_wire(item, shown, wire) == to_wire(item, shown, clean(item, wire))


@settings(max_examples=150, deadline=None)
@given(
    items_with_responses(),
    st.builds(
        Presentation,
        st.lists(st.integers(-2, 9), max_size=4).map(tuple),
        st.lists(st.lists(st.integers(-2, 9), max_size=3).map(tuple), max_size=2).map(tuple),
    ),
)
def test_a_presentation_of_something_else_never_raises(case: tuple[Item, Any], other: Presentation) -> None:
    item, response = case
    to_wire(item, other, response)
    kept = from_wire(item, other, response)
    assert clean(item, kept) == kept


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_choosing_by_what_is_seen_earns_the_marks(item_type: str) -> None:
    item = make(item_type)
    for seed in range(10):
        shown = present(item, REVISION, seed)
        assert grade(item, from_wire(item, shown, to_wire(item, shown, KEYS[item_type]))).points == 1


def test_a_choice_is_sent_by_its_position_on_the_page() -> None:
    assert from_wire(make("single"), Presentation((2, 0, 1)), {"choice": 0}) == {"choice": 2}
    assert to_wire(make("single"), Presentation((2, 0, 1)), {"choice": 2}) == {"choice": 0}


def test_replies_are_sent_by_their_position_in_each_turn() -> None:
    shown = Presentation(replies=((1, 0, 2), (1, 0)))
    assert to_wire(make("scenario"), shown, {"replies": [0, 1]}) == {"replies": [1, 0]}
    assert from_wire(make("scenario"), shown, {"replies": [1, 0]}) == {"replies": [0, 1]}
    assert from_wire(make("scenario"), shown, {"replies": [1, 7, 0]}) == {"replies": [0]}


def test_what_is_sent_for_the_key_differs_between_learners() -> None:
    for item in (make("single", options=[option("A", key=True), option("B"), option("C")]), make("matching")):
        sent = {str(to_wire(item, present(item, REVISION, seed), key_of(item))) for seed in range(40)}
        assert len(sent) >= 3


def test_missing_fields_are_named_by_their_place_on_the_page() -> None:
    shown = Presentation((3, 1, 0, 2))
    lacks = missing_on_page(make("ordering"), shown, {"order": [0, 1, None, None]})
    assert [lack.part for lack in lacks] == ["place-0", "place-3"]
    lacks = missing_on_page(make("categorise"), Presentation((2, 0, 1)), {"categories": {"2": 0}})
    assert [lack.part for lack in lacks] == ["category-1", "category-2"]
    lacks = missing_on_page(make("matching"), Presentation((3, 2, 1, 0)), {"matches": {"2": 0}})
    assert [lack.part for lack in lacks] == ["match-0", "match-1"]


@settings(max_examples=150, deadline=None)
@given(items_with_responses(), seeds)
def test_as_much_is_missing_on_the_page_as_in_the_file(case: tuple[Item, Any], seed: int) -> None:
    item, response = case
    shown = present(item, REVISION, seed)
    on_page = {lack.part for lack in missing_on_page(item, shown, response)}
    if isinstance(item, Ordering | Categorise):
        kept = clean(item, response) or {}
        placed = set(kept.get("order", ())) | {int(entry) for entry in kept.get("categories", ())}
        open_entries = {at for at, entry in enumerate(shown.shown) if entry not in placed}
        assert {int(part.partition("-")[2]) for part in on_page} == open_entries


def test_all_items_come_in_the_order_of_the_file() -> None:
    assert names(select(QUIZ, REVISION, 7)) == ["q0", "q1", "q2", "q3", "q4", "q5"]


def test_some_items_come_in_the_order_of_the_file_too() -> None:
    chosen = names(select(QUIZ, REVISION, 7, count=3))
    assert len(chosen) == 3
    assert chosen == sorted(chosen)
    assert len({tuple(names(select(QUIZ, REVISION, seed, count=3))) for seed in range(30)}) > 5


def test_items_are_shuffled_where_the_quiz_says_so() -> None:
    orders = {tuple(names(select(QUIZ, REVISION, seed, shuffle=True))) for seed in range(30)}
    assert len(orders) > 20
    assert {tuple(sorted(order)) for order in orders} == {("q0", "q1", "q2", "q3", "q4", "q5")}


@settings(max_examples=100, deadline=None)
@given(seeds, st.none() | st.integers(-2, 9), st.booleans())
def test_selecting_repeats_and_takes_no_item_twice(seed: int, count: int | None, shuffle: bool) -> None:
    chosen = select(QUIZ, REVISION, seed, count, shuffle)
    assert chosen == select(QUIZ, REVISION, seed, count, shuffle)
    assert len(set(names(chosen))) == len(chosen) == (6 if count is None else min(max(count, 0), 6))
