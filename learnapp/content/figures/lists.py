"""Figures of words: sequence, groups, grid, voices. Pages show them as lists and tables."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from pydantic import Discriminator, Field, Tag, model_validator

from learnapp.content.figures.base import Facts, FigureBase, LedgerPart
from learnapp.content.vocabulary import Line, Voice
from learnapp.quiz.model import FactId, FrozenModel, Slug


class SequenceStep(FrozenModel):
    """One step of a sequence; `when` is in words, since sources often have no more: "Early 1950s"."""

    when: Line | None = None
    label: Line
    detail: Line | None = None
    facts: Facts


class SequenceFigure(FigureBase):
    """Steps in order: events in time, people who follow each other, links of a chain.

    `connector` is a line, arrows where each leads to the next, or a loop.
    """

    kind: Literal["sequence"]
    connector: Literal["line", "arrows", "loop"] = "line"
    steps: tuple[SequenceStep, ...] = Field(min_length=2, max_length=8)


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

    `heading` is the question or the thing that they are all about; with `arrows` each group leads to the
    next; `highlight` names the items that stand out.
    """

    kind: Literal["groups"]
    heading: Line | None = None
    connector: Literal["none", "arrows"] = "none"
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
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"row “{row.label}” has {len(row.cells)} cells for {len(self.columns)} columns")
        return self

    def counts(self) -> set[int]:
        return super().counts() | {sum(cell == "named" for cell in row.cells) for row in self.rows}


class Statement(LedgerPart):
    """A statement. Who makes it is not typed: its fact's voice and source say so."""

    text: Line


class VoiceGroup(NamedTuple):
    """What one source says: its voice, the words that cite it, and its statements."""

    voice: Voice
    citation: str
    texts: tuple[str, ...]


class VoicesFigure(FigureBase):
    """Statements under the voice that makes them."""

    kind: Literal["voices"]
    statements: tuple[Statement, ...] = Field(min_length=2, max_length=10)

    def by_source(self) -> tuple[VoiceGroup, ...]:
        """Return the statements of each source together, in the order in which the sources first speak."""
        texts: dict[tuple[Voice, str], list[str]] = {}
        for statement in self.statements:
            fact = statement.ledger_fact
            texts.setdefault((fact.voice, fact.citation), []).append(statement.text)
        return tuple(VoiceGroup(voice, citation, tuple(of)) for (voice, citation), of in texts.items())
