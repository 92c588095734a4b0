"""Categorise: each entry belongs to one of several categories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from learnapp.quiz.display import (
    PART_VERDICTS,
    Explanation,
    ItemForm,
    Message,
    numbered_choices,
    part_verdict,
)
from learnapp.quiz.item import (
    MANY,
    BaseItem,
    FormFields,
    ItemResponse,
    Missing,
    Presentation,
    Score,
    share,
    shuffled,
)
from learnapp.quiz.model import FactId, FrozenModel, Text, require_distinct
from learnapp.quiz.rows import (
    Targets,
    missing_rows,
    parse_targets,
    read_rows,
    row_inputs,
    row_key,
    row_values,
    targets_to_json,
)


class CategoryEntry(FrozenModel):
    """One entry of a categorise item and the category it belongs to."""

    text: Text
    category: Text
    feedback: Text
    see: FactId | None = None


@dataclass(frozen=True, slots=True)
class CategoriseResponse(ItemResponse):
    """The category of each entry, None where none was chosen."""

    categories: Targets

    def to_json(self) -> dict[str, Any]:
        return {"categories": targets_to_json(self.categories)}


class Categorise(BaseItem[CategoriseResponse]):
    """Put each entry into its category."""

    type: Literal["categorise"]
    categories: tuple[Text, ...] = Field(min_length=2, max_length=MANY)
    entries: tuple[CategoryEntry, ...] = Field(min_length=2, max_length=2 * MANY)

    by_choice: ClassVar[bool] = True

    @model_validator(mode="after")
    def _known_categories(self) -> Categorise:
        require_distinct(self.categories, "categories")
        require_distinct((entry.text for entry in self.entries), "entries")
        for entry in self.entries:
            if entry.category not in self.categories:
                raise ValueError(
                    f"choose one of `categories` for “{entry.text}”, written the same way; "
                    f"“{entry.category}” is not among them"
                )
        return self

    def present(self, revision: str, seed: int) -> Presentation:
        return Presentation(shuffled(len(self.entries), revision, seed, self.id))

    def parse(self, data: dict[str, Any]) -> CategoriseResponse | None:
        response = CategoriseResponse(
            parse_targets(data.get("categories"), len(self.entries), len(self.categories))
        )
        return response if response != self._empty() else None

    def parse_form(
        self, form: FormFields, shown: Presentation, before: CategoriseResponse | None = None
    ) -> CategoriseResponse | None:
        sent = zip(shown.shown, read_rows(form, "category", len(self.entries)), strict=True)
        return self.parse({"categories": {str(entry): category for entry, category in sent}})

    def form_values(self, response: CategoriseResponse, shown: Presentation) -> Iterator[tuple[str, str]]:
        return row_values("category", (response.categories[entry] for entry in shown.shown))

    def missing(self, response: CategoriseResponse | None, shown: Presentation) -> tuple[Missing, ...]:
        categories = (response or self._empty()).categories
        filled = (categories[entry] is not None for entry in shown.shown)
        return missing_rows("category", filled, Message("Choose a group for “%(label)s”"))

    def grade(self, response: CategoriseResponse | None) -> Score:
        """Give categorise the share of entries in their category. Parts: the entries."""
        pairs = zip(self.entries, self._given(response), strict=True)
        return share([given == entry.category for entry, given in pairs])

    def form(self, response: CategoriseResponse | None, shown: Presentation) -> ItemForm:
        entries = (self.entries[index].text for index in shown.shown)
        categories = numbered_choices(self.categories)
        return ItemForm(
            "rows",
            row_inputs("category", entries, categories, Message("Choose a group")),
            Message("Choose a group for each."),
            Message("Choose a group for each of the %(number)s"),
        )

    def explain(self, response: CategoriseResponse | None, shown: Presentation) -> Iterator[Explanation]:
        categories = self._given(response)
        for index in shown.shown:
            entry, given = self.entries[index], categories[index]
            verdict = part_verdict(given, given == entry.category)
            see = entry.see or self.facts[0]
            yield Explanation(
                verdict, PART_VERDICTS[verdict], entry.feedback, see, entry.category, entry.text, given
            )

    def answer_key(self) -> Iterator[Explanation]:
        for entry in self.entries:
            yield row_key(entry.feedback, entry.see or self.facts[0], entry.text, entry.category)

    def claims(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from super().claims()
        yield from ((("entries", n, "text"), entry.text) for n, entry in enumerate(self.entries))

    def _empty(self) -> CategoriseResponse:
        return CategoriseResponse((None,) * len(self.entries))

    def _given(self, response: CategoriseResponse | None) -> list[str]:
        """Return the category that each entry was put into, "" for none."""
        put = (response or self._empty()).categories
        return ["" if category is None else self.categories[category] for category in put]
