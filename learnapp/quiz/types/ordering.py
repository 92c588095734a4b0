"""Ordering: entries to bring into order, by giving each its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from pydantic import Field, model_validator

from learnapp.quiz.display import PART_VERDICTS, Choice, Explanation, ItemForm, Message, part_verdict
from learnapp.quiz.item import (
    MANY,
    BaseItem,
    FormFields,
    ItemResponse,
    Missing,
    Presentation,
    Score,
    is_index,
    sequence,
    share,
    shuffled,
)
from learnapp.quiz.model import FactId, FrozenModel, Text, require_distinct
from learnapp.quiz.rows import missing_rows, read_rows, row_inputs, row_key, row_values


class Entry(FrozenModel):
    """One entry of an ordering item; the file lists entries in the right order."""

    text: Text
    feedback: Text
    see: FactId | None = None


@dataclass(frozen=True, slots=True)
class OrderingResponse(ItemResponse):
    """The place given to each entry, from 1, or None; entries may share one until the item is checked."""

    given: tuple[int | None, ...]

    @property
    def places(self) -> tuple[int | None, ...]:
        """Return the place of each entry, None also where entries share one: they are asked for again."""
        times = Counter(self.given)
        return tuple(place if times[place] == 1 else None for place in self.given)

    def to_json(self) -> dict[str, Any]:
        """Return {"order": the entry at each place}, or {"places": ...} while entries share a place."""
        if self.places != self.given:
            return {"places": list(self.given)}
        entries = {place: entry for entry, place in enumerate(self.given)}
        return {"order": [entries.get(place) for place in range(1, len(self.given) + 1)]}


class Ordering(BaseItem[OrderingResponse]):
    """Bring the entries into order; the file lists them in the right one."""

    type: Literal["ordering"]
    entries: tuple[Entry, ...] = Field(min_length=2, max_length=MANY)

    @model_validator(mode="after")
    def _tell_entries_apart(self) -> Ordering:
        require_distinct((entry.text for entry in self.entries), "entries")
        return self

    def present(self, revision: str, seed: int) -> Presentation:
        """Decide the order in which the entries are shown, never the right one."""
        order = shuffled(len(self.entries), revision, seed, self.id)
        solved = order == tuple(range(len(order)))
        return Presentation((*order[1:], order[0]) if solved else order)

    def parse(self, data: dict[str, Any]) -> OrderingResponse | None:
        count = len(self.entries)
        given = [*sequence(data.get("places"))[:count]]
        given += [None] * (count - len(given))
        for place, entry in enumerate(sequence(data.get("order"))[:count], 1):
            if is_index(entry, count) and given[entry] is None:
                given[entry] = place
        places = tuple(place if is_index(place, count + 1) and place else None for place in given)
        return OrderingResponse(places) if any(places) else None

    def parse_form(
        self, form: FormFields, shown: Presentation, before: OrderingResponse | None = None
    ) -> OrderingResponse | None:
        sent = dict(zip(shown.shown, read_rows(form, "place", len(self.entries)), strict=True))
        return self.parse({"places": [sent[entry] for entry in range(len(self.entries))]})

    def form_values(self, response: OrderingResponse, shown: Presentation) -> Iterator[tuple[str, str]]:
        return row_values("place", (response.given[entry] for entry in shown.shown))

    def missing(self, response: OrderingResponse | None, shown: Presentation) -> tuple[Missing, ...]:
        places = self._places(response)
        message = Message("Choose a place of its own for “%(label)s”")
        return missing_rows("place", (places[entry] for entry in shown.shown), message)

    def grade(self, response: OrderingResponse | None) -> Score:
        """Give ordering the share of neighbors that are kept in their order, whatever stands between them.

        Neighbors are the k-1 pairs of entries that follow each other in the right order; a pair counts once
        both are placed. Only the whole right order keeps all pairs. Parts: the pairs.
        """
        places = self._places(response)
        pairs = pairwise(places)
        return share([bool(first and second and first < second) for first, second in pairs])

    def form(self, response: OrderingResponse | None, shown: Presentation) -> ItemForm:
        places = tuple(Choice(str(place), str(place)) for place in range(1, len(self.entries) + 1))
        entries = (self.entries[index].text for index in shown.shown)
        return ItemForm(
            "rows",
            row_inputs("place", entries, places, Message("Choose a place")),
            Message("Give each its place; 1 comes first."),
            Message("Choose a place of its own for each of the %(number)s"),
        )

    def explain(self, response: OrderingResponse | None, shown: Presentation) -> Iterator[Explanation]:
        for number, (entry, place) in enumerate(zip(self.entries, self._places(response), strict=True), 1):
            verdict = part_verdict(place, place == number)
            yield Explanation(
                verdict=verdict,
                words=PART_VERDICTS[verdict],
                why=entry.feedback,
                see=entry.see or self.facts[0],
                label=f"{number}. {entry.text}",
                given=Message("You put it at place %(number)s.", place) if place else "",
            )

    def answer_key(self) -> Iterator[Explanation]:
        for number, entry in enumerate(self.entries, 1):
            yield row_key(entry.feedback, entry.see or self.facts[0], f"{number}. {entry.text}")

    def claims(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from super().claims()
        yield from ((("entries", n, "text"), entry.text) for n, entry in enumerate(self.entries))

    def _places(self, response: OrderingResponse | None) -> tuple[int | None, ...]:
        return response.places if response else (None,) * len(self.entries)
