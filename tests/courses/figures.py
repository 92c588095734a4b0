"""Figures to try: a small ledger, what any figure needs besides its parts, and each kind and variant."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from learnapp.content.figures import Figure
from learnapp.content.figures.readings import readings

FIGURE: TypeAdapter[Figure] = TypeAdapter(Figure)
LEDGER = {
    "tea.01": (),
    "tea.02": readings(["20-40 leaves", "300"]),
    "tea.03": readings(["3/60", "1914", "60 cups"]),
    "tea.04": readings(["up to 18 hours", "6 hours", "over 1,200", "0 cups"]),
    "tea.05": readings(["$1.74 billion", "$596 billion", "$1,000 (estimate)"]),
}
COMMON = {"title": "T", "finding": "F.", "caption": "C.", "facts": ["tea.01"], "dated": "1914"}
CHARTS = {"bars", "timeline", "series", "ranges", "map"}


def data_of(kind: str, **parts: Any) -> dict[str, Any]:
    """Return a figure as it stands in a file."""
    return {**COMMON, "kind": kind, **({"desc": "D."} if kind in CHARTS else {}), **parts}


def figure(kind: str, **parts: Any) -> Any:
    return FIGURE.validate_python(data_of(kind, **parts), context=LEDGER)


def refusal(kind: str, **parts: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        figure(kind, **parts)
    return str(caught.value)


def number(fact: int, at: int = 0) -> dict[str, Any]:
    return {"fact": f"tea.{fact:02}", "at": at}


def part(**words: str) -> dict[str, Any]:
    return {**words, "facts": ["tea.01"]}


A, B = part(label="Alder"), part(label="Birch")

KINDS: dict[str, dict[str, Any]] = {
    "groups": {
        "heading": "Which?",
        "groups": [{**A, "items": ["xylem", part(text="young")]}, {"label": "Birch", "items": [part(text="zest")]}],
        "highlight": ["young"],
    },
    "grid": {
        "columns": [{"label": "Green", "short": "G", "icon": "book"}, {"label": "Black", "short": "B"}],
        "rows": [
            {"label": "Hot", "cells": ["named", "silent"], "facts": ["tea.01"]},
            {"label": "Cold", "cells": ["silent", "named"], "facts": ["tea.02", "tea.01"]},
        ],
        "rows_label": "Cup",
        "legend": {"named": "Said", "silent": "Not said"},
    },
    "bars": {"label": "Dollars", "bars": [{**A, "value": number(5)}, {**B, "value": number(5, 2)}]},
    "tell": {
        "columns": [{"label": "Keepers", "short": "K", "icon": "book"}, {"label": "Guests", "short": "G"}],
        "rows": [
            {"label": "How hot?", "cells": ["can", "part"], "facts": ["tea.01"]},
            {"label": "How sweet?", "cells": ["cannot", "can"]},
        ],
    },
    "mechanism": {
        "steps": [part(actor="Keeper", does="boils the kettle"), part(actor="Guest", does="waits for it")],
        "exit": {"at": 2, "label": "Bring a flask", "facts": ["tea.02"]},
    },
    "document": {
        "document": {"title": "Rules of the house", "author": "Tea Society", "date": "May 1901"},
        "lines": [part(text="No milk first.", remark="Milk is meant, not sugar."), part(text="Two cups.")],
    },
    "series": {
        "label": "Cups a year",
        "unit": "cups",
        "points": [
            {"at": 1909, "value": number(4, 2), "facts": ["tea.01"]},
            {"at": 1912, "value": None, "facts": ["tea.01"]},
            {"at": 1913, "value": number(2, 2), "facts": ["tea.02"]},
        ],
        "marks": [{"at": "1912-05", **part(label="The kettle broke")}],
    },
    "ranges": {
        "label": "Leaves in a tin",
        "unit": "leaves",
        "rows": [
            {**A, "low": number(2), "high": number(2, 1), "asked": "Ben, once"},
            {**B, "low": number(4)},
            {**part(label="Cedar"), "low": number(3, 3)},
            {**part(label="Date"), "low": number(4, 2)},
        ],
    },
    "map": {
        "spots": [
            {"place": "pyongyang", "detail": "Tea with rice", "facts": ["tea.01"]},
            {"place": "busan", "label": "Port of tea", "facts": ["tea.02"]},
            {"place": "mount-paektu", "facts": ["tea.01"]},
        ],
        "areas": [{"province": "kangwon", **part(label="Tea hills", detail="on its slopes")}],
        "borders": [{"border": "china", **part(label="two rivers")}, {"border": "south", "facts": ["tea.01"]}],
        "legend": "Dots: harbors.",
        "guess": {"place": "busan", "question": "Where does the tea land?"},
    },
    "timeline": {
        "from": 1900,
        "to": 1919,
        "rows": [{"label": "Pots"}, {"label": "Cups"}],
        "events": [
            {"at": 1912, "row": 1, **part(label="Sixty cups", detail="all of them blue")},
            {"at": "1901-02", "to": 1905, **part(label="Iron pots")},
            {"at": 1903, "to": 1913, **part(label="Clay pots too")},
            {"at": "1911-07", **part(label="A pot breaks")},
        ],
    },
}
FOUR = [{**part(label=one), "items": ["one"]} for one in ("Ash", "Beech", "Cedar", "Date")]
VARIANTS: dict[str, dict[str, Any]] = {
    "groups": {"groups": FOUR},
    "mechanism": {**KINDS["mechanism"], "connector": "loop"},
    "map": {"areas": [{"province": "chagang", **part(label="Tea woods")}]},
    "series": {**KINDS["series"], "unit": None, "marks": [], "guess": True},
    "ranges": {**KINDS["ranges"], "rows": KINDS["ranges"]["rows"][:2], "scale_to": 200},
    "timeline": {
        "from": 1900,
        "to": 1913,
        "events": [{"at": year, **part(label=f"Cup of {year}")} for year in (1911, 1913, 1910, 1912)],
        "scrub": True,
    },
}


def examples() -> list[Any]:
    """Return a figure of each kind, and one of each variant that looks different."""
    return [figure(kind, **parts) for kinds in (KINDS, VARIANTS) for kind, parts in kinds.items()]
