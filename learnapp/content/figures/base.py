"""What all figures share: words for those who listen, a table, and numbers that are taken from the ledger."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import Field, PrivateAttr, ValidationInfo, model_validator

from learnapp.content.figures.readings import Reading
from learnapp.content.vocabulary import FactId, FrozenModel, Line, Text, Voice

Where = tuple[str | int, ...]
Facts = Annotated[tuple[FactId, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Table:
    """A figure as a table: one heading per column; the first cell of a row is its heading."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a figure takes from a fact: its numbers, whose voice it is, and how notes cite it."""

    numbers: tuple[Reading, ...]
    voice: Voice
    cite: str


class FromLedger(FrozenModel):
    """A part that names a fact and takes its content from there.

    The facts come with the validation (`context`: a mapping of ids to `Told`). A part that finds nothing
    there has nothing to tell; the loader reports it, and no page ever gets it.
    """

    fact: FactId
    _told: Told | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _ask_the_ledger(self, info: ValidationInfo) -> FromLedger:
        if isinstance(info.context, Mapping):
            self._told = info.context.get(self.fact)
        return self

    @property
    def told(self) -> Told:
        """Return the fact's side; raise LookupError for a fact that is not known."""
        if self._told is None:
            raise LookupError(f"{self.fact} has not been read from the ledger")
        return self._told

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Show what was read as well, since a lesson's digest is made from this."""
        yield from super().__repr_args__()
        yield "told", self._told


class Number(FromLedger):
    """A number of the ledger: the one at this position (from 0) among all numbers of the fact's `figures`."""

    at: int = Field(default=0, ge=0, le=99)

    @model_validator(mode="before")
    @classmethod
    def _is_not_typed(cls, data: object) -> object:
        if isinstance(data, int | float | Decimal | str):
            raise ValueError("a number is not typed here, it is taken from its fact: {fact: tea.01, at: 0}")
        return data

    @property
    def known(self) -> bool:
        """Tell whether the ledger has this number."""
        return self._told is not None and self.at < len(self._told.numbers)

    @property
    def reading(self) -> Reading:
        """Return what the ledger says; raise LookupError for a number that it does not have."""
        if not self.known:
            raise LookupError(f"{self.fact} has no number {self.at} in the ledger")
        return self.told.numbers[self.at]

    @property
    def value(self) -> Decimal:
        return self.reading.value

    @property
    def words(self) -> str:
        """Return the number as the ledger writes it, such as "$1.74 billion"."""
        return self.reading.words

    @property
    def said(self) -> str:
        """Return it with what qualifies it, such as "over 33,000"."""
        return self.reading.said


class FigureBase(FrozenModel, ABC):
    """What every figure has. `desc` is the text alternative, `finding` the caption's first sentence.

    `dates_itself`: the drawing has the date beside its numbers, so readers need not see it in the caption.
    """

    dates_itself: ClassVar[bool] = False

    title: Line
    desc: Text
    finding: Line
    caption: Text
    facts: Facts
    dated: Line | None = None

    @abstractmethod
    def table(self) -> Table:
        """Return the figure's data as a table."""

    def named(self) -> Iterator[tuple[Where, str]]:
        """Yield every fact that a part of the figure names for itself, and where."""
        for where, part in parts_of(self):
            for n, fact in enumerate(getattr(part, "facts", ())):
                yield (*where, "facts", n), fact
            if isinstance(part, FromLedger):
                yield (*where, "fact"), part.fact

    def own_facts(self) -> tuple[str, ...]:
        """Return the facts that parts of the figure name for themselves, each once."""
        return tuple(dict.fromkeys(fact for _, fact in self.named()))

    def numbers(self) -> Iterator[tuple[Where, Number]]:
        """Yield every number that the figure takes from the ledger, and where."""
        for where, part in parts_of(self):
            if isinstance(part, Number):
                yield where, part

    def counts(self) -> set[int]:
        """Return how many parts there are, by themselves and together: the figure's words may say so."""
        found: set[int] = set()
        together: Counter[str] = Counter()
        for piece in (self, *(part for _, part in parts_of(self))):
            for name in type(piece).model_fields:
                value = getattr(piece, name)
                if isinstance(value, tuple) and name != "facts":
                    found.add(len(value))
                    together[name] += len(value)
        return found | set(together.values())


def parts_of(piece: FrozenModel, where: Where = ()) -> Iterator[tuple[Where, FrozenModel]]:
    """Yield every piece inside this one, with its way there in the file."""
    for name, field in type(piece).model_fields.items():
        value, key = getattr(piece, name), field.alias or name
        inside = [((*where, key), value)] if isinstance(value, FrozenModel) else []
        if isinstance(value, tuple):
            inside = [((*where, key, n), one) for n, one in enumerate(value) if isinstance(one, FrozenModel)]
        for at, one in inside:
            yield at, one
            yield from parts_of(one, at)


def all_known(*numbers: Number) -> bool:
    """Tell whether the ledger has all these numbers, so that they can be compared."""
    return all(number.known for number in numbers)
