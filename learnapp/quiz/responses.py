"""Responses in canonical form, where every index is a position in the file.

| type | response |
|---|---|
| single | `{"choice": 2}` |
| multiple | `{"choices": [0, 2]}`, ascending |
| true-false | `{"verdict": true, "reason": 1}`, either may be absent |
| numeric | `{"value": "as typed", "unit": "years"}`, unit null where none is chosen |
| matching | `{"matches": {"0": 3}}`, prompt to match; matches are the pairs', then the distractors |
| ordering | `{"order": [2, null, 0]}`, the entry at each place, null where none is placed yet |
| cloze | `{"blanks": ["as typed", ""]}` |
| categorise | `{"categories": {"0": 1}}`, entry to category |
| scenario | `{"replies": [0, 2]}`, the reply at each turn along the path |

No answer at all is None, in every type.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from learnapp.quiz.conversation import is_index, next_turn, steps
from learnapp.quiz.items import (
    Categorise,
    Cloze,
    Item,
    Matching,
    Multiple,
    Numeric,
    Ordering,
    Scenario,
    Single,
    TrueFalse,
)
from learnapp.quiz.numerals import read_amount
from learnapp.quiz.words import typed

Response = dict[str, Any]
PARTS_MAX = 100


@dataclass(frozen=True, slots=True)
class Missing:
    """A part that must be filled in before checking: the name of its field, and which message says so."""

    part: str
    message_key: str


def clean(item: Item, raw: object) -> Response | None:
    """Keep what is well formed of any value and drop the rest; None if nothing is left of it.

    Never raises. Typed text is kept as typed, up to 200 characters, without control characters.
    """
    data = raw if isinstance(raw, dict) else {}
    match item:
        case Single():
            choice = data.get("choice")
            return {"choice": choice} if is_index(choice, len(item.options)) else None
        case Multiple():
            choices = sorted({c for c in _sequence(data.get("choices")) if is_index(c, len(item.options))})
            return {"choices": choices} if choices else None
        case TrueFalse():
            return _clean_true_false(item, data)
        case Numeric():
            value, unit = typed(data.get("value")), data.get("unit")
            kept = {"value": value, "unit": unit if isinstance(unit, str) and unit in item.units else None}
            return kept if value.strip() or kept["unit"] else None
        case Matching():
            matches = _assigned(data.get("matches"), len(item.pairs), len(item.matches))
            return {"matches": matches} if matches else None
        case Ordering():
            order = _clean_order(_sequence(data.get("order")), len(item.entries))
            return {"order": order} if any(entry is not None for entry in order) else None
        case Cloze():
            texts = [typed(text) for text in _sequence(data.get("blanks"))[: len(item.blanks)]]
            blanks = [*texts, *[""] * (len(item.blanks) - len(texts))]
            return {"blanks": blanks} if any(text.strip() for text in blanks) else None
        case Categorise():
            categories = _assigned(data.get("categories"), len(item.entries), len(item.categories))
            return {"categories": categories} if categories else None
        case Scenario():
            replies = [reply for _, reply in steps(item, _sequence(data.get("replies")))]
            return {"replies": replies} if replies else None
        case _:
            assert_never(item)


def missing(item: Item, response: object) -> tuple[Missing, ...]:
    """List what must still be filled in before the response can be checked, by canonical positions.

    Never raises. `selection.missing_on_page` gives the same by the positions on the page.
    """
    kept = clean(item, response) or {}
    match item:
        case Single():
            return () if kept else (Missing("choice", "choose-one"),)
        case Multiple():
            return () if kept else (Missing("choices", "choose-some"),)
        case TrueFalse():
            asked = (Missing("verdict", "choose-verdict"), Missing("reason", "choose-reason"))
            return tuple(part for part in asked if part.part not in kept)
        case Numeric():
            return _missing_numeric(item, kept)
        case Matching():
            found = kept.get("matches", {})
            return _unfilled("match", "choose-match", (str(i) in found for i in range(len(item.pairs))))
        case Ordering():
            placed = kept.get("order", ())
            return _unfilled("place", "choose-place", (i in placed for i in range(len(item.entries))))
        case Cloze():
            texts = kept.get("blanks", [""] * len(item.blanks))
            return _unfilled("blank", "fill-blank", (bool(text.strip()) for text in texts))
        case Categorise():
            put = kept.get("categories", {})
            return _unfilled("category", "choose-category", (str(i) in put for i in range(len(item.entries))))
        case Scenario():
            waits = next_turn(item, kept.get("replies")) is not None
            return (Missing("reply", "choose-reply"),) if waits else ()
        case _:
            assert_never(item)


def order_from_places(places: Sequence[object]) -> list[int | None]:
    """Turn the place typed for each entry (1 is first) into the entry at each place.

    Entries that share a place, and places that do not exist, are left open, so that they are asked for again.
    """
    count = len(places)
    holders: list[list[int]] = [[] for _ in range(count)]
    for entry, place in enumerate(places):
        if type(place) is int and 1 <= place <= count:
            holders[place - 1].append(entry)
    return [held[0] if len(held) == 1 else None for held in holders]


def places_from_order(order: Sequence[object]) -> list[int | None]:
    """Turn the entry at each place into the place of each entry (1 is first), None where it has none."""
    at = {entry: place for place, entry in enumerate(order, start=1) if is_index(entry, len(order))}
    return [at.get(entry) for entry in range(len(order))]


def _clean_true_false(item: TrueFalse, data: Response) -> Response | None:
    kept: Response = {}
    if isinstance(data.get("verdict"), bool):
        kept["verdict"] = data["verdict"]
    if is_index(data.get("reason"), len(item.reasons)):
        kept["reason"] = data["reason"]
    return kept or None


def _clean_order(given: Sequence[object], count: int) -> list[int | None]:
    order: list[int | None] = [None] * count
    for place, entry in enumerate(given[:count]):
        if is_index(entry, count) and entry not in order:
            order[place] = entry
    return order


def _assigned(given: object, count: int, targets: int) -> dict[str, int]:
    """Keep {"0": target, ...} for the keys 0..count-1 whose target exists."""
    table = given if isinstance(given, dict) else {}
    return {str(i): table[str(i)] for i in range(count) if is_index(table.get(str(i)), targets)}


def _sequence(given: object) -> Sequence[object]:
    return given[:PARTS_MAX] if isinstance(given, list | tuple) else ()


def _missing_numeric(item: Numeric, kept: Response) -> tuple[Missing, ...]:
    lacks: list[Missing] = []
    value = kept.get("value", "")
    if not value.strip():
        lacks.append(Missing("value", "enter-number"))
    elif read_amount(value, kept["unit"] if item.units else item.unit) is None:
        lacks.append(Missing("value", "use-digits"))
    if item.units and not kept.get("unit"):
        lacks.append(Missing("unit", "choose-unit"))
    return tuple(lacks)


def _unfilled(part: str, message_key: str, filled: Iterable[bool]) -> tuple[Missing, ...]:
    return tuple(Missing(f"{part}-{i}", message_key) for i, done in enumerate(filled) if not done)
