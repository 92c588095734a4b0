"""Series: one amount, counted again and again, with what happened between."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

from pydantic import Field, model_validator

from learnapp.content.figures.base import Facts, FigureTable, Number
from learnapp.content.figures.charts import ChartFigure
from learnapp.content.figures.moments import Moment, end_of, in_words, start_of, year_of
from learnapp.content.figures.scales import round_end, slider_step
from learnapp.content.vocabulary import Line
from learnapp.quiz.model import FrozenModel

NOT_KNOWN = "not known"


class SeriesPoint(FrozenModel):
    """What was counted in a year or a month; null where nobody knows."""

    at: Moment
    value: Number | None
    facts: Facts

    def years(self) -> tuple[tuple[str, int], ...]:
        """Return its year, with its key."""
        return (("at", year_of(self.at)),)


class SeriesMark(FrozenModel):
    """Something that happened between or during the counts."""

    at: Moment
    label: Line
    facts: Facts

    def years(self) -> tuple[tuple[str, int], ...]:
        """Return its year, with its key."""
        return (("at", year_of(self.at)),)


class SeriesRow(NamedTuple):
    """One line of the drawing: a point with its bar, years that are left out, or what happened."""

    kind: Literal["point", "gap", "left_out", "mark"]
    words: str
    value: str = ""
    percent: float = 0.0
    stands_out: bool = False


class SeriesFigure(ChartFigure):
    """A bar for each count. With `guess` readers may guess the last one first; all of it stands there without that."""

    kind: Literal["series"]
    unit: Line | None = None
    points: tuple[SeriesPoint, ...] = Field(min_length=3, max_length=16)
    marks: tuple[SeriesMark, ...] = Field(default=(), max_length=4)
    guess: bool = False

    @model_validator(mode="after")
    def _can_be_drawn(self) -> SeriesFigure:
        for before, after in pairwise(self.points):
            if start_of(after.at) < end_of(before.at):
                raise ValueError(f"{after.at} stands behind {before.at}; points go on in time, each once")
        first, last = start_of(self.points[0].at), end_of(self.points[-1].at)
        for mark in self.marks:
            if not first <= start_of(mark.at) < last:
                raise ValueError(f"“{mark.label}” lies outside {self.points[0].at} to {self.points[-1].at}")
        numbers = self._values()
        if len(numbers) < 2:
            raise ValueError("a series needs two values at least")
        if all(number.known for number in numbers):
            values = [number.value for number in numbers]
            if min(values) < 0 or max(values) == 0:
                raise ValueError("a series has no value below 0, and one above it")
        if self.guess and self.points[-1].value is None:
            raise ValueError("the last value is guessed, so it has to be known")
        return self

    def _values(self) -> list[Number]:
        return [point.value for point in self.points if point.value]

    @property
    def scale_to(self) -> Decimal:
        return round_end(max(number.value for number in self._values()))

    @property
    def step(self) -> Decimal:
        return slider_step(self.scale_to)

    def drawn(self) -> tuple[SeriesRow, ...]:
        """Return the lines of the drawing from the first point to the last."""
        highest, marks = max(number.value for number in self._values()), sorted(self.marks, key=_start)
        rows: list[SeriesRow] = []
        regular = len({start_of(after.at) - start_of(before.at) for before, after in pairwise(self.points)}) == 1
        for n, point in enumerate(self.points):
            if n and not regular:
                rows += _left_out(self.points[n - 1].at, point.at)
            while marks and start_of(marks[0].at) < end_of(point.at):
                mark = marks.pop(0)
                rows.append(SeriesRow("mark", f"{in_words(mark.at)}: {mark.label}"))
            if point.value is None:
                rows.append(SeriesRow("gap", in_words(point.at), NOT_KNOWN))
                continue
            percent = float(point.value.value * 100 / self.scale_to)
            stands_out = n == len(self.points) - 1 or point.value.value == highest
            rows.append(SeriesRow("point", in_words(point.at), self._worded(point), percent, stands_out))
        return tuple(rows)

    def table(self) -> FigureTable:
        happened: dict[str, list[str]] = {point.at: [] for point in self.points}
        for mark in self.marks:
            at = next(point.at for point in self.points if start_of(mark.at) < end_of(point.at))
            happened[at].append(f"{in_words(mark.at)}: {mark.label}")
        rows = ((in_words(point.at), self._worded(point), "; ".join(happened[point.at])) for point in self.points)
        if self.marks:
            return FigureTable(("When", self.label, "What happened"), tuple(rows))
        return FigureTable(("When", self.label), tuple(row[:2] for row in rows))

    def _worded(self, point: SeriesPoint) -> str:
        if point.value is None:
            return NOT_KNOWN
        return f"{point.value.qualified} {self.unit}" if self.unit else point.value.qualified


def _start(mark: SeriesMark) -> float:
    return start_of(mark.at)


def _left_out(before: str, after: str) -> list[SeriesRow]:
    """Name the years between two points that do not follow each other."""
    first, last = round(end_of(before)), year_of(after) - 1
    if "-" in before or "-" in after or first > last:
        return []
    return [SeriesRow("left_out", str(first) if first == last else f"{first} to {last}")]
