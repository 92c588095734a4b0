from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.content.checks.numbers import numbers_in


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("33,000 people", [33_000]),
        ("180th of 180 in 2020", [180, 180, 2020]),
        ("the 1990s", [1990]),
        ("20–40 families, 5 a.m.-11 p.m.", [20, 40, 5, 11]),
        ("$1,700, or 12.5 %", [1700, Decimal("12.5")]),
        ("report A/HRC/25/63", [25, 63]),
        ("3.5 million", [3_500_000]),
        ("FOUR camps, twenty-five lamps", [4, 25]),
        ("one hundred and twenty, ninety nine", [120, 99]),
        ("five hundred thousand", [500_000]),
        ("ten two", [10, 2]),
        ("two or three", [2, 3]),
        ("thousands of them, often, someone, eighth", []),
        ("It ended in 2014. Seven came.", [2014, 7]),
    ],
)
def test_numbers_are_found_in_digits_and_words(text: str, numbers: list[Decimal | int]) -> None:
    assert numbers_in(text) == numbers


def test_small_numbers_in_words_can_be_left_out_while_digits_count() -> None:
    assert numbers_in("two cups, 2 cups, nine cups", words_from=5) == [2, 9]


@given(st.integers(0, 10**9))
def test_a_number_is_found_as_it_is_written(number: int) -> None:
    assert numbers_in(f"There were {number} of them.") == [number]
    assert numbers_in(f"There were {number:,} of them.") == [number]


@given(st.text(max_size=300))
def test_any_text_can_be_searched(text: str) -> None:
    assert all(isinstance(number, Decimal) for number in numbers_in(text))
