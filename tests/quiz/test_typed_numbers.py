"""Typed numbers are read in every common form, and whoever typed one with two readings is asked."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.quiz.display import Message
from learnapp.quiz.numerals import DIGITS_MAX
from learnapp.quiz.typed_numbers import meant_input, read_typed, unit_forms


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("10", "10"), (" 10 ", "10"), ("+10", "10"), ("007", "7"), ("10.", "10"), ("-0", "0"), ("9" * 20, "9" * 20)),
        *((f"{minus}10", "-10") for minus in ("-", "−", "–", "—", "‐", "‑", "- ", "－")),
        # One mark that can only begin decimals.
        *(("2.5", "2.5"), ("2,5", "2.5"), ("2.50", "2.5"), (".5", "0.5"), (",5", "0.5"), ("1·5", "1.5")),
        *(("0.500", "0.5"), ("0,500", "0.5"), ("1234,567", "1234.567"), ("12,3456", "12.3456")),
        # Thousands: by commas, spaces of all kinds, apostrophes, points.
        *(
            (f"33{mark}500", "33500")
            for mark in (",", " ", "\u00a0", "\u202f", "\u2009", "\u2007", "'", "’", "ʼ", "＇")
        ),
        *(("1,234,567", "1234567"), ("1.234.567", "1234567"), ("1 234 567", "1234567"), ("12,34,567", "1234567")),
        # Thousands and decimals.
        *(("33.500,0", "33500"), ("33,500.0", "33500"), ("1.234.567,89", "1234567.89"), ("1,234,567.89", "1234567.89")),
        *(("1 234,567", "1234.567"), ("1'234.5", "1234.5")),
        # Digits of other scripts and widths, marks of direction.
        *(("١٠", "10"), ("٣٣٬٥٠٠", "33500"), ("٣٫٥", "3.5"), ("२.५", "2.5"), ("１０", "10"), ("３３，５００", "33500")),
        ("\u200e10\u200f", "10"),
    ],
)
def test_a_number_is_read_in_every_common_form(text: str, number: str) -> None:
    assert [str(reading) for reading in read_typed(text).readings] == [number]


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("33.500", ("33500", "33.5")),
        ("1.234", ("1234", "1.234")),
        ("1,234", ("1234", "1.234")),
        ("-1.234", ("-1234", "-1.234")),
        ("３３．５００", ("33500", "33.5")),
        ("1,234.", ("1234", "1.234")),
    ],
)
def test_a_number_with_two_readings_gives_the_choice(text: str, choices: tuple[str, ...]) -> None:
    typed = read_typed(text)
    assert typed.ambiguous
    assert typed.choices == choices
    assert [typed.meant(one) for one in (*choices, "7", None, 33500)] == [*choices, None, None, None]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("33.500", ["33\u202f500 (33 thousand and more)", "33.5 (33 and a fraction)"]),
        ("1,234", ["1\u202f234 (1 thousand and more)", "1.234 (1 and a fraction)"]),
        ("2.000", ["2\u202f000 (2 thousand)", "2"]),
        ("999.999", ["999\u202f999 (999 thousand and more)", "999.999 (999 and a fraction)"]),
        ("-1.234", ["-1\u202f234 (-1 thousand and more)", "-1.234 (-1 and a fraction)"]),
    ],
)
def test_the_readings_cannot_be_taken_for_one_another(text: str, words: list[str]) -> None:
    choices = meant_input("meant", read_typed(text)).choices
    messages = [choice.text for choice in choices if isinstance(choice.text, Message)]
    assert [one.text % {"number": one.number, "words": one.words} for one in messages] == words
    assert len(messages) == len(choices)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", ".", "-", "ten", "1e5", "0x10", "1_000", "NaN", "1.2.3", "1,234 567", "1 000 00", "10²", "½", "Ⅷ"),
        *("--1", "9" * 21, "9" * 10_000_000, "0." + "0" * 20, "1\x0010", "5-10", "$5", "1.2 million", "10 years"),
    ],
    ids=lambda text: text[:12],
)
def test_anything_else_is_not_understood(text: str) -> None:
    typed = read_typed(text)
    assert (typed.readings, typed.choices) == ((), ())


def test_what_is_not_understood_is_named() -> None:
    assert read_typed("a lot").problem.words == "a lot"
    assert read_typed("1.2 million").problem.words == "million"
    assert len(read_typed("x" * 200).problem.words) == 41


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        *((text, "years") for text in ("12 years", "12years", "12  Years", "12", "1 year")),
        *(("13 %", "percent"), ("13%", "%"), ("13 percent", "percent"), ("5 in every 100", "in every 100")),
    ],
)
def test_a_unit_may_stand_behind_its_number(text: str, unit: str) -> None:
    assert len(read_typed(text, unit_forms(unit, "How many?")).readings) == 1


@pytest.mark.parametrize(
    ("text", "unit", "stem"),
    [
        *((text, "years", "") for text in ("12 months", "years", "13 %")),
        *(("12 cups", None, "How many years?"), ("2 million", None, "Of 25 million people, how many?")),
    ],
)
def test_another_unit_may_not(text: str, unit: str | None, stem: str) -> None:
    assert read_typed(text, unit_forms(unit, stem)).readings == ()


def test_where_no_unit_is_shown_words_of_the_question_may_follow() -> None:
    units = unit_forms(None, "In which year was it, and how many *people* came?")
    assert [len(read_typed(text, units).readings) for text in ("2012", "30 people", "13 %", "30 leaves")] == [
        1,
        1,
        1,
        0,
    ]


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", ".")]))
def test_a_number_written_anywhere_is_read_as_it_was_meant(number: Decimal, marks: tuple[str, str]) -> None:
    group, point = marks
    text = "".join({",": group, ".": point}.get(char, char) for char in f"{number:,f}")
    assert read_typed(text).readings == (number,)


@given(st.text(st.characters(), max_size=40) | st.text("0123456789.,' -+eE_²%", max_size=40))
def test_any_text_has_at_most_two_readings_that_differ(text: str) -> None:
    readings = read_typed(text).readings
    assert len(set(readings)) == len(readings) <= 2
    assert all(one.is_finite() and len(one.as_tuple().digits) <= DIGITS_MAX for one in readings)
