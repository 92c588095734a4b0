"""Figures of words: groups, grid, tell. Pages show them as lists and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from learnapp.content.figures.base import Facts, FigureBase
from learnapp.content.vocabulary import Line
from learnapp.quiz.model import FactId, FrozenModel, Slug


class GroupItem(FrozenModel):
    """One item of a group, with facts of its own."""

    text: Line
    facts: Facts


class ListGroup(FrozenModel):
    """Items that belong together. Plain items rest on the group's facts."""

    label: Line
    items: tuple[
        Annotated[
            Annotated[Line, Tag("plain")] | Annotated[GroupItem, Tag("item")],
            Discriminator(lambda value: "plain" if isinstance(value, str) else "item"),
        ],
        ...,
    ] = Field(min_length=1, max_length=10)
    facts: tuple[FactId, ...] = ()

    @model_validator(mode="after")
    def _every_item_has_facts(self) -> ListGroup:
        if not self.facts and any(isinstance(item, str) for item in self.items):
            raise ValueError(f"“{self.label}” needs `facts`, or each of its items does")
        return self

    def texts(self) -> tuple[str, ...]:
        """Return the items in words."""
        return tuple(item if isinstance(item, str) else item.text for item in self.items)


class GroupsFigure(FigureBase):
    """Groups of items side by side: piles, kinds, two sides, generations, causes and results.

    `heading` is the question or the thing that they are all about; `highlight` names the items that stand out.
    """

    kind: Literal["groups"]
    heading: Line | None = None
    groups: tuple[ListGroup, ...] = Field(min_length=2, max_length=6)
    highlight: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _highlighted_items_exist(self) -> GroupsFigure:
        group_texts = {text for group in self.groups for text in group.texts()}
        for item in self.highlight:
            if item not in group_texts:
                raise ValueError(f"highlight names “{item}”, which no group has")
        return self


class GridColumn(FrozenModel):
    """One column of a grid: its full label, a short one for narrow screens, and an icon's name."""

    label: Line
    short: Line
    icon: Slug | None = None


class GridRow(FrozenModel):
    """One row of a grid, with a cell for each column."""

    label: Line
    cells: tuple[Literal["named", "silent"], ...]
    facts: tuple[FactId, ...] = ()


class GridLegend(FrozenModel):
    """What the two kinds of cell mean, in words."""

    named: Line
    silent: Line


class GridFigure(FigureBase):
    """What the source names for what. A silent cell means that it does not say, not that there is none.

    `rows_label` heads the column of row labels.
    """

    kind: Literal["grid"]
    columns: tuple[GridColumn, ...] = Field(min_length=2, max_length=6)
    rows: tuple[GridRow, ...] = Field(min_length=2, max_length=12)
    rows_label: Line = "Item"
    legend: GridLegend

    @model_validator(mode="after")
    def _every_cell_is_there(self) -> GridFigure:
        _require_a_cell_in_each_column(self.columns, self.rows)
        return self

    def counts(self) -> set[int]:
        return super().counts() | {sum(cell == "named" for cell in row.cells) for row in self.rows}


class TellRow(FrozenModel):
    """One question, with a cell for each who might answer it."""

    label: Line
    cells: tuple[Literal["can", "part", "cannot"], ...]
    facts: tuple[FactId, ...] = ()


class TellFigure(FigureBase):
    """Who can tell what: a question in each row, a witness or another source in each column."""

    kind: Literal["tell"]
    columns: tuple[GridColumn, ...] = Field(min_length=2, max_length=4)
    rows: tuple[TellRow, ...] = Field(min_length=2, max_length=10)
    rows_label: Line = "Question"

    @model_validator(mode="after")
    def _every_cell_is_there(self) -> TellFigure:
        _require_a_cell_in_each_column(self.columns, self.rows)
        return self

    def counts(self) -> set[int]:
        kinds = ("can", "part", "cannot")
        return super().counts() | {sum(cell == kind for cell in row.cells) for row in self.rows for kind in kinds}


def _require_a_cell_in_each_column(columns: Sequence[GridColumn], rows: Iterable[GridRow | TellRow]) -> None:
    for row in rows:
        if len(row.cells) != len(columns):
            raise ValueError(f"row “{row.label}” has {len(row.cells)} cells for {len(columns)} columns")
