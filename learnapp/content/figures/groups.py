"""Figures that sort and compare: grid, piles, voices, tools, triangle, two sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field, model_validator

from learnapp.content.figures.base import Facts, FigureBase, FromLedger, Table
from learnapp.content.vocabulary import FactId, FrozenModel, Line, Slug, Voice

Cell = Literal["named", "silent"]
VOICES: dict[Voice, str] = {
    "page": "Page claim",
    "un": "UN finding",
    "ngo": "NGO report",
    "said": "Testimony",
    "own": "Our comment",
}


class GridColumn(FrozenModel):
    """One column of a grid: its full label, a short one for narrow screens, and an icon's name."""

    label: Line
    short: Line
    icon: Slug | None = None


class GridRow(FrozenModel):
    """One row of a grid, with a cell for each column."""

    label: Line
    cells: tuple[Cell, ...]
    facts: tuple[FactId, ...] = ()


class Legend(FrozenModel):
    """What the two kinds of cell mean, in words."""

    named: Line
    silent: Line


class GridFigure(FigureBase):
    """What the source names for what. A silent cell means that it does not say, not that there is none.

    `rows_label` heads the column of row labels in the table.
    """

    kind: Literal["grid"]
    columns: tuple[GridColumn, ...] = Field(min_length=2, max_length=6)
    rows: tuple[GridRow, ...] = Field(min_length=2, max_length=12)
    rows_label: Line = "Item"
    legend: Legend

    @model_validator(mode="after")
    def _every_cell_is_there(self) -> GridFigure:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(
                    f"row “{row.label}” has {len(row.cells)} cells for {len(self.columns)} columns"
                )
        return self

    def table(self) -> Table:
        """Put the columns' names below what the source does with them: three columns fit every phone."""
        columns = (self.rows_label, self.legend.named, self.legend.silent)
        return Table(columns, tuple((row.label, *self._named_and_silent(row)) for row in self.rows))

    def _named_and_silent(self, row: GridRow) -> tuple[str, str]:
        cells = list(zip(self.columns, row.cells, strict=True))
        named, silent = (
            ", ".join(column.label for column, cell in cells if cell == kind) for kind in ("named", "silent")
        )
        return named, silent

    def counts(self) -> set[int]:
        return super().counts() | {sum(cell == "named" for cell in row.cells) for row in self.rows}


class Card(FrozenModel):
    """One card of a pile."""

    label: Line
    facts: Facts


class Pile(FrozenModel):
    """Cards that belong together."""

    label: Line
    cards: tuple[Card, ...] = Field(min_length=1, max_length=10)


class PilesFigure(FigureBase):
    """Cards sorted into piles."""

    kind: Literal["piles"]
    piles: tuple[Pile, ...] = Field(min_length=2, max_length=4)

    def table(self) -> Table:
        rows = tuple((card.label, pile.label) for pile in self.piles for card in pile.cards)
        return Table(("Card", "Pile"), rows)


class Statement(FromLedger):
    """Something that is said. Who says it is not typed: the fact's voice and source say so."""

    text: Line


@dataclass(frozen=True, slots=True)
class Speaking:
    """What one voice says, with the words that cite it."""

    voice: Voice
    word: str
    cite: str
    texts: tuple[str, ...]


class VoicesFigure(FigureBase):
    """Statements under the voice that makes them."""

    kind: Literal["voices"]
    statements: tuple[Statement, ...] = Field(min_length=2, max_length=10)

    def groups(self) -> tuple[Speaking, ...]:
        """Return who says what, in the order in which each voice first speaks."""
        found: dict[tuple[Voice, str], list[str]] = {}
        for one in self.statements:
            found.setdefault((one.told.voice, one.told.cite), []).append(one.text)
        return tuple(
            Speaking(voice, VOICES[voice], cite, tuple(texts)) for (voice, cite), texts in found.items()
        )

    def table(self) -> Table:
        rows = tuple((one.word, text, one.cite) for one in self.groups() for text in one.texts)
        return Table(("Who says so", "What", "Where"), rows)


class Tool(FrozenModel):
    """One of several tools, in words."""

    label: Line
    words: Line
    facts: Facts


class ToolsFigure(FigureBase):
    """Tools that serve one thing, which stands in the `center`."""

    kind: Literal["tools"]
    center: Line
    tools: tuple[Tool, ...] = Field(min_length=2, max_length=6)

    def table(self) -> Table:
        rows = (("In the center", self.center), *((tool.label, tool.words) for tool in self.tools))
        return Table(("What", "In words"), rows)


class Corner(FrozenModel):
    """One corner of a triangle."""

    label: Line
    detail: Line
    facts: Facts


class TriangleFigure(FigureBase):
    """Three things that look at one, which stands in the `center`."""

    kind: Literal["triangle"]
    center: Line
    corners: tuple[Corner, ...] = Field(min_length=3, max_length=3)

    def table(self) -> Table:
        rows = (("In the center", self.center), *((one.label, one.detail) for one in self.corners))
        return Table(("What", "In words"), rows)


class Point(FrozenModel):
    """One point of a side."""

    text: Line
    facts: Facts


class Side(FrozenModel):
    """One of two things that are compared."""

    label: Line
    points: tuple[Point, ...] = Field(min_length=1, max_length=6)


class CompareFigure(FigureBase):
    """Two things side by side, and the question that decides between them."""

    kind: Literal["compare"]
    left: Side
    right: Side
    question: Line

    def table(self) -> Table:
        rows = tuple((side.label, point.text) for side in (self.left, self.right) for point in side.points)
        return Table((self.question, "What belongs to it"), rows)
