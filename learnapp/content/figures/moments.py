"""Moments: a year or a month as content names it, and its place on an axis of years."""

from typing import Annotated, NamedTuple

from pydantic import BeforeValidator, Field

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_PATTERN = r"^[12][0-9]{3}(-(0[1-9]|1[0-2]))?$"

Year = Annotated[int, Field(ge=1000, le=2999)]
Moment = Annotated[
    str,
    BeforeValidator(lambda value: str(value) if type(value) is int else value),
    Field(pattern=_PATTERN, json_schema_extra={"type": ["string", "integer"]}),
]


def year_of(moment: str) -> int:
    return int(moment[:4])


def start_of(moment: str) -> float:
    """Return where the moment begins, in years: 1975 for "1975", a little more for "1975-02"."""
    return year_of(moment) + (int(moment[5:]) - 1) / 12 if "-" in moment else float(moment)


def end_of(moment: str) -> float:
    return start_of(moment) + (1 / 12 if "-" in moment else 1)


def in_words(moment: str, end: str | None = None) -> str:
    """Say a moment or a span: "February 1975", "1994 to 1998"."""
    words = f"{MONTHS[int(moment[5:]) - 1]} {moment[:4]}" if "-" in moment else moment
    return f"{words} to {in_words(end)}" if end else words


class Axis(NamedTuple):
    """Years from the beginning of the first to the end of the last; equal lengths are equal times."""

    first: int
    last: int

    def share(self, years: float) -> float:
        """Return how much of the axis lies before this point, from 0 to 1."""
        return (years - self.first) / (self.last + 1 - self.first)

    def has(self, moment: str) -> bool:
        return self.first <= year_of(moment) <= self.last

    def ticks(self) -> tuple[tuple[float, bool], ...]:
        """Return the place of each year's beginning, or each decade's on a long axis, and whether it is a round one."""
        step = 1 if self.last - self.first <= 40 else 10
        years = (year for year in range(self.first, self.last + 2) if year % step == 0)
        return tuple((self.share(year), year % (step * 5 if step == 1 else 50) == 0) for year in years)
