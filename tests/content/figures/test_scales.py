"""Scales: round ends that are close to what they hold."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.content.figures.scales import plain, round_end, slider_step


@pytest.mark.parametrize(
    ("highest", "end"), [("2914", "3000"), ("3500", "4000"), ("1000", "1000"), ("1.04", "1.2"), ("0.3", "0.3")]
)
def test_an_axis_ends_at_a_round_number(highest: str, end: str) -> None:
    assert round_end(Decimal(highest)) == Decimal(end)


@given(st.decimals("0.001", "9e12", places=3))
def test_an_end_is_no_less_and_no_third_more(highest: Decimal) -> None:
    assert highest <= round_end(highest) <= highest * Decimal("1.4")


def test_a_slider_has_some_hundred_steps() -> None:
    assert slider_step(Decimal(3000)) == 10
    assert slider_step(Decimal(20)) == Decimal("0.1")


def test_numbers_are_written_out() -> None:
    assert [plain(Decimal(number)) for number in ("2E+3", "1500", "0.50")] == ["2,000", "1,500", "0.5"]
