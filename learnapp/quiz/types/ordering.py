"""Ordering: entries to bring into order, by giving each its place."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from learnapp.quiz.display import Explanation, ItemForm, Message
from learnapp.quiz.item import FormFields, Presentation, as_sequence, is_index, share
from learnapp.quiz.model import LIST_MAX, TextPart, require_distinct
from learnapp.quiz.rows import ItemRow, RowsItem, RowsResponse, Targets


class Ordering(RowsItem):
    """Bring the entries into order; the file lists them in the right one.

    The page may by chance show them in the right order: an order that is never shown would be the right one.
    A response gives each entry its place, from 1; entries may share one until the item is checked. What the page
    shows before anything is moved is an order already, and is answered as it stands.
    """

    type: Literal["ordering"]
    entries: tuple[TextPart, ...] = Field(min_length=2, max_length=LIST_MAX)

    shuffled_attribute = "entries"
    by = "order"
    field = "place"
    stored_as = "order"
    prompt = Message("Choose a place")
    task = Message("Give each its place; 1 comes first.")
    row_missing = Message("Choose a place of its own for “%(label)s”")
    all_missing = Message("Choose a place of its own for each of the %(number)s")

    @model_validator(mode="after")
    def _tell_entries_apart(self) -> Self:
        require_distinct((entry.text for entry in self.entries), "entries")
        return self

    @property
    def rows(self) -> Sequence[ItemRow]:
        return [ItemRow(entry.text, place, "", entry) for place, entry in enumerate(self.entries, 1)]

    @property
    def targets(self) -> Mapping[int, str]:
        return {place: str(place) for place in range(1, len(self.entries) + 1)}

    def target_given(self, target: int) -> Message:
        return Message("You put it at place %(number)s.", target)

    def parse(self, data: dict[str, Any]) -> RowsResponse | None:
        count = len(self.entries)
        given = [*as_sequence(data.get("places"))[:count]]
        given += [None] * (count - len(given))
        for place, entry in enumerate(as_sequence(data.get("order"))[:count], 1):
            if is_index(entry, count) and given[entry] is None:
                given[entry] = place
        return self.response(given)

    def parse_form(
        self, form: FormFields, presentation: Presentation, before: RowsResponse | None = None
    ) -> RowsResponse | None:
        """Return the places that a form gives; who comes to a place that is taken changes places with its holder."""
        sent = super().parse_form(form, presentation, before)
        start = {row: place for place, row in enumerate(presentation.order, 1)}
        held = before.targets if before else tuple(start[row] for row in range(len(self.entries)))
        return self.response(swap_places(sent.targets, held)) if sent else None

    def form(self, response: RowsResponse | None, presentation: Presentation) -> ItemForm:
        """Return the form, in which each entry has the place where it stands until one is chosen."""
        form = super().form(response, presentation)
        inputs = (replace(one, start=str(place)) for place, one in enumerate(form.inputs, 1))
        return replace(form, inputs=tuple(inputs))

    def to_json(self, response: RowsResponse) -> dict[str, Any]:
        """Return {"order": the entry at each place}, or {"places": ...} while entries share a place."""
        entries = {place: entry for entry, place in enumerate(response.targets) if place}
        if len(entries) < sum(place is not None for place in response.targets):
            return {"places": list(response.targets)}
        return {"order": [entries.get(place) for place in self.targets]}

    def graded_targets(self, response: RowsResponse | None) -> Targets:
        """Return the place of each entry, None also where entries share one: they are asked for again."""
        places = super().graded_targets(response)
        times = Counter(places)
        return tuple(place if times[place] == 1 else None for place in places)

    def grade(self, response: RowsResponse | None) -> float:
        """Give ordering the share of neighbors that are kept in their order, whatever stands between them.

        Neighbors are the k-1 pairs of entries that follow each other in the right order; a pair counts once
        both are placed. Only the whole right order keeps all pairs.
        """
        pairs = pairwise(self.graded_targets(response))
        return share([bool(first and second and first < second) for first, second in pairs])

    def explain(self, response: RowsResponse | None, presentation: Presentation) -> Iterator[Explanation]:
        """Explain the entries in the right order, each with its number."""
        for number, entry in enumerate(super().explain(response, self.file_order), 1):
            yield replace(entry, label=f"{number}. {entry.label}")


def swap_places(sent: Targets, held: Targets) -> Targets:
    """Let the holder of a place that one other entry came to have the place that became free.

    Without scripts a place is chosen for one entry at a time, and what stood there moves for it. Nothing changes where
    a place is lacking, the places differ already, or it cannot be told who moved.
    """
    if None in sent or None in held:
        return sent
    places = list(sent)
    for entry, place in enumerate(sent):
        holder = next((other for other, own in enumerate(held) if own == place), entry)
        free = set(held).difference(places)
        if holder == entry or sent[holder] != place or sent.count(place) != 2:
            continue
        if held[entry] in free or len(free) == 1:
            places[holder] = held[entry] if held[entry] in free else free.pop()
    return tuple(places)
