"""Timelines: events in one or two rows beside an axis on which equal lengths are equal times."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal, NamedTuple

from pydantic import Field, model_validator

from learnapp.content.figures.base import DrawnFigure, Facts, FigureTable
from learnapp.content.figures.moments import Axis, Moment, Year, end_of, in_words, start_of, year_of
from learnapp.content.figures.spacing import lines_in, moved_apart
from learnapp.content.vocabulary import Line
from learnapp.quiz.model import FrozenModel

# In rem, as the stylesheet has them: the narrowest column of words with one row and with two, the height of a line.
WIDTHS = {1: 11.0, 2: 6.25}
SIZE, LEADING, GAP = 0.875, 1.225, 0.5
SHORTEST = 11.0


class TimelineRow(FrozenModel):
    """One row of events, with a label where there are two."""

    label: Line | None = None


class TimelineEvent(FrozenModel):
    """An event, or with `to` a span, in the row of this number (from 0)."""

    at: Moment
    to: Moment | None = None
    row: int = Field(default=0, ge=0, le=1)
    label: Line
    detail: Line | None = None
    facts: Facts

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> TimelineEvent:
        if self.to is not None and end_of(self.to) <= end_of(self.at):
            raise ValueError(f"“{self.label}” ends before it is over: {self.at} to {self.to}")
        return self

    @property
    def start(self) -> float:
        return start_of(self.at)

    @property
    def end(self) -> float:
        return end_of(self.to or self.at)

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2

    @property
    def when(self) -> str:
        return in_words(self.at, self.to)

    def years(self) -> tuple[tuple[str, int], ...]:
        """Return the years that it names, each with its key."""
        return tuple((key, year_of(moment)) for key, moment in (("at", self.at), ("to", self.to)) if moment)


class PlacedEvent(NamedTuple):
    """An event as it is drawn: shares of the axis, and the slot of its words, in rem; `lane` keeps spans apart."""

    event: TimelineEvent
    start: float
    middle: float
    end: float
    top: float
    slot: float
    lane: int


class TimelineFigure(DrawnFigure):
    """Events to scale. With `scrub` readers can move through the years; all of it stands there without that."""

    kind: Literal["timeline"]
    from_: Year = Field(alias="from")
    to: Year
    rows: tuple[TimelineRow, ...] = Field(default=(TimelineRow(),), min_length=1, max_length=2)
    events: tuple[TimelineEvent, ...] = Field(min_length=2, max_length=12)
    scrub: bool = False

    @model_validator(mode="after")
    def _can_be_drawn(self) -> TimelineFigure:
        if self.from_ >= self.to:
            raise ValueError(f"an axis from {self.from_} to {self.to} has no length")
        if len(self.rows) == 2 and not all(row.label for row in self.rows):
            raise ValueError("each of two rows needs a `label`")
        for event in self.events:
            if event.row >= len(self.rows):
                raise ValueError(f"“{event.label}” stands in row {event.row}; rows are counted from 0")
            if not all(self.axis.has(moment) for moment in (event.at, event.to) if moment):
                raise ValueError(f"“{event.label}” lies outside {self.from_} to {self.to}")
        for row in range(len(self.rows)):
            if not (events := self.in_row(row)):
                raise ValueError(f"row {row} has no event")
            spans = [event for event in events if event.to]
            if any(third.start < min(first.end, second.end) for first, second, third in _threes(spans)):
                raise ValueError(f"row {row} has three spans at one time; two can be told apart")
        return self

    @property
    def axis(self) -> Axis:
        return Axis(self.from_, self.to)

    def axis_ends(self) -> tuple[int, ...]:
        return self.from_, self.to

    def in_row(self, row: int) -> tuple[TimelineEvent, ...]:
        """Return the events of a row in the order of their words: spans stand at their middle."""
        return tuple(sorted((event for event in self.events if event.row == row), key=lambda event: event.middle))

    @property
    def height(self) -> float:
        """Return the length of the axis in rem: room for all words, and a twentieth more."""
        needed = [sum(self._room(event) for event in self.in_row(row)) for row in range(len(self.rows))]
        return round(max(SHORTEST, *(1.05 * room for room in needed)), 2)

    def placed(self, row: int) -> tuple[PlacedEvent, ...]:
        """Return where a row's events and words stand."""
        events, rooms = self.in_row(row), [self._room(event) for event in self.in_row(row)]
        share = self.axis.share
        wanted = [share(event.middle) * self.height - LEADING / 2 for event in events]
        tops = moved_apart(wanted, rooms, self.height)
        slots = [*(round(below - top, 2) for top, below in pairwise(tops)), rooms[-1] if rooms else 0.0]
        ends, placed = [self.from_ - 1.0, self.from_ - 1.0], []
        lanes: dict[str, int] = {}
        for event in sorted((event for event in events if event.to), key=lambda event: event.start):
            lane = 0 if ends[0] <= event.start else 1
            lanes[event.label], ends[lane] = lane, event.end
        for event, top, slot in zip(events, tops, slots, strict=True):
            ends_at = (share(event.start), share(event.middle), share(event.end))
            placed.append(PlacedEvent(event, *ends_at, top, slot, lanes.get(event.label, 0)))
        return tuple(placed)

    def table(self) -> FigureTable:
        events = sorted(self.events, key=lambda event: event.start)
        if len(self.rows) == 1:
            return FigureTable(("When", "What"), tuple((event.when, _joined(event)) for event in events))
        cells = ((event.when, _joined(event), self.rows[event.row].label or "") for event in events)
        return FigureTable(("When", "What", "Row"), tuple(cells))

    def _room(self, event: TimelineEvent) -> float:
        """Return how high an event's words stand in the narrowest column."""
        width = WIDTHS[len(self.rows)]
        texts = filter(None, (event.when, event.label, event.detail))
        return round(sum(lines_in(text, width, SIZE) for text in texts) * LEADING + GAP, 2)


def _joined(event: TimelineEvent) -> str:
    return f"{event.label}: {event.detail}" if event.detail else event.label


def _threes(spans: list[TimelineEvent]) -> list[tuple[TimelineEvent, TimelineEvent, TimelineEvent]]:
    ordered = sorted(spans, key=lambda event: event.start)
    return [
        (first, second, third)
        for n, first in enumerate(ordered)
        for m, second in enumerate(ordered[n + 1 :], n + 1)
        for third in ordered[m + 1 :]
    ]
