"""Ranges: several estimates of one amount on one axis, with who was asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from pydantic import Field, model_validator

from learnapp.content.figures.base import Facts, FigureTable, Number
from learnapp.content.figures.charts import ChartFigure
from learnapp.content.figures.scales import plain, round_end
from learnapp.content.vocabulary import Line
from learnapp.quiz.model import FrozenModel

_BELOW = {"up to", "at most", "less than", "fewer than", "under"}
_ABOVE = {"at least", "over", "more than"}


class EstimateRow(FrozenModel):
    """One estimate: a range, or one number with `low` alone; `asked` says how it was made."""

    label: Line
    asked: Line | None = None
    low: Number
    high: Number | None = None
    facts: Facts

    @property
    def text(self) -> str:
        return f"{self.low.qualified} to {self.high.qualified}" if self.high else self.low.qualified


class Estimate(NamedTuple):
    """A row as it is drawn, in percent of the axis: what is claimed, and dashed what is left open."""

    row: EstimateRow
    low: float
    high: float
    open_from: float
    open_to: float


class RangesFigure(ChartFigure):
    """Estimates below each other from 0 to `scale_to`, a round number where left out."""

    kind: Literal["ranges"]
    unit: Line
    scale_to: int | None = Field(default=None, gt=0)
    rows: tuple[EstimateRow, ...] = Field(min_length=2, max_length=8)

    @model_validator(mode="after")
    def _ends_are_in_order(self) -> RangesFigure:
        for row in self.rows:
            ends = [end for end in (row.low, row.high) if end]
            if not all(end.known for end in ends):
                continue
            low, high = ends[0].value, ends[-1].value
            if low < 0 or (row.high and low >= high) or (self.scale_to and high > self.scale_to):
                scale = f" on a scale to {self.scale_to:,}" if self.scale_to else ""
                raise ValueError(f"“{row.label}”: {row.text} cannot be drawn{scale}")
        return self

    @property
    def end(self) -> Decimal:
        return Decimal(self.scale_to) if self.scale_to else round_end(max(self._numbers()))

    def ticks(self) -> tuple[str, str, str]:
        """Return the words of the axis: its start, its middle and its end."""
        return "0", plain(self.end / 2), f"{plain(self.end)} {self.unit}"

    def drawn(self) -> tuple[Estimate, ...]:
        """Return where each estimate stands."""
        return tuple(self._drawn(row) for row in self.rows)

    def counts(self) -> set[int]:
        return super().counts() | ({self.scale_to} if self.scale_to else set())

    def table(self) -> FigureTable:
        asked = any(row.asked for row in self.rows)
        rows = ((row.label, *((row.asked or "",) if asked else ()), f"{row.text} {self.unit}") for row in self.rows)
        return FigureTable(("Whose", *(("Who was asked",) if asked else ()), self.label), tuple(rows))

    def _numbers(self) -> list[Decimal]:
        return [end.value for row in self.rows for end in (row.low, row.high) if end]

    def _drawn(self, row: EstimateRow) -> Estimate:
        low, high = (float(end.value * 100 / self.end) for end in (row.low, row.high or row.low))
        before = "" if row.high else row.low.reading.before
        open_from, open_to = low, high
        if before in _BELOW:
            open_from = 0.0
        elif before in _ABOVE:
            open_to = 100.0
        return Estimate(row, low, high, open_from, open_to)
