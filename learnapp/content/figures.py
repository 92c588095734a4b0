"""Figures as data: each kind is one model here and one macro in the templates, and yields a data table.

To add a kind: a subclass of `FigureBase` with a literal `kind` and `table()`, one more member of `Figure`,
and a macro of the same name in templates/_macros/figures.html.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, model_validator

from learnapp.content.base import FactId, Line, Piece, Slug, Text

Cell = Literal["named", "silent"]


@dataclass(frozen=True, slots=True)
class Table:
    """A figure as a table: one heading per column; the first cell of a row is its heading."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class FigureBase(Piece, ABC):
    """What every figure has. `desc` is the text alternative, `finding` the caption's first sentence."""

    title: Line
    desc: Text
    finding: Line
    caption: Text
    facts: tuple[FactId, ...] = Field(min_length=1)
    dated: Line | None = None

    @abstractmethod
    def table(self) -> Table:
        """Return the figure's data as a table."""

    def own_facts(self) -> tuple[str, ...]:
        """Return the facts that parts of the figure name for themselves, each once."""
        return ()


class MapStage(Piece):
    """One column of a map."""

    label: Line
    items: tuple[Line, ...] = Field(min_length=1, max_length=8)


class MapFigure(FigureBase):
    """A path in stages, each with its places: methods, what they do, where it leads.

    `lit` names the items that are to stand out (people's own acts, say).
    """

    kind: Literal["map"]
    stages: tuple[MapStage, ...] = Field(min_length=2, max_length=5)
    lit: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _lit_items_exist(self) -> MapFigure:
        known = {item for stage in self.stages for item in stage.items}
        for item in self.lit:
            if item not in known:
                raise ValueError(f"lit names “{item}”, which no stage has")
        return self

    def table(self) -> Table:
        rows = tuple((stage.label, "; ".join(stage.items)) for stage in self.stages)
        return Table(("Stage", "What stands there"), rows)


class FlowStep(Piece):
    """One step of a flow."""

    label: Line
    detail: Line | None = None
    facts: tuple[FactId, ...] = ()


class FlowFigure(FigureBase):
    """Steps that follow each other."""

    kind: Literal["flow"]
    steps: tuple[FlowStep, ...] = Field(min_length=2, max_length=8)

    def table(self) -> Table:
        rows = tuple((str(n), step.label, step.detail or "") for n, step in enumerate(self.steps, 1))
        return Table(("Step", "What happens", "More"), rows)

    def own_facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fact for step in self.steps for fact in step.facts))


class GridColumn(Piece):
    """One column of a grid: its full label, a short one for narrow screens, and an icon's name."""

    label: Line
    short: Line
    icon: Slug | None = None


class GridRow(Piece):
    """One row of a grid, with a cell for each column."""

    label: Line
    cells: tuple[Cell, ...]
    facts: tuple[FactId, ...] = ()


class Legend(Piece):
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
        columns = (self.rows_label, *(column.label for column in self.columns))
        words = {"named": self.legend.named, "silent": self.legend.silent}
        rows = tuple((row.label, *(words[cell] for cell in row.cells)) for row in self.rows)
        return Table(columns, rows)

    def own_facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fact for row in self.rows for fact in row.facts))


Figure = Annotated[MapFigure | FlowFigure | GridFigure, Field(discriminator="kind")]
