"""Order on the page: decided by revision and seed alone, the same everywhere, and never a giveaway."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.quiz.item import Item, shuffled_order
from learnapp.quiz.quiz import QuizVersion
from tests.quiz.samples import make

REVISION = "ab" * 32
# Ranked by the program of November 2026; attempts of that time are shown in this order.
GOLDEN = tuple(bytes.fromhex("091f23210001111a251b1703270c1e140b200807100e0604150a05160f021813241d191c220d2612"))
seeds = st.integers(-(2**63), 2**63)
ITEMS: tuple[Item, ...] = tuple(make("single", id=f"q{number}") for number in range(6))


def selected(seed: int, count: int | None = None, shuffle: bool = False) -> list[str]:
    """Return the ids of the items that a quiz with these settings asks."""
    quiz = QuizVersion(items=ITEMS, count=count, shuffle_items=shuffle, revision=REVISION)
    return [item.id for item in quiz.select(ITEMS, seed)]


@given(st.integers(0, 30), st.text(max_size=5), seeds, st.text(max_size=5))
def test_a_shuffle_is_a_permutation_and_repeats(count: int, revision: str, seed: int, name: str) -> None:
    order = shuffled_order(count, revision, seed, name)
    assert sorted(order) == list(range(count))
    assert order == shuffled_order(count, revision, seed, name)


def test_a_shuffle_stays_the_same_over_years() -> None:
    assert shuffled_order(40, REVISION, 42, "tea-q1") == GOLDEN
    assert shuffled_order(40, REVISION, 43, "tea-q1") != GOLDEN
    assert shuffled_order(40, "cd" * 32, 42, "tea-q1") != GOLDEN
    assert shuffled_order(40, REVISION, 42, "tea-q2") != GOLDEN


@pytest.mark.slow
def test_a_shuffle_is_the_same_in_another_process() -> None:
    program = f"from learnapp.quiz.item import shuffled_order; print(shuffled_order(40, {REVISION!r}, 42, 'tea-q1'))"
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONHASHSEED": "1", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == str(GOLDEN)


def test_a_seed_of_any_size_will_do() -> None:
    assert sorted(shuffled_order(3, REVISION, 10**5000, "tea")) == [0, 1, 2]


def test_all_items_come_in_the_order_of_the_file() -> None:
    assert selected(7) == ["q0", "q1", "q2", "q3", "q4", "q5"]


def test_some_items_come_in_the_order_of_the_file_too() -> None:
    chosen = selected(7, count=3)
    assert len(chosen) == 3
    assert chosen == sorted(chosen)
    assert len({tuple(selected(seed, count=3)) for seed in range(30)}) > 5


def test_items_are_shuffled_where_the_quiz_says_so() -> None:
    orders = {tuple(selected(seed, shuffle=True)) for seed in range(30)}
    assert len(orders) > 20
    assert {tuple(sorted(order)) for order in orders} == {("q0", "q1", "q2", "q3", "q4", "q5")}


@given(seeds, st.none() | st.integers(1, 9), st.booleans())
def test_selecting_repeats_and_takes_no_item_twice(seed: int, count: int | None, shuffle: bool) -> None:
    chosen = selected(seed, count, shuffle)
    assert chosen == selected(seed, count, shuffle)
    assert len(set(chosen)) == len(chosen) == (6 if count is None else min(count, 6))
