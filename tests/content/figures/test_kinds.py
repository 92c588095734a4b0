"""What every kind of figure asks for, and what it refuses."""

import re
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from learnapp.content.figures import Figure, Figures
from tests.courses.figures import CHARTS, KINDS, A, B, data_of, figure, number, part, refusal


def test_every_kind_is_tried_here() -> None:
    members = get_args(get_args(Figure)[0])

    assert {get_args(one.model_fields["kind"].annotation)[0] for one in members} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_of_a_part_is_found_with_its_place(kind: str) -> None:
    data = data_of(kind, **KINDS[kind])

    def facts(value: Any, where: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], str]]:
        if isinstance(value, dict):
            return [one for key in value for one in facts(value[key], (*where, key))]
        if isinstance(value, list):
            return [one for n, inner in enumerate(value) for one in facts(inner, (*where, n))]
        return [(where, value)] if isinstance(value, str) and re.fullmatch(r"tea\.\d\d", value) else []

    expected = [one for one in facts(data) if one[0][:1] != ("facts",)]
    assert expected
    assert sorted(figure(kind, **KINDS[kind]).part_facts(), key=repr) == sorted(expected, key=repr)


@pytest.mark.parametrize("kind", ["sequence", "groups", "number", "bars"])
def test_a_part_without_a_fact_is_refused(kind: str) -> None:
    def stripped(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: stripped(inner) for key, inner in value.items() if key != "facts"}
        return [stripped(inner) for inner in value] if isinstance(value, list) else value

    assert "facts" in refusal(kind, **stripped(KINDS[kind]))


@pytest.mark.parametrize("kind", sorted(CHARTS))
def test_a_chart_has_a_text_alternative_and_a_table(kind: str) -> None:
    table = figure(kind, **KINDS[kind]).table()

    assert all(table.columns)
    assert {len(row) for row in table.rows} == {len(table.columns)}
    assert "desc" in refusal(kind, **KINDS[kind], desc="")


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        ("pie", {}, "pie"),
        ("sequence", {"facts": []}, "facts"),
        ("sequence", {"finding": ""}, "finding"),
        ("sequence", {"steps": [A]}, "steps"),
        ("sequence", {"connector": "around"}, "loop"),
        ("sequence", {"desc": "A list is its own text."}, "desc"),
        ("groups", {"groups": [{**A, "items": ["x"]}]}, "groups"),
        ("groups", {"groups": [{**A, "items": []}] * 2}, "items"),
        ("groups", {"groups": [{"label": "A", "items": ["x"]}] * 2}, "“A” needs `facts`"),
        ("groups", {"groups": [{"label": "A", "items": [{"text": "x"}]}] * 2}, "facts"),
        ("groups", {"highlight": ["cedar"]}, "highlight names “cedar”"),
        ("grid", {"legend": {"named": "Said"}}, "silent"),
        ("grid", {"rows": [{"label": "Hot", "cells": ["named"]}] * 2}, "1 cells for 2 columns"),
        ("grid", {"rows": [{"label": "Hot", "cells": ["named", "empty"]}] * 2}, "silent"),
        ("range", {"low": number(2, 1), "high": number(2)}, "from 40 to 20 is no range"),
        ("range", {"scale_to": 30}, "from 20 to 40 is no range on a scale to 30"),
        ("range", {"low": 20}, "a number is not typed here"),
        ("range", {"low": "20"}, "a number is not typed here"),
        ("rank", {"place": number(3, 1), "of": number(3)}, "60 is no place among 3"),
        ("rank", {"of": number(3, 2)}, "3 is no place among 1914"),
        ("share", {"part": number(4, 2), "whole": number(2)}, "1,200 is no part of 20"),
        ("share", {"part": number(4, 3)}, "0 is no part of 24 hours"),
        ("share", {"part": 6}, "a number is not typed here"),
        ("share", {"whole": 20}, "24 or 100"),
        ("bars", {"bars": [{**A, "value": number(4, 3)}] * 2}, "a bar of 0 cannot be drawn"),
        ("bars", {"scale": "square"}, "log"),
        ("number", {"value": "1,200"}, "a number is not typed here"),
        ("voices", {"statements": [{"text": "X.", "fact": "tea.01", "voice": "un"}] * 2}, "voice"),
    ],
)
def test_what_says_too_little_or_cannot_be_drawn_is_refused(kind: str, changes: dict[str, Any], words: str) -> None:
    assert words in refusal(kind, **{**KINDS.get(kind, {}), **changes})


@pytest.mark.parametrize("kind", KINDS)
def test_figures_are_frozen(kind: str) -> None:
    made = figure(kind, **KINDS[kind])

    for name in type(made).model_fields:
        with pytest.raises(ValidationError, match="frozen"):
            setattr(made, name, None)


def test_one_figure_or_several() -> None:
    several: TypeAdapter[Figures] = TypeAdapter(Figures)
    one = data_of("sequence", steps=[A, B])

    assert several.validate_python(one) == figure("sequence", steps=[A, B])
    assert several.validate_python([one, one]) == (figure("sequence", steps=[A, B]),) * 2
    for wrong in ([], [one] * 5, "sequence", 3, part(label="x")):
        with pytest.raises(ValidationError):
            several.validate_python(wrong)
