"""Multiple choice: the model, its responses, its grading, its explanations."""

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quiz.answers import complaint, grade, points
from tests.quiz.samples import make, option


def test_multiple_needs_a_key_and_something_else() -> None:
    assert "none is marked" in complaint("multiple", options=[option("A"), option("B")])
    both = [option("A", key=True), option("B", key=True)]
    assert "leave at least one option without" in complaint("multiple", options=both)


def test_multiple_takes_wrong_choices_from_right_ones() -> None:
    assert points("multiple", {"choices": [0]}) == 0.5
    assert points("multiple", {"choices": [0, 2, 1]}) == pytest.approx(2 / 3)
    assert points("multiple", {"choices": [0, 1]}) == pytest.approx(1 / 6)
    assert points("multiple", {"choices": [1, 3, 4]}) == 0


def test_choosing_everything_earns_nothing() -> None:
    assert points("multiple", {"choices": [0, 1, 2, 3, 4]}) == 0


def test_of_all_choices_only_the_keys_earn_full_marks() -> None:
    subsets = chain.from_iterable(combinations(range(5), size) for size in range(6))
    assert [chosen for chosen in subsets if grade(make("multiple"), {"choices": chosen}) == 1] == [(0, 2)]


def test_two_keys_of_many_options_still_make_full_marks() -> None:
    options = [option(f"Option {i}", key=i % 2 == 0) for i in range(11)]
    assert points("multiple", {"choices": [0, 2, 4, 6, 8, 10]}, options=options) == 1


@given(st.permutations([0, 2]), st.lists(st.sampled_from([0, 2]), max_size=3))
def test_the_order_and_number_of_ticks_do_not_count_in_multiple(keys: list[int], again: list[int]) -> None:
    assert grade(make("multiple"), {"choices": keys + again}) == 1
