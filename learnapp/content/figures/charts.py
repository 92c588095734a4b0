"""Amounts of the ledger, with a date: one number in large type, and charts, which are drawn, described and tabled."""

from __future__ import annotations

from abc import abstractmethod
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

from pydantic import Discriminator, Field, Tag, model_validator

from learnapp.content.figures.base import Facts, FigureBase, Number
from learnapp.content.figures.readings import Reading
from learnapp.content.vocabulary import Line
from learnapp.quiz.model import FrozenModel, Text

RANKS_MAX = 400
# How sure a rest is, by what stands before the number that leaves it; for anything else "about".
_REST_QUALIFIERS = {
    "": "",
    **dict.fromkeys(("up to", "at most", "less than", "fewer than", "under"), "at least"),
    **dict.fromkeys(("at least", "over", "more than"), "at most"),
}
_SCALES = ((12, " trillion"), (9, " billion"), (6, " million"))


class AmountFigure(FigureBase):
    """A figure of numbers, which have a label and their date."""

    label: Line
    year: Number | None = None

    @property
    def date(self) -> str:
        """Return `dated`, with the year if it does not say that already."""
        year, dated = self.year.qualified if self.year else "", self.dated or ""
        return dated if year in dated else ", ".join(filter(None, (year, dated)))


class NumberPart(FrozenModel):
    """A part of what a number counts; how much of it is not known."""

    label: Line
    facts: Facts


class NumberFigure(AmountFigure):
    """One number in large type. `qualifier` must be known with it, `parts` are what it is divided into."""

    kind: Literal["number"]
    value: Number
    unit: Line
    qualifier: Line | None = None
    parts: tuple[NumberPart, ...] = Field(default=(), max_length=6)

    @property
    def remark(self) -> str:
        """Return the qualifier, where it is not what the ledger puts before the number anyway."""
        qualifier = self.qualifier or ""
        return "" if qualifier.lower() == self.value.reading.before else qualifier


class FigureTable(NamedTuple):
    """A chart's data: one heading per column; the first cell of a row is its heading."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class ChartFigure(AmountFigure):
    """A figure that is drawn. `desc` is the text alternative: everything the drawing says."""

    desc: Text

    @abstractmethod
    def table(self) -> FigureTable:
        """Return the figure's data as a table."""


class RangeFigure(ChartFigure):
    """Two ends of which nobody knows what lies between, on a scale from 0."""

    kind: Literal["range"]
    low: Number
    high: Number
    unit: Line
    scale_to: int = Field(gt=0)

    @model_validator(mode="after")
    def _ends_are_in_order(self) -> RangeFigure:
        if self.low.known and self.high.known and not 0 <= self.low.value < self.high.value <= self.scale_to:
            raise ValueError(f"from {self.low.text} to {self.high.text} is no range on a scale to {self.scale_to:,}")
        return self

    @property
    def ends(self) -> tuple[float, float]:
        """Return both ends in percent of the scale."""
        return float(self.low.value * 100 / self.scale_to), float(self.high.value * 100 / self.scale_to)

    def counts(self) -> set[int]:
        return super().counts() | {self.scale_to}

    def table(self) -> FigureTable:
        low, high = (f"{end.qualified} {self.unit}" for end in (self.low, self.high))
        return FigureTable(("What", "From", "To", "Date"), ((self.label, low, high, self.date),))


Whole = Annotated[
    Annotated[Number, Tag("number")] | Annotated[Literal[24, 100], Tag("definition")],
    Discriminator(lambda value: "definition" if isinstance(value, int) else "number"),
]


class ShareFigure(ChartFigure):
    """A part of a whole, which is the ledger's or 24 hours or 100 percent; `rest` labels what is left."""

    kind: Literal["share"]
    part: Number
    whole: Whole
    unit: Line | None = None
    rest: Line | None = None
    qualifier: Line | None = None

    @model_validator(mode="after")
    def _part_is_no_more_than_the_whole(self) -> ShareFigure:
        known = not isinstance(self.whole, Number) or self.whole.known
        if known and self.part.known and not 0 < self.part.value <= self.whole_reading.value:
            raise ValueError(f"{self.part.text} is no part of {self.whole_text}")
        return self

    @property
    def whole_reading(self) -> Reading:
        """Return the whole as a reading, taken from the ledger or a plain count."""
        return self.whole.reading if isinstance(self.whole, Number) else Reading(Decimal(self.whole), str(self.whole))

    @property
    def whole_text(self) -> str:
        return self._with_unit(self.whole_reading.qualified)

    @property
    def part_text(self) -> str:
        """Return the part with the qualifier, else with what the ledger puts before it."""
        return self._with_unit(f"{self.qualifier} {self.part.text}" if self.qualifier else self.part.qualified)

    @property
    def rest_text(self) -> str:
        """Return what the part leaves, as sure as the part is: "up to 18 hours" leaves "at least 6 hours"."""
        sure = _REST_QUALIFIERS.get(self.qualifier or self.part.reading.before, "about")
        return self._with_unit(f"{sure} {self.whole_reading.value - self.part.value:,f}".strip())

    @property
    def percent(self) -> float:
        return float(self.part.value * 100 / self.whole_reading.value)

    def counts(self) -> set[int]:
        counts = super().counts()
        if not isinstance(self.whole, Number):
            counts |= {self.whole, *([int(self.whole - self.part.value)] if self.part.known else ())}
        return counts

    def table(self) -> FigureTable:
        rows = [(self.label, self.part_text, self.whole_text, self.date)]
        if self.rest:
            rows.append((self.rest, self.rest_text, self.whole_text, self.date))
        return FigureTable(("What", "Part", "Whole", "Date"), tuple(rows))

    def _with_unit(self, text: str) -> str:
        return f"{text} {self.unit}" if self.unit else text


class Bar(FrozenModel):
    """One amount among others."""

    label: Line
    value: Number
    facts: Facts


class BarsFigure(ChartFigure):
    """Amounts side by side. On a `log` scale each step is ten times the one before."""

    kind: Literal["bars"]
    scale: Literal["linear", "log"] = "linear"
    bars: tuple[Bar, ...] = Field(min_length=2, max_length=8)

    @model_validator(mode="after")
    def _amounts_can_be_drawn(self) -> BarsFigure:
        for bar in self.bars:
            if bar.value.known and bar.value.value <= 0:
                raise ValueError(f"a bar of {bar.value.text} cannot be drawn")
        return self

    def decades(self) -> range:
        """Return the powers of ten from just below the smallest amount to just above the largest."""
        values = [bar.value.value for bar in self.bars]
        low, high = min(values).adjusted(), max(values)
        above = high.adjusted() + (high != Decimal(10) ** high.adjusted())
        return range(low, max(above, low + 1) + 1)

    def scale_ends(self) -> tuple[str, str]:
        """Return both ends of a log scale, written as the first amount is: "$1 billion", "$1 trillion"."""
        first, *_, last = self.decades()
        like = self.bars[0].value.text
        return power_of_ten(first, like), power_of_ten(last, like)

    def percent(self, bar: Bar) -> float:
        """Return how much of the width an amount takes."""
        if self.scale == "linear":
            return float(bar.value.value * 100 / max(other.value.value for other in self.bars))
        ends = self.decades()
        return (float(bar.value.value.log10()) - ends[0]) * 100 / (ends[-1] - ends[0])

    def table(self) -> FigureTable:
        rows = tuple((bar.label, bar.value.qualified, self.date) for bar in self.bars)
        return FigureTable(("What", self.label, "Date"), rows)


def power_of_ten(exponent: int, like: str) -> str:
    """Write a power of ten as an amount like this one is written: "$10 billion"."""
    coin = like[:1] if like[:1] in "$€£¥" else ""
    base, scale = next((scale for scale in _SCALES if exponent >= scale[0]), (0, ""))
    return f"{coin}{10 ** (exponent - base):,}{scale}"


class RankFigure(ChartFigure):
    """A place among many, one mark for each of them."""

    kind: Literal["rank"]
    place: Number
    of: Number

    @model_validator(mode="after")
    def _place_exists(self) -> RankFigure:
        if self.place.known and self.of.known:
            place, of = self.place.value, self.of.value
            if place % 1 or of % 1 or not 1 <= place <= of <= RANKS_MAX:
                raise ValueError(f"{self.place.text} is no place among {self.of.text}")
        return self

    @property
    def percent(self) -> float:
        """Return where the middle of the place's mark stands."""
        return float((self.place.value - Decimal("0.5")) * 100 / self.of.value)

    def table(self) -> FigureTable:
        row = (self.label, self.place.qualified, self.of.qualified, self.date)
        return FigureTable(("Who", "Place", "Of", "Date"), (row,))
