"""Numbers of authors are read exactly, in the ways that our pages write them, and in no other."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.quiz.numerals import DIGITS_MAX, exact_decimal, read_number, show_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10", "10"),
        (" 10 ", "10"),
        ("+10", "10"),
        ("-10", "-10"),
        ("−10", "-10"),
        ("- 10", "-10"),
        ("007", "7"),
        ("2.50", "2.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("33,500", "33500"),
        ("33 500", "33500"),
        ("33\u00a0500", "33500"),
        ("33\u202f500", "33500"),
        ("33'500", "33500"),
        ("33’500", "33500"),
        ("1,234,567.89", "1234567.89"),
        ("１０", "10"),
        ("١٠", "10"),
        ("٣٣٬٥٠٠", "33500"),
        ("२.५", "2.5"),
        ("\u200e10\u200f", "10"),
        ("9" * 20, "9" * 20),
        ("-0", "0"),
    ],
)
def test_a_number_is_read_as_authors_write_it(text: str, number: str) -> None:
    assert str(read_number(text)) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "-",
        "ten",
        "10 years",
        "1e5",
        "1E999999999",
        "0x10",
        "1_000",
        "NaN",
        "Infinity",
        "0,5",
        "1,00",
        "1,23,456",
        "1,234 567",
        "1,234.567,8",
        "1.2.3",
        "10²",
        "²",
        "½",
        "①",
        "10%",
        "Ⅷ",
        "--1",
        "9" * 21,
        "0." + "0" * 20,
        "1\x0010",
    ],
)
def test_anything_else_is_not_a_number(text: str) -> None:
    assert read_number(text) is None


def test_ten_million_digits_are_no_number_and_cost_no_time() -> None:
    assert read_number("9" * 10_000_000) is None


@given(st.decimals(-(10**9), 10**9, places=6))
def test_reading_loses_nothing(number: Decimal) -> None:
    assert read_number(f"{number:f}") == number
    assert read_number(f"{number:,f}") == number
    assert exact_decimal(number) == number


@given(st.text(st.characters(), max_size=40) | st.text("0123456789.,' -+eE_²", max_size=40))
def test_any_text_is_a_plain_number_or_none(text: str) -> None:
    number = read_number(text)
    assert number is None or (number.is_finite() and len(number.as_tuple().digits) <= DIGITS_MAX)


@pytest.mark.parametrize(
    ("number", "shown"),
    [("2014", "2014"), ("33500", "33,500"), ("2.50", "2.5"), ("-12000", "-12,000"), ("1E+2", "100")],
)
def test_a_number_is_shown_with_thousands_grouped_but_not_a_year(number: str, shown: str) -> None:
    assert show_number(Decimal(number)) == shown
