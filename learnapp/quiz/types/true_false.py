"""True or false, with the reason: the stem is a statement to be judged."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from learnapp.quiz.display import VERDICTS, Choice, Explanation, Input, ItemForm, Message, numbered_choices
from learnapp.quiz.item import BaseItem, FormFields, ItemResponse, Presentation, is_index
from learnapp.quiz.model import LIST_MAX, FrozenModel, HiddenKey, Text, require_distinct
from learnapp.quiz.options import Option, explain_options, hidden_options, key_claims, require_one_key

STATEMENTS = {True: Message("True"), False: Message("False")}
SENT = {"true": True, "false": False}


class TrueFalseFeedback(FrozenModel):
    """Why the verdict true is right or wrong, and why the verdict false is."""

    if_true: Text = Field(alias="true")
    if_false: Text = Field(alias="false")

    @model_validator(mode="before")
    @classmethod
    def _name_the_verdicts(cls, data: Any) -> Any:
        # In YAML an unquoted `true:` is a boolean key, not the word.
        if isinstance(data, dict):
            return {str(key).lower() if isinstance(key, bool) else key: data[key] for key in data}
        return data


@dataclass(frozen=True, slots=True)
class TrueFalseResponse(ItemResponse):
    """The verdict and the reason that were chosen; one of them may be missing."""

    verdict: bool | None = None
    reason: int | None = None


class TrueFalse(BaseItem[TrueFalseResponse]):
    """Say whether the stem is true, and choose the reason."""

    type: Literal["true-false"]
    key: bool
    feedback: TrueFalseFeedback
    reasons: tuple[Option, ...] = Field(min_length=2, max_length=LIST_MAX)

    by_choice = True
    shuffled_attribute = "reasons"
    required = {"verdict": Message("Say whether it is true or false"), "reason": Message("Choose the reason")}

    @model_validator(mode="after")
    def _one_reason(self) -> Self:
        require_one_key(self.reasons, "reason")
        require_distinct((reason.text for reason in self.reasons), "reasons")
        return self

    def parse(self, data: dict[str, Any]) -> TrueFalseResponse | None:
        verdict, reason = data.get("verdict"), data.get("reason")
        response = TrueFalseResponse(
            verdict if isinstance(verdict, bool) else None, reason if is_index(reason, len(self.reasons)) else None
        )
        return response if response != TrueFalseResponse() else None

    def parse_form(
        self, form: FormFields, presentation: Presentation, before: TrueFalseResponse | None = None
    ) -> TrueFalseResponse | None:
        verdict = SENT.get(form.get("verdict") or "")
        return self.parse({"verdict": verdict, "reason": presentation.index_at(form.get("reason"))})

    def form_values(self, response: TrueFalseResponse, presentation: Presentation) -> Iterator[tuple[str, str]]:
        if response.verdict is not None:
            yield "verdict", "true" if response.verdict else "false"
        if response.reason is not None:
            yield "reason", str(presentation.order.index(response.reason))

    def grade(self, response: TrueFalseResponse | None) -> float:
        """Give true-false half for the right verdict and half for the reason that goes with it.

        A right reason with the wrong verdict earns nothing.
        """
        given = response or TrueFalseResponse()
        verdict = given.verdict is self.key
        reason = given.reason is not None and self.reasons[given.reason].key
        return verdict * (1 + reason) / 2

    def form(self, response: TrueFalseResponse | None, presentation: Presentation) -> ItemForm:
        verdicts = tuple(Choice(value, STATEMENTS[verdict]) for value, verdict in SENT.items())
        reasons = numbered_choices(self.reasons[index].text for index in presentation.order)
        verdict = Input("radios", "verdict", self.stem, verdicts)
        reason = Input("radios", "reason", Message("What is the reason?"), reasons)
        return ItemForm("choices", (verdict, reason))

    def explain(self, response: TrueFalseResponse | None, presentation: Presentation) -> Iterator[Explanation]:
        given, fact = response or TrueFalseResponse(), self.facts[0]
        for verdict, feedback in ((True, self.feedback.if_true), (False, self.feedback.if_false)):
            text, chosen, heading = STATEMENTS[verdict], verdict is given.verdict, Message("True or false")
            yield Explanation(*VERDICTS[verdict is self.key], feedback, fact, text, chosen=chosen, heading=heading)
        for reason in explain_options(self.reasons, presentation.order, fact, {given.reason}):
            yield replace(reason, heading=Message("The reason"), part=1)

    def claims(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        if self.key:  # a false statement may have any number
            yield from super().claims()
        yield from key_claims("reasons", self.reasons)

    def hidden_keys(self) -> Iterator[HiddenKey]:
        return hidden_options("reasons", self.reasons)
