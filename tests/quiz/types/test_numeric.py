"""Numbers: the model, its responses, its grading, its explanations."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.quiz.display import Message
from learnapp.quiz.types.numeric import Numeric
from tests.quiz.answers import clean, complaint, grade, in_file_order, missing, parts, points, rows
from tests.quiz.samples import WHY, WITH_UNITS, make
from tests.quiz.strategies import tolerances


@pytest.mark.parametrize(
    ("written", "read"),
    [(10, "10"), (10.0, "10"), (0.1, "0.1"), ("2.50", "2.5"), (Decimal("1E+2"), "100"), ("1,000", "1000"), (-0.0, "0")],
)
def test_an_amount_is_exact_and_has_one_form(written: object, read: str) -> None:
    item = make("numeric", answer=written)
    assert isinstance(item, Numeric)
    assert str(item.answer) == read


@pytest.mark.parametrize(
    "written",
    [True, None, "ten", "1e5", float("nan"), float("inf"), 1e300, 10**5000, "9" * 21, Decimal("1E+999999"), "NaN", [1]],
    ids=lambda written: type(written).__name__,
)
def test_an_amount_that_nobody_would_type_is_refused(written: object) -> None:
    assert "write a plain number of at most 20 digits" in complaint("numeric", answer=written)


def test_a_tolerance_is_not_negative() -> None:
    assert "write `tolerance` as 0 or more" in complaint("numeric", tolerance=-1)


def test_units_to_choose_from_hold_the_right_one() -> None:
    assert "put the right unit in `unit`" in complaint("numeric", **WITH_UNITS | {"unit": "Years"})
    assert "at least two `units`" in complaint("numeric", **WITH_UNITS | {"units": ["years"]})
    assert "make the units differ" in complaint("numeric", **WITH_UNITS | {"units": ["years", "Years"]})


def test_units_to_choose_from_need_their_feedback() -> None:
    feedback = {"right": WHY, "low": WHY, "high": WHY}
    assert "add `unit` to the feedback" in complaint("numeric", **WITH_UNITS | {"feedback": feedback})


def test_a_unit_counts_only_where_it_is_asked() -> None:
    assert clean(make("numeric"), {"value": "5", "unit": "leaves"}) == {"value": "5"}
    asked = make("numeric", **WITH_UNITS)
    assert clean(asked, {"value": "", "unit": "months"}) == {"value": "", "unit": "months"}


def test_a_number_that_cannot_be_read_is_named_and_asked_for_in_digits() -> None:
    (told,) = missing(make("numeric"), {"value": "a lot"})
    assert (told.part, told.message.words) == ("value", "a lot")
    assert told.message.text.endswith("Write the number in digits, such as 12 or 2.5")
    assert [lack.message.text for lack in missing(make("numeric"), None)] == ["Enter a number"]


@pytest.mark.parametrize("value", ["33000", "34000", "33,000", "33 500", "33,999.999", "33500 leaves", " 33500 "])
def test_a_number_counts_up_to_both_ends_of_the_tolerance(value: str) -> None:
    assert points("numeric", {"value": value}) == 1


@pytest.mark.parametrize("value", ["32999.9999999999", "34000.0000000001", "33.0", "3.35e4", "33500 cups", "-33500"])
def test_a_number_beyond_it_does_not(value: str) -> None:
    assert points("numeric", {"value": value}) == 0


def test_of_two_readings_the_one_that_was_meant_counts() -> None:
    item = make("numeric")
    assert parts(item, {"value": "33.500"}) == ["meant"]
    assert parts(item, {"value": "33.500", "meant": "33.500"}) == ["meant"]
    assert clean(item, {"value": "33500", "meant": "33.5"}) == {"value": "33500"}
    for meant, earned in (("33500", 1), ("33.5", 0)):
        stored = {"value": "33.500", "meant": meant}
        assert (clean(item, stored), parts(item, stored), grade(item, stored)) == (stored, [], earned)


def test_the_choice_of_readings_says_nothing_of_the_key() -> None:
    for answer in (33500, "33.5", 7):
        item = make("numeric", answer=answer)
        shown = in_file_order(item)
        (_, choice) = item.form(item.parse_stored({"value": "33.500"}), shown).inputs
        assert [one.value for one in choice.choices] == ["33500", "33.5"]


def test_where_nobody_can_be_asked_any_more_two_readings_are_never_wrong() -> None:
    assert [points("numeric", {"value": "33.500"}, answer=key, tolerance=0) for key in (33500, "33.5", 7)] == [1, 1, 0]


def test_what_was_given_is_shown_with_its_unit() -> None:
    assert [rows("numeric", {"value": value})[0].given for value in ("13", "13 leaves")] == ["13 leaves"] * 2
    assert rows("numeric", {"value": "1.234", "meant": "1.234"})[0].given == "1.234 leaves"


def test_decimals_are_compared_exactly() -> None:
    assert points("numeric", {"value": "0.3"}, answer="0.1", tolerance="0.2") == 1
    assert points("numeric", {"value": "0.3000000000000000001"}, answer="0.1", tolerance="0.2") == 0


@pytest.mark.parametrize(
    ("value", "unit", "earned"),
    [("12", "years", 1), ("12 years", "years", 1), ("12", "months", 0.5), ("12", None, 0.5), ("13", "years", 0)],
)
def test_a_right_number_with_another_unit_earns_half(value: str, unit: str | None, earned: float) -> None:
    assert points("numeric", {"value": value, "unit": unit}, **WITH_UNITS) == earned


def test_numeric_has_a_row_for_the_unit_only_where_it_is_asked() -> None:
    assert [row.verdict for row in rows("numeric", {"value": "1"})] == ["wrong"]
    asked = rows("numeric", {"value": "12", "unit": "months"}, **WITH_UNITS)
    assert [row.verdict for row in asked] == ["right", "wrong"]


@given(st.decimals(-999, 999, places=2), tolerances, st.decimals(-60, 60, places=3))
def test_a_number_counts_if_and_only_if_it_is_within_the_tolerance(
    answer: Decimal, tolerance: Decimal, off: Decimal
) -> None:
    item = make("numeric", answer=answer, tolerance=tolerance)
    assert (grade(item, {"value": f"{answer + off:f}"}) == 1) == (abs(off) <= tolerance)


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
    assert (row.verdict, row.feedback) == (verdict, why)
    assert row.given == (f"{value} leaves" if value[-1:].isdecimal() else value)
    assert row.text == "33,000–34,000 leaves"


def test_numeric_explains_the_unit_where_it_is_asked() -> None:
    number, unit = rows("numeric", {"value": "12", "unit": "months"}, **WITH_UNITS)
    assert (number.label, number.text, number.verdict) == (Message("The number"), "12", "right")
    assert (unit.label, unit.text, unit.given, unit.verdict) == (Message("The unit"), "years", "months", "wrong")
    assert unit.feedback == "Trees take years."
