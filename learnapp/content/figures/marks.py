"""Figures of a whole that is drawn mark by mark: places, rungs, hours."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from learnapp.content.figures.amounts import AmountFigure
from learnapp.content.figures.base import Facts, Number, Table, all_known
from learnapp.content.vocabulary import FrozenModel, Line

HOURS = 24
MARKS_MAX = 400
RUNGS_MAX = 120


class RankFigure(AmountFigure):
    """A place among many, one mark for each of them, in one year."""

    kind: Literal["rank"]
    label: Line
    place: Number
    of: Number
    year: Number

    @model_validator(mode="after")
    def _place_exists(self) -> RankFigure:
        if all_known(self.place, self.of):
            place, of = self.place.value, self.of.value
            if not (_is_whole(place) and _is_whole(of) and 1 <= place <= of <= MARKS_MAX):
                raise ValueError(f"{self.place.words} is no place among {self.of.words}")
        return self

    @property
    def when(self) -> str:
        return self.date_with(self.year)

    def table(self) -> Table:
        row = (self.label, self.place.said, self.of.said, self.when)
        return Table(("Who", "Place", "Of", "Date"), (row,))


class Band(FrozenModel):
    """One band of a ladder."""

    label: Line
    facts: Facts


class LadderFigure(AmountFigure):
    """Rungs in bands. How the rungs are divided is not known, so the bands are drawn equally high."""

    kind: Literal["ladder"]
    rungs: Number
    bands: tuple[Band, ...] = Field(min_length=2, max_length=6)

    @model_validator(mode="after")
    def _rungs_can_be_drawn(self) -> LadderFigure:
        if self.rungs.known and not (_is_whole(self.rungs.value) and 2 <= self.rungs.value <= RUNGS_MAX):
            raise ValueError(f"{self.rungs.words} rungs cannot be drawn; 2 to {RUNGS_MAX} can")
        return self

    def table(self) -> Table:
        together = self.dated_row("All bands together", self.rungs.said)
        bands = (self.dated_row(band.label, "How many is not given") for band in self.bands)
        return Table(("Band, from the top", "Rungs", "Date"), (together, *bands))


Hours = Annotated[
    Annotated[Number, Tag("number")] | Annotated[Literal["rest"], Tag("rest")],
    Discriminator(lambda value: "rest" if value == "rest" else "number"),
]


class Segment(FrozenModel):
    """A part of the day. `hours: rest` is what the others leave."""

    label: Line
    hours: Hours


class DayFigure(AmountFigure):
    """The 24 hours of a day and night."""

    kind: Literal["day"]
    segments: tuple[Segment, ...] = Field(min_length=2, max_length=6)

    @model_validator(mode="after")
    def _a_day_has_24_hours(self) -> DayFigure:
        known = [one.hours for one in self.segments if isinstance(one.hours, Number)]
        rests = len(self.segments) - len(known)
        if rests > 1:
            raise ValueError("only one part of the day can be the rest")
        if all_known(*known):
            total = sum((hours.value for hours in known), Decimal())
            if any(hours.value <= 0 for hours in known) or (total >= HOURS if rests else total != HOURS):
                raise ValueError(f"these hours do not make a day of {HOURS}")
        return self

    @property
    def rest(self) -> Decimal:
        """Return the hours that the numbers leave."""
        return HOURS - sum(
            (one.hours.value for one in self.segments if isinstance(one.hours, Number)), Decimal()
        )

    def parts(self) -> tuple[tuple[str, str, Decimal], ...]:
        """Return label, hours in words and hours for each part of the day."""
        return tuple((one.label, self._words(one.hours), self._hours(one.hours)) for one in self.segments)

    def counts(self) -> set[int]:
        known = all(one.hours.known for one in self.segments if isinstance(one.hours, Number))
        return super().counts() | {HOURS} | ({int(self.rest)} if known else set())

    def table(self) -> Table:
        rows = tuple(self.dated_row(label, words) for label, words, _ in self.parts())
        return Table(("Part of the day", "Hours", "Date"), rows)

    def _hours(self, hours: Number | Literal["rest"]) -> Decimal:
        return hours.value if isinstance(hours, Number) else self.rest

    def _words(self, hours: Number | Literal["rest"]) -> str:
        """Word the hours; what "up to 18 hours" leaves is "at least 6 hours"."""
        count = self._hours(hours)
        unit = "hour" if count == 1 else "hours"
        if isinstance(hours, Number):
            return f"{hours.said} {unit}"
        before = {one.hours.reading.before for one in self.segments if isinstance(one.hours, Number)}
        return " ".join(filter(None, (_left_by(before), f"{count.normalize():f}", unit)))


def _left_by(before: set[str]) -> str:
    """Return how sure the rest is, from what stands before the numbers that leave it."""
    if not any(before):
        return ""
    if before <= {"", "up to", "at most", "less than", "fewer than", "under"}:
        return "at least"
    if before <= {"", "at least", "over", "more than"}:
        return "at most"
    return "about"


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()
