"""Figures made up: a small ledger, what any figure needs besides its parts, and one of each kind."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from learnapp.content.figures import Figure, Table, Told, readings

FIGURE: TypeAdapter[Figure] = TypeAdapter(Figure)
TOLD = {
    "tea.01": Told((), "page", "Tea page, about 1900."),
    "tea.02": Told(readings(["20-40 leaves", "300"]), "said", "Ben, who left in 1920."),
    "tea.03": Told(readings(["3/60", "1914", "60 cups"]), "ngo", "Tea Society, 1914."),
    "tea.04": Told(
        readings(["up to 18 hours", "6 hours", "over 1,200", "0 cups"]), "page", "Tea page, about 1900."
    ),
    "tea.05": Told(readings(["$1.74 billion", "$596 billion", "$1,000 (estimate)"]), "un", "Board, 1914."),
}
COMMON = {"title": "T", "desc": "D", "finding": "F.", "caption": "C.", "facts": ["tea.01"], "dated": "1914"}


def figure(kind: str, **parts: Any) -> Any:
    return FIGURE.validate_python({**COMMON, "kind": kind, **parts}, context=TOLD)


def refusal(kind: str, **parts: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        figure(kind, **parts)
    return str(caught.value)


def number(fact: int, at: int = 0) -> dict[str, Any]:
    return {"fact": f"tea.{fact:02}", "at": at}


def part(**words: str) -> dict[str, Any]:
    return {**words, "facts": ["tea.01"]}


A, B, C = part(label="A"), part(label="B"), part(label="C")

# What each kind is given, and the table that it then is.
KINDS: dict[str, tuple[dict[str, Any], Table]] = {
    "timeline": (
        {"events": [part(when="Then", label="A"), part(when="Now", label="B", detail="More")], "note": "N."},
        Table(("When", "What", "More"), (("Then", "A", ""), ("Now", "B", "More"))),
    ),
    "succession": (
        {"people": [part(name="Ada"), part(name="Ben", relation="Her nephew")]},
        Table(("Order", "Name", "Relation"), (("1", "Ada", ""), ("2", "Ben", "Her nephew"))),
    ),
    "piles": (
        {"piles": [{"label": "One", "cards": [A, B]}, {"label": "Two", "cards": [C]}]},
        Table(("Card", "Pile"), (("A", "One"), ("B", "One"), ("C", "Two"))),
    ),
    "chain": (
        {"links": [A, part(label="B", detail="More")], "loop": True},
        Table(("Link", "More", "Leads to"), (("A", "", "B"), ("B", "More", "A again"))),
    ),
    "causes": (
        {"causes": [A], "effect": B, "results": [C, A]},
        Table(("Part", "What it is"), (("Cause", "A"), ("Effect", "B"), ("Result", "C"), ("Result", "A"))),
    ),
    "lifeline": (
        {"stages": [{**A, "items": ["x", "y"]}, {**B, "items": ["z"]}]},
        Table(("Stage of life", "What belongs to it"), (("A", "x; y"), ("B", "z"))),
    ),
    "range": (
        {"label": "Leaves", "low": number(2), "high": number(2, 1), "unit": "leaves", "scale_to": 50},
        Table(("What", "From", "To", "Date"), (("Leaves", "20 leaves", "40 leaves", "1914"),)),
    ),
    "rank": (
        {"label": "Ours", "place": number(3), "of": number(3, 1), "year": number(3, 2)},
        Table(("Who", "Place", "Of", "Date"), (("Ours", "3", "60", "1914"),)),
    ),
    "voices": (
        {"statements": [{"text": text, "fact": fact} for text, fact in (("X.", "tea.02"), ("Y.", "tea.01"))]},
        Table(
            ("Who says so", "What", "Where"),
            (("Testimony", "X.", "Ben, who left in 1920."), ("Page claim", "Y.", "Tea page, about 1900.")),
        ),
    ),
    "tree": (
        {"generations": [{**A, "members": ["x", "y"]}, {**B, "members": ["z"]}]},
        Table(("Generation", "Members"), (("A", "x; y"), ("B", "z"))),
    ),
    "ladder": (
        {"rungs": number(3, 1), "bands": [A, B]},
        Table(
            ("Band, from the top", "Rungs", "Date"),
            (
                ("All bands together", "60", "1914"),
                ("A", "How many is not given", "1914"),
                ("B", "How many is not given", "1914"),
            ),
        ),
    ),
    "tools": (
        {"center": "Aim", "tools": [part(label="A", words="x"), part(label="B", words="y")]},
        Table(("What", "In words"), (("In the center", "Aim"), ("A", "x"), ("B", "y"))),
    ),
    "triangle": (
        {"center": "Aim", "corners": [part(label=one, detail="x") for one in "ABC"]},
        Table(("What", "In words"), (("In the center", "Aim"), ("A", "x"), ("B", "x"), ("C", "x"))),
    ),
    "day": (
        {"segments": [{"label": "Work", "hours": number(4)}, {"label": "Else", "hours": "rest"}]},
        Table(
            ("Part of the day", "Hours", "Date"),
            (("Work", "up to 18 hours", "1914"), ("Else", "at least 6 hours", "1914")),
        ),
    ),
    "number": (
        {"value": number(4, 2), "unit": "cups", "label": "Cups", "year": number(3, 2), "qualifier": "by day"},
        Table(("What", "Number", "Date", "Keep in mind"), (("Cups", "over 1,200 cups", "1914", "by day"),)),
    ),
    "bars": (
        {"unit": "dollars", "bars": [{**A, "value": number(5)}, {**B, "value": number(5, 2)}]},
        Table(
            ("What", "Dollars", "Date"), (("A", "$1.74 billion", "1914"), ("B", "$1,000 (estimate)", "1914"))
        ),
    ),
    "share": (
        {"label": "Broken", "part": number(2), "whole": number(4, 2), "qualifier": "up to"},
        Table(("What", "Part", "Whole", "Date"), (("Broken", "up to 20", "over 1,200", "1914"),)),
    ),
    "compare": (
        {
            "left": {"label": "Green", "points": [part(text="x")]},
            "right": {"label": "Black", "points": [part(text="y"), part(text="z")]},
            "question": "Which?",
        },
        Table(("Which?", "What belongs to it"), (("Green", "x"), ("Black", "y"), ("Black", "z"))),
    ),
    "status": (
        {
            "nodes": [{**A, "id": "a"}, {**B, "id": "b"}, {**C, "id": "c"}],
            "links": [{"from": "a", "to": "b", "label": "asks"}],
        },
        Table(("From", "What ties them", "To"), (("A", "asks", "B"), ("C", "", ""))),
    ),
}
