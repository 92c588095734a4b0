"""Figures as data: each kind is a model here and a macro of its name in templates/_macros/figures*.html.

To add a kind: a subclass of `FigureBase` with a literal `kind`, one more member of `Figure`, and a macro.
"""

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from learnapp.content.figures.charts import BarsFigure
from learnapp.content.figures.close_readings import DocumentFigure, MechanismFigure
from learnapp.content.figures.lists import GridFigure, GroupsFigure, TellFigure
from learnapp.content.figures.map import MapFigure
from learnapp.content.figures.ranges import RangesFigure
from learnapp.content.figures.series import SeriesFigure
from learnapp.content.figures.timeline import TimelineFigure

Figure = Annotated[
    GroupsFigure
    | GridFigure
    | BarsFigure
    | TellFigure
    | MechanismFigure
    | DocumentFigure
    | TimelineFigure
    | SeriesFigure
    | RangesFigure
    | MapFigure,
    Field(discriminator="kind"),
]

# What a lesson has: one figure, or a list of those that its blocks take in turn.
Figures = Annotated[
    Annotated[Figure, Tag("one")] | Annotated[tuple[Figure, ...], Field(min_length=1, max_length=4), Tag("several")],
    Discriminator(lambda value: "several" if isinstance(value, list | tuple) else "one"),
]
