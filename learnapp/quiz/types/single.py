"""Single choice: one option is right."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, Self

from pydantic import model_validator

from learnapp.quiz.display import Explanation, Input, ItemForm, Message, numbered_choices
from learnapp.quiz.item import FormFields, ItemResponse, Presentation, is_index
from learnapp.quiz.options import OptionsItem, explain_options, require_one_key


@dataclass(frozen=True, slots=True)
class SingleResponse(ItemResponse):
    """The option that was chosen."""

    choice: int


class Single(OptionsItem[SingleResponse]):
    """Choose one option."""

    type: Literal["single"]

    required = {"choice": Message("Choose one answer")}

    @model_validator(mode="after")
    def _one_key(self) -> Self:
        require_one_key(self.options, "option")
        return self

    def parse(self, data: dict[str, Any]) -> SingleResponse | None:
        choice = data.get("choice")
        return SingleResponse(choice) if is_index(choice, len(self.options)) else None

    def parse_form(
        self, form: FormFields, presentation: Presentation, before: SingleResponse | None = None
    ) -> SingleResponse | None:
        choice = presentation.index_at(form.get("choice"))
        return None if choice is None else SingleResponse(choice)

    def form_values(self, response: SingleResponse, presentation: Presentation) -> list[tuple[str, str]]:
        return [("choice", str(presentation.order.index(response.choice)))]

    def grade(self, response: SingleResponse | None) -> float:
        """Give single 1 for the key and 0 for any other option."""
        return float(response is not None and self.options[response.choice].key)

    def form(self, response: SingleResponse | None, presentation: Presentation) -> ItemForm:
        choices = numbered_choices(self.options[index].text for index in presentation.order)
        radios = Input("radios", "choice", self.stem, choices)
        return ItemForm("choices", (radios,), Message("Choose one answer."))

    def explain(self, response: SingleResponse | None, presentation: Presentation) -> Iterator[Explanation]:
        chosen = {response.choice} if response else ()
        return explain_options(self.options, presentation.order, self.facts[0], chosen)
