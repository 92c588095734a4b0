"""Figures as data: each kind is one model here and one macro in the templates, and yields a data table.

To add a kind: a subclass of `FigureBase` with a literal `kind` and `table()`, one more member of `Figure`,
and a macro `draw_<kind>` in the templates/_macros/figures/ file of its family.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from learnapp.content.figures.amounts import BarsFigure, NumberFigure, RangeFigure, ShareFigure
from learnapp.content.figures.base import FigureBase, Number, Table, Told, Where
from learnapp.content.figures.groups import (
    CompareFigure,
    GridFigure,
    PilesFigure,
    ToolsFigure,
    TriangleFigure,
    VoicesFigure,
)
from learnapp.content.figures.marks import DayFigure, LadderFigure, RankFigure
from learnapp.content.figures.paths import (
    ChainFigure,
    FlowFigure,
    LifelineFigure,
    MapFigure,
    SuccessionFigure,
    TimelineFigure,
)
from learnapp.content.figures.readings import Reading, readings
from learnapp.content.figures.webs import CausesFigure, StatusFigure, TreeFigure

__all__ = [
    "BarsFigure",
    "CausesFigure",
    "ChainFigure",
    "CompareFigure",
    "DayFigure",
    "Figure",
    "FigureBase",
    "Figures",
    "FlowFigure",
    "GridFigure",
    "LadderFigure",
    "LifelineFigure",
    "MapFigure",
    "Number",
    "NumberFigure",
    "PilesFigure",
    "RangeFigure",
    "RankFigure",
    "Reading",
    "ShareFigure",
    "StatusFigure",
    "SuccessionFigure",
    "Table",
    "TimelineFigure",
    "Told",
    "ToolsFigure",
    "TreeFigure",
    "TriangleFigure",
    "VoicesFigure",
    "Where",
    "readings",
]

Figure = Annotated[
    MapFigure
    | FlowFigure
    | GridFigure
    | TimelineFigure
    | SuccessionFigure
    | PilesFigure
    | ChainFigure
    | CausesFigure
    | LifelineFigure
    | RangeFigure
    | RankFigure
    | VoicesFigure
    | TreeFigure
    | LadderFigure
    | ToolsFigure
    | TriangleFigure
    | DayFigure
    | NumberFigure
    | BarsFigure
    | ShareFigure
    | CompareFigure
    | StatusFigure,
    Field(discriminator="kind"),
]

# What a lesson has: one figure, or a list of those that its blocks take in turn.
Figures = Annotated[
    Annotated[Figure, Tag("one")]
    | Annotated[tuple[Figure, ...], Field(min_length=1, max_length=4), Tag("several")],
    Discriminator(lambda value: "several" if isinstance(value, list | tuple) else "one"),
]
