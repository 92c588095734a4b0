"""Multiple choice: one option or more are right, and at least one is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
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
    score,
    sequence,
    shuffled,
)
from learnapp.quiz.model import require_distinct
from learnapp.quiz.options import NOT_CHOSEN, Option, explain_options, key_claims, option_keys


@dataclass(frozen=True, slots=True)
class MultipleResponse(ItemResponse):
    """The options that were chosen, ascending; at least one."""

    choices: tuple[int, ...]


class Multiple(BaseItem[MultipleResponse]):
    """Choose every option that is right."""

    type: Literal["multiple"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=MANY)

    by_choice: ClassVar[bool] = True

    @model_validator(mode="after")
    def _keys_and_others(self) -> Multiple:
        keys = sum(option.key for option in self.options)
        if not keys:
            raise ValueError("mark each right option with `key: true`; none is marked")
        if keys == len(self.options):
            raise ValueError("leave at least one option without `key: true`; all are marked")
        require_distinct((option.text for option in self.options), "options")
        return self

    def present(self, revision: str, seed: int) -> Presentation:
        return Presentation(shuffled(len(self.options), revision, seed, self.id))

    def parse(self, data: dict[str, Any]) -> MultipleResponse | None:
        choices = {one for one in sequence(data.get("choices")) if is_index(one, len(self.options))}
        return MultipleResponse(tuple(sorted(choices))) if choices else None

    def parse_form(
        self, form: FormFields, shown: Presentation, before: MultipleResponse | None = None
    ) -> MultipleResponse | None:
        return self.parse(
            {"choices": [shown.index_at(read_digits(text)) for text in form.getlist("choices")]}
        )

    def form_values(self, response: MultipleResponse, shown: Presentation) -> Iterator[tuple[str, str]]:
        positions = sorted(shown.shown.index(choice) for choice in response.choices)
        return (("choices", str(position)) for position in positions)

    def missing(self, response: MultipleResponse | None, shown: Presentation) -> tuple[Missing, ...]:
        return () if response else (Missing("choices", Message("Choose at least one answer")),)

    def grade(self, response: MultipleResponse | None) -> Score:
        """Give multiple the share of keys chosen minus the share of other options chosen, never below 0.

        Choosing everything earns nothing. Parts: the options, right if rightly chosen or rightly left.
        """
        chosen = [response is not None and index in response.choices for index in range(len(self.options))]
        keys = [taken for taken, option in zip(chosen, self.options, strict=True) if option.key]
        others = [taken for taken, option in zip(chosen, self.options, strict=True) if not option.key]
        points = Fraction(sum(keys), len(keys)) - Fraction(sum(others), len(others))
        return score(
            max(Fraction(0), points),
            (taken == option.key for taken, option in zip(chosen, self.options, strict=True)),
        )

    def form(self, response: MultipleResponse | None, shown: Presentation) -> ItemForm:
        choices = numbered_choices([self.options[index].text for index in shown.shown])
        picks = Input("checks", "choices", self.stem, choices)
        return ItemForm("choices", (picks,), Message("Choose every answer that is right."))

    def explain(self, response: MultipleResponse | None, shown: Presentation) -> Iterator[Explanation]:
        chosen = response.choices if response else ()
        return explain_options(self.options, shown.shown, chosen, self.facts[0], left=NOT_CHOSEN)

    def answer_key(self) -> Iterator[Explanation]:
        return option_keys(self.options, self.facts[0])

    def claims(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from super().claims()
        yield from key_claims("options", self.options)
