"""Figures: what every kind has, and the numbers that they take from the ledger."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, NamedTuple

from pydantic import Field, PrivateAttr, ValidationInfo, model_validator

from learnapp.content.figures.readings import Reading
from learnapp.content.vocabulary import Line
from learnapp.quiz.model import FactId, FrozenModel, Text

Where = tuple[str | int, ...]
Facts = Annotated[tuple[FactId, ...], Field(min_length=1)]


class Number(FrozenModel):
    """A number of the ledger: the one at this position (from 0) among all numbers of the fact's `figures`.

    The numbers come with the validation (`context`: those of each fact, by its id). The loader reports a fact that is
    missing there, or has no such number, and no page ever gets it.
    """

    fact: FactId
    at: int = Field(default=0, ge=0, le=99)
    _readings: tuple[Reading, ...] = PrivateAttr(default=())

    @model_validator(mode="before")
    @classmethod
    def _is_not_typed(cls, data: object) -> object:
        if isinstance(data, int | float | Decimal | str):
            raise ValueError("a number is not typed here, it is taken from its fact: {fact: tea.01, at: 0}")
        return data

    @model_validator(mode="after")
    def _look_up(self, info: ValidationInfo) -> Number:
        self._readings = (info.context or {}).get(self.fact, ())
        return self

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Show what was read as well, since a lesson's digest is made from this."""
        yield from super().__repr_args__()
        yield "readings", self._readings

    @property
    def known(self) -> bool:
        """Tell whether the ledger has this number."""
        return self.at < len(self._readings)

    @property
    def reading(self) -> Reading:
        """Return what the ledger says; raise LookupError for a number that it does not have."""
        if not self.known:
            raise LookupError(f"{self.fact} has no number {self.at} in the ledger")
        return self._readings[self.at]

    @property
    def value(self) -> Decimal:
        return self.reading.value

    @property
    def text(self) -> str:
        """Return the number as the ledger writes it, such as "$1.74 billion"."""
        return self.reading.text

    @property
    def qualified(self) -> str:
        """Return it with what qualifies it, such as "over 33,000"."""
        return self.reading.qualified


class FigureBase(FrozenModel):
    """What every figure has: `finding` is the caption's first sentence, `dated` its data's date in words."""

    title: Line
    finding: Line
    caption: Text
    facts: Facts
    dated: Line | None = None

    def part_facts(self) -> Iterator[tuple[Where, str]]:
        """Yield every fact that a part of the figure names for itself, and where."""
        for where, part in parts_of(self):
            for n, fact in enumerate(getattr(part, "facts", ())):
                yield (*where, "facts", n), fact
            if isinstance(part, Number):
                yield (*where, "fact"), part.fact

    def numbers(self) -> Iterator[tuple[Where, Number]]:
        """Yield every number that the figure takes from the ledger, and where."""
        for where, part in parts_of(self):
            if isinstance(part, Number):
                yield where, part

    def years(self) -> Iterator[tuple[Where, int, tuple[str, ...]]]:
        """Yield every year that a part names as its place in time, where it stands, and the part's facts."""
        for where, part in parts_of(self):
            for key, year in getattr(part, "years", tuple)():
                yield (*where, key), year, getattr(part, "facts", ()) or self.facts

    def counts(self) -> set[int]:
        """Return how many parts there are, by themselves and together: the figure's words may say so."""
        single: set[int] = set()
        together: Counter[str] = Counter()
        for piece in (self, *(part for _, part in parts_of(self))):
            for name in type(piece).model_fields:
                value = getattr(piece, name)
                if isinstance(value, tuple) and name != "facts":
                    single.add(len(value))
                    together[name] += len(value)
        return single | set(together.values())

    def axis_ends(self) -> tuple[int, ...]:
        """Return the numbers at the ends of a scale, which are the drawing's own."""
        return ()


class FigureTable(NamedTuple):
    """A drawing's data: one heading per column; the first cell of a row is its heading."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class DrawnFigure(FigureBase):
    """A figure that is drawn. `desc` is the text alternative: everything the drawing says."""

    desc: Text

    @abstractmethod
    def table(self) -> FigureTable:
        """Return the figure's data as a table."""


def parts_of(piece: FrozenModel, where: Where = ()) -> Iterator[tuple[Where, FrozenModel]]:
    """Yield every piece inside this one, with its way there in the file."""
    for name, field in type(piece).model_fields.items():
        value, key = getattr(piece, name), field.alias or name
        places = [((*where, key), value)]
        if isinstance(value, tuple):
            places = [((*where, key, n), part) for n, part in enumerate(value)]
        for at, part in places:
            if isinstance(part, FrozenModel):
                yield at, part
                yield from parts_of(part, at)
