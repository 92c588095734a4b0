"""Figures of amounts: every number in them is the ledger's, and its date stands beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from learnapp.content.figures.base import Facts, FigureBase, Number, Table, all_known
from learnapp.content.vocabulary import FrozenModel, Line


class AmountFigure(FigureBase):
    """A figure whose drawing has `dated` beside its numbers."""

    dates_itself: ClassVar[bool] = True

    def dated_row(self, *cells: str) -> tuple[str, ...]:
        """Return a row of the table with its date last."""
        return (*cells, self.dated or "")

    def date_with(self, year: Number | None) -> str:
        """Return `dated`, with the year if it does not say that already."""
        said, dated = year.said if year else "", self.dated or ""
        return dated if said in dated else ", ".join(filter(None, (said, dated)))


class RangeFigure(AmountFigure):
    """Two ends of which nobody knows what lies between, on a scale from 0."""

    kind: Literal["range"]
    label: Line
    low: Number
    high: Number
    unit: Line
    scale_to: int = Field(gt=0)

    @model_validator(mode="after")
    def _ends_are_in_order(self) -> RangeFigure:
        if all_known(self.low, self.high) and not 0 <= self.low.value < self.high.value <= self.scale_to:
            raise ValueError(
                f"from {self.low.words} to {self.high.words} is no range on a scale to {self.scale_to:,}"
            )
        return self

    def counts(self) -> set[int]:
        return super().counts() | {self.scale_to}

    def table(self) -> Table:
        row = self.dated_row(self.label, f"{self.low.said} {self.unit}", f"{self.high.said} {self.unit}")
        return Table(("What", "From", "To", "Date"), (row,))


class NumberFigure(AmountFigure):
    """One number on a card. `qualifier` is what must be known with it."""

    kind: Literal["number"]
    value: Number
    unit: Line
    label: Line
    year: Number | None = None
    qualifier: Line | None = None

    @property
    def when(self) -> str:
        return self.date_with(self.year)

    @property
    def remark(self) -> str:
        """Return the qualifier, where it is not what the ledger puts before the number anyway."""
        qualifier = self.qualifier or ""
        return "" if qualifier.lower() == self.value.reading.before else qualifier

    def table(self) -> Table:
        cells = (self.label, f"{self.value.said} {self.unit}", self.when)
        if not self.remark:
            return Table(("What", "Number", "Date"), (cells,))
        return Table(("What", "Number", "Date", "Keep in mind"), ((*cells, self.remark),))


class Bar(FrozenModel):
    """One amount among others."""

    label: Line
    value: Number
    facts: Facts


class BarsFigure(AmountFigure):
    """Amounts side by side. On a `log` scale each step is ten times the one before."""

    kind: Literal["bars"]
    scale: Literal["linear", "log"] = "linear"
    unit: Line
    bars: tuple[Bar, ...] = Field(min_length=2, max_length=8)

    @model_validator(mode="after")
    def _amounts_can_be_drawn(self) -> BarsFigure:
        for bar in self.bars:
            if bar.value.known and bar.value.value <= 0:
                raise ValueError(f"a bar of {bar.value.words} cannot be drawn")
        return self

    def decades(self) -> range:
        """Return the powers of ten from just below the smallest amount to just above the largest."""
        values = [bar.value.value for bar in self.bars]
        low, high = min(values).adjusted(), max(values)
        above = high.adjusted() + (high != Decimal(10) ** high.adjusted())
        return range(low, max(above, low + 1) + 1)

    def share(self, bar: Bar) -> float:
        """Return how much of the width an amount takes, from 0 to 1."""
        if self.scale == "linear":
            return float(bar.value.value / max(one.value.value for one in self.bars))
        ends = self.decades()
        return (float(bar.value.value.log10()) - ends[0]) / (ends[-1] - ends[0])

    def table(self) -> Table:
        rows = tuple(self.dated_row(bar.label, bar.value.said) for bar in self.bars)
        return Table(("What", self.unit[:1].upper() + self.unit[1:], "Date"), rows)


class ShareFigure(AmountFigure):
    """A part of a whole as a plain bar."""

    kind: Literal["share"]
    label: Line
    part: Number
    whole: Number
    qualifier: Line | None = None

    @model_validator(mode="after")
    def _part_is_no_more_than_the_whole(self) -> ShareFigure:
        if all_known(self.part, self.whole) and not 0 < self.part.value <= self.whole.value:
            raise ValueError(f"{self.part.words} is no part of {self.whole.words}")
        return self

    @property
    def part_said(self) -> str:
        """Return the part with the qualifier, else with what the ledger puts before it."""
        return f"{self.qualifier} {self.part.words}" if self.qualifier else self.part.said

    @property
    def share(self) -> float:
        """Return the part of the whole, from 0 to 1."""
        return float(self.part.value / self.whole.value)

    def table(self) -> Table:
        return Table(
            ("What", "Part", "Whole", "Date"),
            (self.dated_row(self.label, self.part_said, self.whole.said),),
        )
