"""Rows with a select each, as three types have them: named by their place on the page, kept, graded, explained."""

from typing import Any

import pytest

from learnapp.quiz.item import Presentation
from tests.quiz.answers import points, rows
from tests.quiz.samples import make


def test_missing_fields_are_named_by_their_place_on_the_page() -> None:
    def lacking(item_type: str, shown: tuple[int, ...], stored: dict[str, Any]) -> list[str]:
        item = make(item_type)
        return [lack.part for lack in item.missing(item.parse_stored(stored), Presentation(shown))]

    assert lacking("ordering", (3, 1, 0, 2), {"order": [0, 1, None, None]}) == ["place-0", "place-3"]
    assert lacking("categorise", (2, 0, 1), {"categories": {"2": 0}}) == ["category-1", "category-2"]
    assert lacking("matching", (3, 2, 1, 0), {"matches": {"2": 0}}) == ["match-0", "match-1"]


def test_rows_with_the_right_target_make_the_share() -> None:
    assert points("categorise", {"categories": {"0": 0, "1": 1}}) == pytest.approx(2 / 3)
    assert points("categorise", {"categories": {"0": 1, "1": 0, "2": 1}}) == 0


def test_the_right_target_stands_beside_the_one_given() -> None:
    leaves, milk, sugar = rows("categorise", {"categories": {"0": 0, "1": 0}})
    assert (leaves.verdict, leaves.given) == ("right", "Shelf")
    assert (milk.label, milk.text, milk.given, milk.verdict) == ("Milk", "Fridge", "Shelf", "wrong")
    assert sugar.verdict == "neutral"


def test_only_targets_that_there_are_can_be_given() -> None:
    item = make("categorise")
    for stored in ({"0": 2}, {"0": -1}, {"0": True}, {"0": "0"}, {"7": 0}, [0, 1, 1], None):
        assert item.parse_stored({"categories": stored}) is None
    kept = item.parse_stored({"categories": {"0": 1, "1": 9}})
    assert kept is not None
    assert item.to_json(kept) == {"categories": {"0": 1}}
