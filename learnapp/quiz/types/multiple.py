"""Multiple choice: one option or more are right, and at least one is not."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, Self

from pydantic import model_validator

from learnapp.quiz.display import Explanation, Input, ItemForm, Message, numbered_choices
from learnapp.quiz.item import FormFields, ItemResponse, Presentation, as_sequence, is_index
from learnapp.quiz.options import OptionsItem, explain_options


@dataclass(frozen=True, slots=True)
class MultipleResponse(ItemResponse):
    """The options that were chosen, ascending; at least one."""

    choices: tuple[int, ...]


class Multiple(OptionsItem[MultipleResponse]):
    """Choose every option that is right."""

    type: Literal["multiple"]

    required = {"choices": Message("Choose at least one answer")}

    @model_validator(mode="after")
    def _keys_and_others(self) -> Self:
        keys = sum(option.key for option in self.options)
        if not keys:
            raise ValueError("mark each right option with `key: true`; none is marked")
        if keys == len(self.options):
            raise ValueError("leave at least one option without `key: true`; all are marked")
        return self

    def parse(self, data: dict[str, Any]) -> MultipleResponse | None:
        choices = {choice for choice in as_sequence(data.get("choices")) if is_index(choice, len(self.options))}
        return MultipleResponse(tuple(sorted(choices))) if choices else None

    def parse_form(
        self, form: FormFields, presentation: Presentation, before: MultipleResponse | None = None
    ) -> MultipleResponse | None:
        return self.parse({"choices": [presentation.index_at(sent) for sent in form.getlist("choices")]})

    def form_values(self, response: MultipleResponse, presentation: Presentation) -> Iterator[tuple[str, str]]:
        positions = sorted(presentation.order.index(choice) for choice in response.choices)
        return (("choices", str(position)) for position in positions)

    def grade(self, response: MultipleResponse | None) -> float:
        """Give multiple the share of keys chosen minus the share of other options chosen, never below 0.

        Choosing everything earns nothing.
        """
        chosen = response.choices if response else ()
        keys = [index in chosen for index, option in enumerate(self.options) if option.key]
        others = [index in chosen for index, option in enumerate(self.options) if not option.key]
        points = Fraction(sum(keys), len(keys)) - Fraction(sum(others), len(others))
        return max(0.0, float(points))

    def form(self, response: MultipleResponse | None, presentation: Presentation) -> ItemForm:
        choices = numbered_choices(self.options[index].text for index in presentation.order)
        checks = Input("checks", "choices", self.stem, choices)
        return ItemForm("choices", (checks,), Message("Choose every answer that is right."))

    def explain(self, response: MultipleResponse | None, presentation: Presentation) -> Iterator[Explanation]:
        chosen, other_key = response.choices if response else (), Message("Right, but not in your answer")
        return explain_options(self.options, presentation.order, self.facts[0], chosen, other_key)
