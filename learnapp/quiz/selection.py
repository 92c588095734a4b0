"""Selection and shuffling: pure functions of (revision, seed), the same in every process and year.

Browsers see and send display positions only, since the order in a file gives keys away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import assert_never

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
from learnapp.quiz.responses import Missing, Response, clean, missing


@dataclass(frozen=True, slots=True)
class Presentation:
    """Where things stand on the page: file positions, in the order shown.

    `shown` are the options (single, multiple), reasons (true-false), units (numeric), matches with the
    distractors (matching) or entries (ordering, categorise); `replies` are the replies of each turn of a
    scenario. Prompts, blanks, categories and turns keep the order of the file.
    """

    shown: tuple[int, ...] = ()
    replies: tuple[tuple[int, ...], ...] = ()


def select(
    items: Sequence[Item], revision: str, seed: int, count: int | None = None, shuffle: bool = False
) -> tuple[Item, ...]:
    """Choose `count` items (all if None), in the order of the file unless they are shuffled."""
    ranked = shuffled(len(items), revision, seed, "items")
    chosen = ranked if count is None else ranked[: max(0, count)]
    return tuple(items[i] for i in (chosen if shuffle else sorted(chosen)))


def present(item: Item, revision: str, seed: int) -> Presentation:
    """Decide the order in which an item is shown; an ordering is never shown already solved."""
    match item:
        case Single() | Multiple():
            return Presentation(shuffled(len(item.options), revision, seed, item.id))
        case TrueFalse():
            return Presentation(shuffled(len(item.reasons), revision, seed, item.id))
        case Numeric():
            return Presentation(shuffled(len(item.units), revision, seed, item.id))
        case Matching():
            return Presentation(shuffled(len(item.matches), revision, seed, item.id))
        case Ordering():
            order = shuffled(len(item.entries), revision, seed, item.id)
            solved = order == tuple(range(len(order)))
            return Presentation((*order[1:], order[0]) if solved else order)
        case Categorise():
            return Presentation(shuffled(len(item.entries), revision, seed, item.id))
        case Scenario():
            turns = ((len(turn.replies), f"{item.id}/{turn.id}") for turn in item.turns)
            return Presentation(replies=tuple(shuffled(n, revision, seed, name) for n, name in turns))
        case Cloze():
            return Presentation()
        case _:
            assert_never(item)


def to_wire(item: Item, presentation: Presentation, canonical: object) -> Response | None:
    """Turn a canonical response into one by display positions; never raises."""
    kept = clean(item, canonical)
    if kept is None:
        return None
    if isinstance(item, Scenario):
        taken = steps(item, kept["replies"])
        at = [_positions(turn) for turn in presentation.replies]
        replies = [at[turn].get(reply) for turn, reply in taken if turn < len(at)]
        return {"replies": replies} if None not in replies and len(replies) == len(taken) else None
    return clean(item, _moved(item, kept, _positions(presentation.shown)))


def from_wire(item: Item, presentation: Presentation, wire: object) -> Response | None:
    """Turn what a browser sent into a canonical response, dropping what is not well formed; never raises."""
    if isinstance(item, Scenario):
        sent = wire.get("replies") if isinstance(wire, dict) else None
        replies: list[int] = []
        for position in sent[: len(item.turns)] if isinstance(sent, list | tuple) else ():
            turn = next_turn(item, replies)
            shown = presentation.replies[turn] if is_index(turn, len(presentation.replies)) else ()
            if not is_index(position, len(shown)):
                break
            replies.append(shown[position])
        return clean(item, {"replies": replies})
    kept = clean(item, wire)
    return clean(item, _moved(item, kept, dict(enumerate(presentation.shown)))) if kept else None


def missing_on_page(item: Item, presentation: Presentation, canonical: object) -> tuple[Missing, ...]:
    """List what must still be filled in, naming fields by their positions on the page."""
    if isinstance(item, Ordering | Categorise):
        # Nothing else is numbered by what is shuffled, and these two look the same either way.
        return missing(item, to_wire(item, presentation, canonical))
    return missing(item, canonical)


def shuffled(count: int, revision: str, seed: int, name: str) -> tuple[int, ...]:
    """Return 0..count-1 in an order that only (revision, seed, name) decide."""

    def rank(index: int) -> bytes:
        # `hash` and `random` may change between processes and versions of Python; SHA-256 may not.
        return sha256(f"{revision}:{seed:x}:{name}:{index}".encode()).digest()

    return tuple(sorted(range(count), key=rank))


def _moved(item: Item, kept: Response, to: Mapping[int, int]) -> Response:
    """Exchange the indexes in a clean response; one without a partner becomes None, which `clean` drops."""
    match item:
        case Single():
            return {"choice": to.get(kept["choice"])}
        case Multiple():
            return {"choices": [to.get(choice) for choice in kept["choices"]]}
        case TrueFalse():
            return {**kept, "reason": to.get(kept.get("reason", -1))}
        case Matching():
            return {"matches": {prompt: to.get(match) for prompt, match in kept["matches"].items()}}
        case Ordering():
            return {"order": [None if entry is None else to.get(entry) for entry in kept["order"]]}
        case Categorise():
            return {"categories": {str(to.get(int(i))): j for i, j in kept["categories"].items()}}
        case Numeric() | Cloze() | Scenario():
            return kept  # Nothing in them is an index, or the path decides (see to_wire).
        case _:
            assert_never(item)


def _positions(shown: Sequence[int]) -> dict[int, int]:
    return {file: position for position, file in enumerate(shown)}
