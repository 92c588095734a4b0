"""Figures of amounts, whose numbers are the ledger's and have a date, and the one that is large type."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from learnapp.content.figures.base import Facts, FigureBase, Number
from learnapp.content.vocabulary import Line
from learnapp.quiz.model import FrozenModel


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
