"""Responses written as they are stored, in the order of the file: parsed, graded, explained."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from learnapp.quiz.display import Explanation
from learnapp.quiz.item import Item, ItemResponse, Missing, Presentation
from tests.quiz.samples import make


def in_file_order(item: Item) -> Presentation:
    """Show everything where the file has it."""
    shown = item.present("any", 1)
    return Presentation(tuple(sorted(shown.order)), tuple(tuple(sorted(turn)) for turn in shown.replies))


def as_stored(item: Item, response: ItemResponse) -> dict[str, Any]:
    """Return a response as it comes back from a column of JSON."""
    data: dict[str, Any] = json.loads(json.dumps(item.to_json(response)))
    return data


def clean(item: Item, stored: object) -> dict[str, Any] | None:
    """Parse a response and write it down again."""
    response = item.parse_stored(stored)
    return None if response is None else as_stored(item, response)


def grade(item: Item, stored: object) -> float:
    return item.grade(item.parse_stored(stored))


def missing(item: Item, stored: object) -> tuple[Missing, ...]:
    return item.missing(item.parse_stored(stored), in_file_order(item))


def explain(item: Item, stored: object) -> tuple[Explanation, ...]:
    return tuple(item.explain(item.parse_stored(stored), in_file_order(item)))


def points(item_type: str, stored: object, **changes: Any) -> float:
    return grade(make(item_type, **changes), stored)


def rows(item_type: str, stored: object, **changes: Any) -> tuple[Explanation, ...]:
    return explain(make(item_type, **changes), stored)


def parts(item: Item, stored: object) -> list[str]:
    return [lack.part for lack in missing(item, stored)]


def complaint(item_type: str, **changes: Any) -> str:
    """Return what is said about a sample item with these changes."""
    with pytest.raises(ValidationError) as caught:
        make(item_type, **changes)
    return str(caught.value)
