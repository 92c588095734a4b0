"""Single choice: one option is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from learnapp.quiz.display import Explanation, Input, ItemForm, Message, numbered_choices
from learnapp.quiz.item import (
    MANY,
    BaseItem,
    FormFields,
    ItemResponse,
    Missing,
    Presentation,
    Score,
    is_index,
    read_digits,
    shuffled,
)
from learnapp.quiz.model import require_distinct
from learnapp.quiz.options import Option, explain_options, key_claims, option_keys, require_one_key


@dataclass(frozen=True, slots=True)
class SingleResponse(ItemResponse):
    """The option that was chosen."""

    choice: int


class Single(BaseItem[SingleResponse]):
    """Choose one option."""

    type: Literal["single"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=MANY)

    by_choice: ClassVar[bool] = True

    @model_validator(mode="after")
    def _one_key(self) -> Single:
        require_one_key(self.options, "option")
        require_distinct((option.text for option in self.options), "options")
        return self

    def present(self, revision: str, seed: int) -> Presentation:
        return Presentation(shuffled(len(self.options), revision, seed, self.id))

    def parse(self, data: dict[str, Any]) -> SingleResponse | None:
        choice = data.get("choice")
        return SingleResponse(choice) if is_index(choice, len(self.options)) else None

    def parse_form(
        self, form: FormFields, shown: Presentation, before: SingleResponse | None = None
    ) -> SingleResponse | None:
        choice = shown.index_at(read_digits(form.get("choice")))
        return None if choice is None else SingleResponse(choice)

    def form_values(self, response: SingleResponse, shown: Presentation) -> list[tuple[str, str]]:
        return [("choice", str(shown.shown.index(response.choice)))]

    def missing(self, response: SingleResponse | None, shown: Presentation) -> tuple[Missing, ...]:
        return () if response else (Missing("choice", Message("Choose one answer")),)

    def grade(self, response: SingleResponse | None) -> Score:
        """Give single 1 for the key and 0 for any other option. Part: the choice."""
        right = response is not None and self.options[response.choice].key
        return Score(float(right), (right,))

    def form(self, response: SingleResponse | None, shown: Presentation) -> ItemForm:
        choices = numbered_choices([self.options[index].text for index in shown.shown])
        picks = Input("radios", "choice", self.stem, choices)
        return ItemForm("choices", (picks,), Message("Choose one answer."))

    def explain(self, response: SingleResponse | None, shown: Presentation) -> Iterator[Explanation]:
        chosen = {response.choice} if response else set()
        return explain_options(self.options, shown.shown, chosen, self.facts[0])

    def answer_key(self) -> Iterator[Explanation]:
        return option_keys(self.options, self.facts[0])

    def claims(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from super().claims()
        yield from key_claims("options", self.options)
