"""What each kind of figure asks for, what it refuses, and its table."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest

from learnapp.content.figures import (
    Figure,
)
from tests.courses.figures import COMMON, KINDS, A, B, figure, number, part, refusal


def test_every_kind_is_tried_here_or_beside() -> None:
    members = get_args(get_args(Figure)[0])
    kinds = {get_args(one.model_fields["kind"].annotation)[0] for one in members}

    assert kinds - {"map", "flow", "grid"} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_is_a_table_too(kind: str) -> None:
    parts, table = KINDS[kind]

    assert figure(kind, **parts).table() == table
    assert {len(row) for row in table.rows} == {len(table.columns)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_of_a_part_is_found_with_its_place(kind: str) -> None:
    data = {**COMMON, "kind": kind, **KINDS[kind][0]}

    def facts(value: Any, where: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], str]]:
        if isinstance(value, dict):
            return [one for key in value for one in facts(value[key], (*where, key))]
        if isinstance(value, list):
            return [one for n, inner in enumerate(value) for one in facts(inner, (*where, n))]
        return [(where, value)] if isinstance(value, str) and re.fullmatch(r"tea\.\d\d", value) else []

    expected = [one for one in facts(data) if one[0][:1] != ("facts",)]
    assert sorted(figure(kind, **KINDS[kind][0]).named(), key=repr) == sorted(expected, key=repr)


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_without_a_fact_is_refused(kind: str) -> None:
    """Every part that may name facts must; only a day's parts and status links have none."""
    parts, _ = KINDS[kind]

    def stripped(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: stripped(inner) for key, inner in value.items() if key != "facts"}
        return [stripped(inner) for inner in value] if isinstance(value, list) else value

    bare = stripped(parts)
    if bare == parts:
        assert kind in {"range", "rank", "voices", "day", "number", "share"}
    else:
        assert "facts" in refusal(kind, **bare)


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        ("range", {"low": number(2, 1), "high": number(2)}, "from 40 to 20 is no range"),
        ("range", {"scale_to": 30}, "from 20 to 40 is no range on a scale to 30"),
        ("range", {"low": 20}, "a number is not typed here"),
        ("range", {"low": "20"}, "a number is not typed here"),
        ("rank", {"place": number(3, 1), "of": number(3)}, "60 is no place among 3"),
        ("rank", {"of": number(3, 2)}, "3 is no place among 1914"),
        ("ladder", {"rungs": number(2, 2)}, "300 rungs cannot be drawn"),
        ("ladder", {"bands": [A]}, "bands"),
        ("day", {"segments": [{"label": "x", "hours": "rest"}] * 2}, "only one part of the day"),
        ("day", {"segments": [{"label": "x", "hours": number(4)}] * 2}, "do not make a day of 24"),
        ("day", {"segments": [{"label": "x", "hours": 6}] * 2}, "a number is not typed here"),
        ("bars", {"bars": [{**A, "value": number(4, 3)}] * 2}, "a bar of 0 cannot be drawn"),
        ("bars", {"scale": "square"}, "log"),
        ("share", {"part": number(4, 2), "whole": number(2)}, "1,200 is no part of 20"),
        ("triangle", {"corners": [part(label="A", detail="x")] * 2}, "corners"),
        ("status", {"nodes": [{**A, "id": "a"}, {**B, "id": "a"}]}, "two nodes have the id “a”"),
        ("status", {"links": [{"from": "a", "to": "d", "label": "x"}]}, "“d”, which is no node's id"),
        ("status", {"links": [{"from": "a", "to": "a", "label": "x"}]}, "to itself"),
        ("status", {"links": [{"from": "a", "to": "b", "label": "x"}] * 2}, "make them one"),
        ("chain", {"loop": "around"}, "bool"),
        ("tools", {"tools": [part(label="A", words="x")]}, "tools"),
        ("tree", {"generations": [{**A, "members": []}] * 2}, "members"),
    ],
)
def test_what_cannot_be_drawn_is_refused(kind: str, changes: dict[str, Any], words: str) -> None:
    assert words in refusal(kind, **{**KINDS[kind][0], **changes})
