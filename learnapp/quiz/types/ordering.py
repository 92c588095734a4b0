"""Ordering: entries to bring into order, by giving each its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

from pydantic import Field, model_validator

from learnapp.quiz.display import Choice, Explanation, Message, Words
from learnapp.quiz.item import Presentation, Score, is_index, sequence
from learnapp.quiz.model import MANY, TextPart, require_distinct
from learnapp.quiz.rows import ItemRow, RowsItem, RowsResponse, Targets


class Entry(TextPart):
    """One entry of an ordering item; the file lists entries in the right order."""


@dataclass(frozen=True, slots=True)
class OrderingResponse(RowsResponse):
    """The place given to each entry, from 1, or None; entries may share one until the item is checked."""

    def to_json(self) -> dict[str, Any]:
        """Return {"order": the entry at each place}, or {"places": ...} while entries share a place."""
        entries = {place: entry for entry, place in enumerate(self.targets) if place}
        if len(entries) < sum(place is not None for place in self.targets):
            return {"places": list(self.targets)}
        return {"order": [entries.get(place) for place in range(1, len(self.targets) + 1)]}


class Ordering(RowsItem):
    """Bring the entries into order; the file lists them in the right one."""

    type: Literal["ordering"]
    entries: tuple[Entry, ...] = Field(min_length=2, max_length=MANY)

    shuffles = "entries"
    field = "place"
    stored_as = "order"
    response_type = OrderingResponse
    prompt = Message("Choose a place")
    task = Message("Give each its place; 1 comes first.")
    row_missing = Message("Choose a place of its own for “%(label)s”")
    all_missing = Message("Choose a place of its own for each of the %(number)s")

    @model_validator(mode="after")
    def _tell_entries_apart(self) -> Ordering:
        require_distinct((entry.text for entry in self.entries), "entries")
        return self

    @property
    def rows(self) -> Sequence[ItemRow]:
        return [ItemRow(entry.text, place, "", entry) for place, entry in enumerate(self.entries, 1)]

    @property
    def targets(self) -> Mapping[int, Words]:
        places = range(1, len(self.entries) + 1)
        return {place: Message("You put it at place %(number)s.", place) for place in places}

    def choices(self, shown: Presentation) -> tuple[Choice, ...]:
        return tuple(Choice(str(place), str(place)) for place in self.targets)

    def present(self, revision: str, seed: int) -> Presentation:
        """Decide the order in which the entries are shown, never the right one."""
        order = super().present(revision, seed).shown
        solved = order == tuple(range(len(order)))
        return Presentation((*order[1:], order[0]) if solved else order)

    def parse(self, data: dict[str, Any]) -> RowsResponse | None:
        count = len(self.entries)
        given = [*sequence(data.get("places"))[:count]]
        given += [None] * (count - len(given))
        for place, entry in enumerate(sequence(data.get("order"))[:count], 1):
            if is_index(entry, count) and given[entry] is None:
                given[entry] = place
        return self.response(given)

    def given(self, response: RowsResponse | None) -> Targets:
        """Return the place of each entry, None also where entries share one: they are asked for again."""
        places = super().given(response)
        times = Counter(places)
        return tuple(place if times[place] == 1 else None for place in places)

    def grade(self, response: RowsResponse | None) -> Score:
        """Give ordering the share of neighbors that are kept in their order, whatever stands between them.

        Neighbors are the k-1 pairs of entries that follow each other in the right order; a pair counts once
        both are placed. Only the whole right order keeps all pairs. Parts: the pairs.
        """
        pairs = pairwise(self.given(response))
        return Score.share_of([bool(first and second and first < second) for first, second in pairs])

    def explain(self, response: RowsResponse | None, shown: Presentation) -> Iterator[Explanation]:
        """Explain the entries in the right order, each with its number."""
        return _numbered(super().explain(response, Presentation(tuple(range(len(self.entries))))))

    def answer_key(self) -> Iterator[Explanation]:
        return _numbered(super().answer_key())

    def claims(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from super().claims()
        yield from ((("entries", n, "text"), entry.text) for n, entry in enumerate(self.entries))


def _numbered(explanations: Iterable[Explanation]) -> Iterator[Explanation]:
    return (replace(one, label=f"{number}. {one.label}") for number, one in enumerate(explanations, 1))
