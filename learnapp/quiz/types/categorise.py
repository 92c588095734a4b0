"""Categorise: each entry belongs to one of several categories."""

from collections.abc import Mapping, Sequence
from typing import Literal, Self

from pydantic import Field, model_validator

from learnapp.quiz.display import Message
from learnapp.quiz.model import LIST_MAX, Text, TextPart, require_distinct
from learnapp.quiz.rows import ItemRow, RowsItem, RowsResponse


class CategoryEntry(TextPart):
    """One entry of a categorise item and the category it belongs to."""

    category: Text


class Categorise(RowsItem):
    """Put each entry into its category."""

    type: Literal["categorise"]
    categories: tuple[Text, ...] = Field(min_length=2, max_length=LIST_MAX)
    entries: tuple[CategoryEntry, ...] = Field(min_length=2, max_length=2 * LIST_MAX)

    by_choice = True
    shuffled_attribute = "entries"
    by = "sort"
    field = "category"
    stored_as = "categories"
    prompt = Message("Choose a group")
    task = Message("Choose a group for each.")
    row_missing = Message("Choose a group for “%(label)s”")
    all_missing = Message("Choose a group for each of the %(number)s")

    @model_validator(mode="after")
    def _known_categories(self) -> Self:
        require_distinct(self.categories, "categories")
        require_distinct((entry.text for entry in self.entries), "entries")
        for entry in self.entries:
            if entry.category not in self.categories:
                raise ValueError(
                    f"choose one of `categories` for “{entry.text}”, written the same way; "
                    f"“{entry.category}” is not among them"
                )
        return self

    @property
    def rows(self) -> Sequence[ItemRow]:
        numbers = {category: number for number, category in enumerate(self.categories)}
        return [ItemRow(entry.text, numbers[entry.category], entry.category, entry) for entry in self.entries]

    @property
    def targets(self) -> Mapping[int, str]:
        return dict(enumerate(self.categories))

    def grade(self, response: RowsResponse | None) -> float:
        """Give categorise the share of entries in their category."""
        return self.share_right(response)
