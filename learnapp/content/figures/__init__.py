"""Figures as data: each kind is a model here and a macro of its name in templates/_macros/figures.html.

To add a kind: a subclass of `FigureBase` with a literal `kind`, one more member of `Figure`, and a macro.
"""

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from learnapp.content.figures.charts import BarsFigure, NumberFigure, RangeFigure, RankFigure, ShareFigure
from learnapp.content.figures.lists import GridFigure, GroupsFigure, SequenceFigure, VoicesFigure

Figure = Annotated[
    SequenceFigure
    | GroupsFigure
    | GridFigure
    | VoicesFigure
    | NumberFigure
    | RangeFigure
    | ShareFigure
    | BarsFigure
    | RankFigure,
    Field(discriminator="kind"),
]

# What a lesson has: one figure, or a list of those that its blocks take in turn.
Figures = Annotated[
    Annotated[Figure, Tag("one")] | Annotated[tuple[Figure, ...], Field(min_length=1, max_length=4), Tag("several")],
    Discriminator(lambda value: "several" if isinstance(value, list | tuple) else "one"),
]
