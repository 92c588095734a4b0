"""Figures to try: a small ledger, what any figure needs besides its parts, and each kind and variant."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from learnapp.content.figures import Figure
from learnapp.content.figures.base import LedgerFact
from learnapp.content.figures.readings import readings

FIGURE: TypeAdapter[Figure] = TypeAdapter(Figure)
LEDGER = {
    "tea.01": LedgerFact((), "page", "Tea page, about 1900."),
    "tea.02": LedgerFact(readings(["20-40 leaves", "300"]), "said", "Ben, who left in 1920."),
    "tea.03": LedgerFact(readings(["3/60", "1914", "60 cups"]), "ngo", "Tea Society, 1914."),
    "tea.04": LedgerFact(
        readings(["up to 18 hours", "6 hours", "over 1,200", "0 cups"]), "page", "Tea page, about 1900."
    ),
    "tea.05": LedgerFact(readings(["$1.74 billion", "$596 billion", "$1,000 (estimate)"]), "un", "Board, 1914."),
}
COMMON = {"title": "T", "finding": "F.", "caption": "C.", "facts": ["tea.01"], "dated": "1914"}
CHARTS = {"range", "share", "bars", "rank"}


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
    "sequence": {
        "steps": [part(when="Then", label="Leaves"), part(when="Now", label="Cups", detail="More of Kim Il-sung")]
    },
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
    "voices": {"statements": [{"text": "Xanadu.", "fact": "tea.02"}, {"text": "Yield.", "fact": "tea.01"}]},
    "number": {
        "label": "Cups",
        "value": number(4, 2),
        "unit": "cups",
        "year": number(3, 2),
        "qualifier": "by day",
        "parts": [A, B],
    },
    "range": {"label": "Leaves", "low": number(2), "high": number(2, 1), "unit": "leaves", "scale_to": 50},
    "share": {"label": "Work", "part": number(4), "whole": 24, "unit": "hours", "rest": "Everything else"},
    "bars": {"label": "Dollars", "bars": [{**A, "value": number(5)}, {**B, "value": number(5, 2)}]},
    "rank": {"label": "Ours", "place": number(3), "of": number(3, 1), "year": number(3, 2)},
}
FOUR = [{**part(label=one), "items": ["one"]} for one in ("Ash", "Beech", "Cedar", "Date")]
VARIANTS: dict[str, dict[str, Any]] = {
    "sequence": {"steps": [A, B, part(label="Cedar", detail="More")], "connector": "loop"},
    "groups": {"groups": FOUR},
    "number": {"label": "Sum", "value": number(5, 2), "unit": "in all", "dated": None},
    "share": {"label": "Broken", "part": number(2), "whole": number(4, 2), "qualifier": "up to"},
    "bars": {**KINDS["bars"], "scale": "log"},
    "rank": {**KINDS["rank"], "place": number(3, 1)},
}


def examples() -> list[Any]:
    """Return a figure of each kind, and one of each variant that looks different."""
    arrows = {**VARIANTS["groups"], "connector": "arrows"}
    chain = {**VARIANTS["sequence"], "connector": "arrows"}
    found = [figure(kind, **parts) for kinds in (KINDS, VARIANTS) for kind, parts in kinds.items()]
    return [*found, figure("groups", **arrows), figure("sequence", **chain)]
