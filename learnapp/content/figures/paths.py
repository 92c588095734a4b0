"""Figures that lead from one thing to the next: map, flow, timeline, succession, chain, life."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from learnapp.content.figures.base import Facts, FigureBase, Table
from learnapp.content.vocabulary import FactId, FrozenModel, Line


class MapStage(FrozenModel):
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


class FlowStep(FrozenModel):
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


class TimelineEvent(FrozenModel):
    """One point in time; `when` is in words, since sources often have no more: "Early 1950s"."""

    when: Line
    label: Line
    detail: Line | None = None
    facts: Facts


class TimelineFigure(FigureBase):
    """Points on one line, at equal distances whatever time lies between them; `note` may say so."""

    kind: Literal["timeline"]
    events: tuple[TimelineEvent, ...] = Field(min_length=2, max_length=8)
    note: Line | None = None

    def table(self) -> Table:
        rows = tuple((event.when, event.label, event.detail or "") for event in self.events)
        return Table(("When", "What", "More"), rows)


class SuccessionPerson(FrozenModel):
    """One in a line of people; a name, no face."""

    name: Line
    relation: Line | None = None
    facts: Facts


class SuccessionFigure(FigureBase):
    """People who follow each other in one place."""

    kind: Literal["succession"]
    people: tuple[SuccessionPerson, ...] = Field(min_length=2, max_length=5)

    def table(self) -> Table:
        rows = tuple((str(n), one.name, one.relation or "") for n, one in enumerate(self.people, 1))
        return Table(("Order", "Name", "Relation"), rows)


class ChainLink(FrozenModel):
    """One link: what leads to the next."""

    label: Line
    detail: Line | None = None
    facts: Facts


class ChainFigure(FigureBase):
    """Links that lead to each other; in a `loop` the last leads back to the first."""

    kind: Literal["chain"]
    links: tuple[ChainLink, ...] = Field(min_length=2, max_length=8)
    loop: bool = False

    def table(self) -> Table:
        labels = [link.label for link in self.links]
        after = [*labels[1:], f"{labels[0]} again" if self.loop else ""]
        rows = tuple(
            (link.label, link.detail or "", then) for link, then in zip(self.links, after, strict=True)
        )
        return Table(("Link", "More", "Leads to"), rows)


class LifeStage(FrozenModel):
    """One stage of a life."""

    label: Line
    items: tuple[Line, ...] = Field(min_length=1, max_length=5)
    facts: Facts


class LifelineFigure(FigureBase):
    """What belongs to each stage of a life, in order; the stages are drawn equally long."""

    kind: Literal["lifeline"]
    stages: tuple[LifeStage, ...] = Field(min_length=2, max_length=6)

    def table(self) -> Table:
        rows = tuple((stage.label, "; ".join(stage.items)) for stage in self.stages)
        return Table(("Stage of life", "What belongs to it"), rows)
