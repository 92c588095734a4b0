"""What every kind of figure asks for, and what it refuses."""

import re
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from learnapp.content.figures import Figure, Figures
from tests.courses.figures import CHARTS, KINDS, A, data_of, figure, number, part, refusal


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


@pytest.mark.parametrize("kind", ["groups", "bars", "mechanism", "document", "timeline", "series", "ranges", "map"])
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
        ("groups", {"facts": []}, "facts"),
        ("groups", {"finding": ""}, "finding"),
        ("groups", {"desc": "A list is its own text."}, "desc"),
        ("groups", {"groups": [{**A, "items": ["x"]}]}, "groups"),
        ("groups", {"groups": [{**A, "items": []}] * 2}, "items"),
        ("groups", {"groups": [{"label": "A", "items": ["x"]}] * 2}, "“A” needs `facts`"),
        ("groups", {"groups": [{"label": "A", "items": [{"text": "x"}]}] * 2}, "facts"),
        ("groups", {"highlight": ["cedar"]}, "highlight names “cedar”"),
        ("grid", {"legend": {"named": "Said"}}, "silent"),
        ("grid", {"rows": [{"label": "Hot", "cells": ["named"]}] * 2}, "1 cells for 2 columns"),
        ("grid", {"rows": [{"label": "Hot", "cells": ["named", "empty"]}] * 2}, "silent"),
        ("bars", {"bars": [{**A, "value": number(4, 3)}] * 2}, "a bar of 0 cannot be drawn"),
        ("bars", {"bars": [{**A, "value": 20}, {**A, "value": "1,200"}]}, "a number is not typed here"),
        ("tell", {"rows": [{"label": "Hot", "cells": ["can"]}] * 2}, "1 cells for 2 columns"),
        ("tell", {"rows": [{"label": "Hot", "cells": ["can", "perhaps"]}] * 2}, "cannot"),
        ("mechanism", {"exit": {"at": 3, **A}}, "the exit is at step 3; steps are counted from 1 to 2"),
        ("mechanism", {"steps": [part(actor="One", does="all")]}, "steps"),
        ("mechanism", {"connector": "line"}, "loop"),
        ("document", {"lines": [part(text="No remark.")]}, "a document without a `remark`"),
        ("document", {"document": {"title": "No date", "author": "Ada"}}, "date"),
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
    one = data_of("groups", **KINDS["groups"])

    assert several.validate_python(one) == figure("groups", **KINDS["groups"])
    assert several.validate_python([one, one]) == (figure("groups", **KINDS["groups"]),) * 2
    for wrong in ([], [one] * 5, "groups", 3, part(label="x")):
        with pytest.raises(ValidationError):
            several.validate_python(wrong)
