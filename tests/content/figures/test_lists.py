from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from learnapp.content.figures import Figure, Table

COMMON = {"title": "T", "desc": "D", "finding": "F.", "caption": "C.", "facts": ["tea.01"]}
FIGURE: TypeAdapter[Figure] = TypeAdapter(Figure)


def figure(**parts: Any) -> Figure:
    return FIGURE.validate_python({**COMMON, **parts})


GRID: dict[str, Any] = {
    "kind": "grid",
    "columns": [{"label": "Green", "short": "G", "icon": "leaf"}, {"label": "Black", "short": "B"}],
    "rows": [
        {"label": "Hot", "cells": ["named", "silent"], "facts": ["tea.01"]},
        {"label": "Cold", "cells": ["silent", "named"], "facts": ["tea.02", "tea.01"]},
    ],
    "legend": {"named": "Said", "silent": "Not said"},
}


def test_a_grid_says_in_words_what_its_cells_mean() -> None:
    assert figure(**GRID).table() == Table(
        ("Item", "Said", "Not said"), (("Hot", "Green", "Black"), ("Cold", "Black", "Green"))
    )
    both = {**GRID, "rows": [*GRID["rows"], {"label": "Iced", "cells": ["named", "named"]}]}
    assert figure(**both).table().rows[-1] == ("Iced", "Green, Black", "")
    assert figure(**GRID, rows_label="Cup").table().columns[0] == "Cup"


def test_a_flow_is_a_table_of_steps() -> None:
    flow = figure(
        kind="flow", steps=[{"label": "Boil", "detail": "Water"}, {"label": "Pour", "facts": ["tea.02"]}]
    )

    assert flow.table().rows == (("1", "Boil", "Water"), ("2", "Pour", ""))
    assert flow.own_facts() == ("tea.02",)


def test_a_map_is_a_table_of_stages() -> None:
    found = figure(
        kind="map",
        stages=[{"label": "Leaf", "items": ["Pick", "Dry"]}, {"label": "Cup", "items": ["Pour"]}],
        lit=["Dry"],
    )

    assert found.table().rows == (("Leaf", "Pick; Dry"), ("Cup", "Pour"))
    assert found.own_facts() == ()


def test_every_kind_has_a_table_with_headings_for_each_cell() -> None:
    kinds = [
        figure(**GRID),
        figure(kind="flow", steps=[{"label": "a"}, {"label": "b"}]),
        figure(kind="map", stages=[{"label": "a", "items": ["b"]}, {"label": "c", "items": ["d"]}]),
    ]

    assert {one.kind for one in kinds} == {"grid", "flow", "map"}
    for one in kinds:
        table = one.table()
        assert all(table.columns)
        assert {len(row) for row in table.rows} == {len(table.columns)}


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"kind": "pie"}, "pie"),
        ({**GRID, "legend": {"named": "Said"}}, "silent"),
        ({**GRID, "rows": [{"label": "Hot", "cells": ["named"]}] * 2}, "1 cells for 2 columns"),
        ({**GRID, "rows": [{"label": "Hot", "cells": ["named", "empty"]}] * 2}, "silent"),
        ({**GRID, "facts": []}, "facts"),
        ({**GRID, "desc": ""}, "desc"),
        ({"kind": "flow", "steps": [{"label": "a"}]}, "steps"),
        ({"kind": "map", "stages": [{"label": "a", "items": ["b"]}] * 2, "lit": ["c"]}, "lit names “c”"),
    ],
)
def test_figures_that_say_too_little_are_refused(parts: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        figure(**parts)


def test_figures_are_frozen() -> None:
    grid = figure(**GRID)

    for name in type(grid).model_fields:
        with pytest.raises(ValidationError, match="frozen"):
            setattr(grid, name, None)
