"""What browsers send, read into what the quiz engine and the progress understand.

Fields name screen positions, never file positions. Reading an answer never fails: what is none is left out,
and the service says what is missing. What was typed stays in `Fields`, so that a page can show it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, assert_never

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, UnprocessableEntity

from learnapp.accounts.models import BANDS
from learnapp.content.catalog import Lesson
from learnapp.learning.attempts.answer import Given
from learnapp.learning.attempts.store import Sheet, Slot
from learnapp.learning.models import MAIN, SHORT
from learnapp.learning.progress.reading_time import places
from learnapp.learning.progress.rules import ROUTES
from learnapp.quiz.conversation import next_turn
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
from learnapp.quiz.responses import order_from_places, places_from_order
from learnapp.quiz.selection import from_wire

Fields = MultiDict[str, str]
ACTIONS = ("save", "check", "hint", "later", "flag")
REPEATED = ("choices",)
SEQ_MAX = 2**31 - 1


def read_action(fields: Fields) -> str:
    """Return which button was pressed; without one the answer is to be checked."""
    action = fields.get("action", "check")
    if action not in ACTIONS:
        raise BadRequest
    return action


def read_seq(fields: Fields) -> int:
    """Return the number of the last save that this page knew of. Raises BadRequest."""
    seq = _number(fields.get("seq"))
    if seq is None or seq > SEQ_MAX:
        raise BadRequest
    return seq


def read_band(fields: Fields) -> int | None:
    """Return the age band that was chosen, None where none was. Raises UnprocessableEntity for another."""
    given = fields.get("band", "")
    return int(_one_of(given, map(str, BANDS))) if given else None


def read_route(fields: Fields) -> str:
    """Return how the lesson is to be read. Raises UnprocessableEntity for another word."""
    return _one_of(fields.get("route"), ROUTES)


def read_kind(fields: Fields) -> str:
    """Return which quiz to begin, main unless the short one is named. Raises UnprocessableEntity."""
    return _one_of(fields.get("kind", MAIN), (MAIN, SHORT))


def read_anchor(lesson: Lesson, fields: Fields) -> str:
    """Return the paragraph to keep. Raises UnprocessableEntity for one that the lesson does not have."""
    return _one_of(fields.get("anchor"), (*places(lesson, None), *places(lesson, "short")))


def read_number(q: str | None, sheet: Sheet) -> int | None:
    """Return which question a page address names, the one to go on with if none, None for the end.

    Raises AttemptNotFound for a question that there is not.
    """
    if q is None:
        return sheet.resume_number
    if q == "end":
        return None
    return sheet.slot(_number(q) or 0).number


def read_given(slot: Slot, fields: Fields) -> Given:
    """Return what the form says about an item: its answer, its flag, how sure the learner is."""
    certainty = _number(fields.get("certainty"))
    said = (slot.wire or {}).get("replies", ()) if isinstance(slot.item, Scenario) else ()
    return Given(
        wire=read_wire(slot.item, fields, said),
        flagged=fields.get("flagged") in ("1", "true"),
        certainty=certainty if certainty in (1, 2, 3) else None,
    )


def read_wire(item: Item, fields: Fields, replies: Iterable[int | None] = ()) -> dict[str, Any]:
    """Return the answer in screen positions, {} where there is none.

    `replies` are those already given in a scenario; `turn` says how many of them the page had seen, so that
    the same reply sent twice is said once.
    """
    match item:
        case Single():
            return _some(choice=_number(fields.get("choice")))
        case Multiple():
            chosen = map(_number, fields.getlist("choices"))
            return _some(choices=[number for number in chosen if number is not None] or None)
        case TrueFalse():
            verdict = {"true": True, "false": False}.get(fields.get("verdict", ""))
            return _some(verdict=verdict, reason=_number(fields.get("reason")))
        case Numeric():
            return _some(value=fields.get("value"), unit=fields.get("unit") or None)
        case Matching():
            return _some(matches=_table(fields, "match", len(item.pairs)))
        case Ordering():
            places = [_number(fields.get(f"place-{i}")) for i in range(len(item.entries))]
            return {"order": order_from_places(places)}
        case Cloze():
            return {"blanks": [fields.get(f"blank-{i}", "") for i in range(len(item.blanks))]}
        case Categorise():
            return _some(categories=_table(fields, "category", len(item.entries)))
        case Scenario():
            said = list(replies)[: _number(fields.get("turn")) or 0]
            reply = _number(fields.get("reply"))
            return {"replies": said if reply is None else [*said, reply]}
        case _:
            assert_never(item)


def as_fields(wire: dict[str, Any] | None) -> Fields:
    """Return the fields of a form that would send this answer: the inverse of `read_wire`, for showing it."""
    fields: Fields = MultiDict()
    for part, value in (wire or {}).items():
        match part:
            case "choices":
                fields.setlist("choices", [str(one) for one in value])
            case "matches" | "categories":
                name = "match" if part == "matches" else "category"
                fields.update({f"{name}-{i}": str(target) for i, target in value.items()})
            case "order":
                places = enumerate(places_from_order(value))
                fields.update({f"place-{i}": str(place) for i, place in places if place is not None})
            case "blanks":
                fields.update({f"blank-{i}": text for i, text in enumerate(value)})
            case "verdict":
                fields["verdict"] = "true" if value else "false"
            case "replies":
                pass  # What was said stands on the page, not in a field.
            case _:
                if value is not None:
                    fields[part] = str(value)
    return fields


def comparable(wire: dict[str, Any] | None) -> list[list[str]]:
    """Return an answer as sorted [name, value] pairs, as scripts compare it with what they have."""
    return sorted([name, value] for name, value in as_fields(wire).items(multi=True) if value)


def state_of(slot: Slot, *, closed: bool = False) -> dict[str, Any]:
    """Return what a script needs to know of a saved answer; nothing in it tells whether it is right."""
    return {
        "item": slot.item.id,
        "seq": slot.head.seq,
        "saved_at": slot.saved_at.isoformat() if slot.saved_at else None,
        "fields": comparable(slot.wire),
        "closed": closed or slot.state.submitted,
    }


def talk_goes_on(slot: Slot, given: Given) -> bool:
    """Tell whether a reply was chosen and the other person has an answer to it."""
    if not isinstance(slot.item, Scenario):
        return False
    said = (slot.state.response or {}).get("replies", [])
    replies = (from_wire(slot.item, slot.presentation, given.wire) or {}).get("replies", [])
    return len(replies) > len(said) and next_turn(slot.item, replies) is not None


def untouched(slot: Slot, fields: Fields) -> bool:
    """Tell whether this very question still stands as the form last saw it, whatever happened to others."""
    seen = fields.get("seen")
    return seen is not None and seen == (slot.saved_at.isoformat() if slot.saved_at else "")


def same_turn(slot: Slot, fields: Fields) -> bool:
    """Tell whether a form was made for the turn at which a conversation stands; else always true."""
    said = len((slot.state.response or {}).get("replies", ()))
    return not isinstance(slot.item, Scenario) or _number(fields.get("turn")) == said


def _one_of(text: str | None, allowed: Iterable[str]) -> str:
    if text is None or text not in allowed:
        raise UnprocessableEntity
    return text


def _some(**parts: Any) -> dict[str, Any]:
    return {name: value for name, value in parts.items() if value is not None}


def _table(fields: Fields, name: str, count: int) -> dict[str, int]:
    found = {str(i): _number(fields.get(f"{name}-{i}")) for i in range(count)}
    return {i: target for i, target in found.items() if target is not None}


def _number(text: str | None) -> int | None:
    """Read a small number in plain digits; anything else is none."""
    if text is None or not (text.isascii() and text.isdigit() and len(text) <= 10):
        return None
    return int(text)
