"""Charts: amounts of the ledger with their date, drawn, described and tabled."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from learnapp.content.figures.base import DrawnFigure, Facts, FigureTable, Number
from learnapp.content.vocabulary import Line
from learnapp.quiz.model import FrozenModel


class ChartFigure(DrawnFigure):
    """A figure of numbers; its label says of what."""

    label: Line


class Bar(FrozenModel):
    """One amount among others."""

    label: Line
    value: Number
    facts: Facts


class BarsFigure(ChartFigure):
    """Amounts side by side."""

    kind: Literal["bars"]
    bars: tuple[Bar, ...] = Field(min_length=2, max_length=8)

    @model_validator(mode="after")
    def _amounts_can_be_drawn(self) -> BarsFigure:
        for bar in self.bars:
            if bar.value.known and bar.value.value <= 0:
                raise ValueError(f"a bar of {bar.value.text} cannot be drawn")
        return self

    def percent(self, bar: Bar) -> float:
        """Return how much of the width an amount takes."""
        return float(bar.value.value * 100 / max(other.value.value for other in self.bars))

    def table(self) -> FigureTable:
        rows = tuple((bar.label, bar.value.qualified, self.dated or "") for bar in self.bars)
        return FigureTable(("What", self.label, "Date"), rows)
