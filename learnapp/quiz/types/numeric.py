"""Numeric: a number to type, within a tolerance, with its unit where that is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from learnapp.quiz.display import Choice, Explanation, Input, ItemForm, Message, TypedText, explain_part
from learnapp.quiz.item import BaseItem, FormFields, ItemResponse, Missing, Presentation
from learnapp.quiz.model import LIST_MAX, Amount, FactId, FrozenModel, Text, require_distinct
from learnapp.quiz.numerals import show_number
from learnapp.quiz.typed_numbers import TypedNumber, meant_input, read_typed, unit_forms
from learnapp.quiz.words import clean_typed


class NumericFeedback(FrozenModel):
    """What to say to a right, a too low and a too high number, and to a wrong unit."""

    right: Text
    low: Text
    high: Text
    unit: Text | None = None


@dataclass(frozen=True, slots=True)
class NumericResponse(ItemResponse):
    """The number as it was typed, the unit that was chosen, and what was meant where the number has two readings."""

    value: str = ""
    unit: str | None = None
    meant: str | None = None


class Numeric(BaseItem[NumericResponse]):
    """Type a number; where `units` are given, choose its unit too."""

    type: Literal["numeric"]
    answer: Amount
    tolerance: Amount = Decimal(0)
    unit: Text | None = None
    units: tuple[Text, ...] = Field(default=(), max_length=LIST_MAX)
    feedback: NumericFeedback
    see: FactId | None = None

    shuffled_attribute = "units"

    @model_validator(mode="after")
    def _units_agree(self) -> Self:
        if self.tolerance < 0:
            raise ValueError("write `tolerance` as 0 or more; it counts in both directions")
        if not self.units:
            return self
        if self.unit not in self.units:
            raise ValueError("put the right unit in `unit` and list it among `units`, written the same way")
        if len(self.units) < 2:
            raise ValueError("give at least two `units` to choose from, or leave `units` out")
        if self.feedback.unit is None:
            raise ValueError("add `unit` to the feedback: why a right number with another unit is wrong")
        require_distinct(self.units, "units")
        return self

    def parse(self, data: dict[str, Any]) -> NumericResponse | None:
        value, unit = clean_typed(data.get("value")), data.get("unit")
        unit = unit if isinstance(unit, str) and unit in self.units else None
        if not value.strip() and unit is None:
            return None
        return NumericResponse(value, unit, self._typed(NumericResponse(value, unit)).meant(data.get("meant")))

    def parse_form(
        self, form: FormFields, presentation: Presentation, before: NumericResponse | None = None
    ) -> NumericResponse | None:
        return self.parse({name: form.get(name) for name in ("value", "unit", "meant")})

    def form_values(self, response: NumericResponse, presentation: Presentation) -> Iterator[tuple[str, str]]:
        yield "value", response.value
        if response.unit is not None:
            yield "unit", response.unit
        if response.meant is not None:
            yield "meant", response.meant

    def missing(self, response: NumericResponse | None, presentation: Presentation) -> tuple[Missing, ...]:
        given, lacks = response or NumericResponse(), []
        typed = self._typed(given)
        if not given.value.strip():
            lacks.append(Missing("value", Message("Enter a number")))
        elif not typed.readings:
            lacks.append(Missing("value", typed.problem))
        elif typed.ambiguous and given.meant is None:
            lacks.append(Missing("meant", typed.question))
        if self.units and not given.unit:
            lacks.append(Missing("unit", Message("Choose a unit")))
        return tuple(lacks)

    def grade(self, response: NumericResponse | None) -> float:
        """Give numeric 1 for a number within the tolerance, both ends included, with the right unit.

        Where the unit is chosen, a right number with a wrong unit or none earns half.
        """
        given = response or NumericResponse()
        return self._is_near(given) * (1 + (not self.units or given.unit == self.unit)) / 2

    def form(self, response: NumericResponse | None, presentation: Presentation) -> ItemForm:
        inputs = [Input("number", "value", self.stem, suffix=None if self.units else self.unit)]
        if self.units:
            units = tuple(Choice(self.units[index], self.units[index]) for index in presentation.order)
            inputs.append(Input("select", "unit", Message("Unit"), units, Message("Choose a unit")))
        if response is not None and (typed := self._typed(response)).ambiguous:
            inputs.append(meant_input("meant", typed))
        return ItemForm("number", tuple(inputs))

    def explain(self, response: NumericResponse | None, presentation: Presentation) -> Iterator[Explanation]:
        given = response or NumericResponse()
        numbers, near = self._numbers(given), self._is_near(given)
        fact, feedback = self.see or self.facts[0], self.feedback.right
        if numbers and not near:
            feedback = self.feedback.low if numbers[0] < self.answer else self.feedback.high
        text, value = self._range(None if self.units else self.unit), TypedText(given.meant or given.value.strip())
        if self.unit and not self.units and value and value[-1].isdecimal():
            value = TypedText(f"{value} {self.unit}")
        yield explain_part(near, feedback, fact, text, Message("The number"), value)
        if self.units:
            right, feedback = given.unit == self.unit, self.feedback.unit or self.feedback.right
            yield explain_part(right, feedback, fact, self.unit or "", Message("The unit"), given.unit or "")

    def answer_key(self) -> Iterator[Explanation]:
        fact = self.see or self.facts[0]
        yield Explanation("right", Message("Key"), self.feedback.right, fact, self._range(self.unit))
        yield Explanation("wrong", Message("A number that is too low"), self.feedback.low, fact)
        yield Explanation("wrong", Message("A number that is too high"), self.feedback.high, fact)
        if self.feedback.unit:
            others = ", ".join(unit for unit in self.units if unit != self.unit)
            yield Explanation("wrong", Message("Another unit"), self.feedback.unit, fact, others)

    @property
    def right_numbers(self) -> tuple[Decimal, ...]:
        return self.answer, self.answer - self.tolerance, self.answer + self.tolerance

    def _typed(self, response: NumericResponse) -> TypedNumber:
        """Return the number as it was typed, its unit behind it or not."""
        units = {response.unit.casefold()} if self.units and response.unit else set()
        return read_typed(response.value, units if self.units else unit_forms(self.unit, self.stem))

    def _numbers(self, response: NumericResponse) -> tuple[Decimal, ...]:
        """Return what the number may be: what was meant, all readings where nobody could be asked any more."""
        return (Decimal(response.meant),) if response.meant is not None else self._typed(response).readings

    def _is_near(self, response: NumericResponse) -> bool:
        answer, tolerance = Fraction(self.answer), Fraction(self.tolerance)
        return any(abs(Fraction(number) - answer) <= tolerance for number in self._numbers(response))

    def _range(self, unit: str | None) -> str:
        low, high = (show_number(self.answer + way * self.tolerance) for way in (-1, 1))
        return " ".join(filter(None, (low if low == high else f"{low}–{high}", unit)))
