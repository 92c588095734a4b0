"""Figures of amounts: a date and a qualifier are said once."""

from __future__ import annotations

from learnapp.content.figures.amounts import NumberFigure
from tests.courses.figures import figure, number


def test_a_year_and_a_qualifier_are_not_said_twice() -> None:
    parts = {"value": number(4, 2), "unit": "cups", "label": "Cups", "year": number(3, 2)}
    dated = figure("number", **parts, qualifier="over")
    undated = figure("number", **{**parts, "dated": "Tea Society"})

    assert isinstance(dated, NumberFigure)
    assert (dated.date, dated.remark) == ("1914", "")
    assert undated.date == "1914, Tea Society"
