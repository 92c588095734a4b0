"""Ranges: estimates to scale, open where their words are."""

from typing import Any

import pytest

from tests.courses.figures import KINDS, figure, number, part, refusal

RANGES = KINDS["ranges"]


def test_every_estimate_stands_to_scale() -> None:
    made = figure("ranges", **{**RANGES, "scale_to": 2000})
    drawn = {one.row.label: (one.low, one.high) for one in made.drawn()}

    assert drawn["Alder"] == pytest.approx((1, 2))
    assert drawn["Birch"] == pytest.approx((0.9, 0.9))
    assert drawn["Date"] == pytest.approx((60, 60))


def test_up_to_is_open_below_and_over_is_open_above() -> None:
    drawn = {one.row.label: one for one in figure("ranges", **RANGES).drawn()}

    assert (drawn["Birch"].open_from, drawn["Birch"].open_to) == (0, drawn["Birch"].low)
    assert (drawn["Date"].open_from, drawn["Date"].open_to) == (drawn["Date"].low, 100)
    assert drawn["Cedar"].open_from == drawn["Cedar"].open_to


def test_the_axis_ends_at_a_round_number_where_none_is_given() -> None:
    assert figure("ranges", **RANGES).ticks() == ("0", "600", "1,200 leaves")
    assert figure("ranges", **{**RANGES, "scale_to": 3000}).ticks() == ("0", "1,500", "3,000 leaves")
    assert 3000 in figure("ranges", **{**RANGES, "scale_to": 3000}).counts()


def test_the_table_says_who_was_asked_where_that_is_known() -> None:
    table = figure("ranges", **RANGES).table()

    assert table.columns == ("Whose", "Who was asked", "Leaves in a tin")
    assert table.rows[:2] == (("Alder", "Ben, once", "20 to 40 leaves"), ("Birch", "", "up to 18 leaves"))
    assert figure("ranges", **{**RANGES, "rows": RANGES["rows"][1:]}).table().columns == ("Whose", "Leaves in a tin")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"scale_to": 30}, "“Alder”: 20 to 40 cannot be drawn on a scale to 30"),
        ({"rows": [{**part(label="A"), "low": number(2, 1), "high": number(2)}] * 2}, "“A”: 40 to 20 cannot be drawn"),
        ({"rows": [{**part(label="A"), "low": 20}] * 2}, "a number is not typed here"),
        ({"rows": RANGES["rows"][:1]}, "rows"),
        ({"unit": ""}, "unit"),
    ],
)
def test_what_has_no_place_on_the_axis_is_refused(changes: dict[str, Any], words: str) -> None:
    assert words in refusal("ranges", **{**RANGES, **changes})
