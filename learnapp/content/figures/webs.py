"""Figures of what hangs together: causes, generations, relations."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from learnapp.content.figures.base import Facts, FigureBase, Table
from learnapp.content.vocabulary import FrozenModel, Line, Slug


class Cause(FrozenModel):
    """A cause, an effect or a result."""

    label: Line
    facts: Facts


class CausesFigure(FigureBase):
    """What leads to one effect, and what follows from it."""

    kind: Literal["causes"]
    causes: tuple[Cause, ...] = Field(min_length=1, max_length=6)
    effect: Cause
    results: tuple[Cause, ...] = Field(min_length=1, max_length=6)

    def table(self) -> Table:
        rows = [("Cause", one.label) for one in self.causes]
        rows += [("Effect", self.effect.label)]
        rows += [("Result", one.label) for one in self.results]
        return Table(("Part", "What it is"), tuple(rows))


class Generation(FrozenModel):
    """The members of one generation, named by what they are to each other."""

    label: Line
    members: tuple[Line, ...] = Field(min_length=1, max_length=6)
    facts: Facts


class TreeFigure(FigureBase):
    """Generations of a family, one below the other; words in boxes, no faces."""

    kind: Literal["tree"]
    generations: tuple[Generation, ...] = Field(min_length=2, max_length=5)

    def table(self) -> Table:
        rows = tuple((one.label, "; ".join(one.members)) for one in self.generations)
        return Table(("Generation", "Members"), rows)


class StatusNode(FrozenModel):
    """A person by role, or a state."""

    id: Slug
    label: Line
    facts: Facts


class StatusLink(FrozenModel):
    """What ties one node to another."""

    start: Slug = Field(alias="from")
    end: Slug = Field(alias="to")
    label: Line


class StatusFigure(FigureBase):
    """A small diagram of who is what to whom; words in boxes, no faces."""

    kind: Literal["status"]
    nodes: tuple[StatusNode, ...] = Field(min_length=2, max_length=6)
    links: tuple[StatusLink, ...] = Field(min_length=1, max_length=8)

    @model_validator(mode="after")
    def _links_have_two_ends(self) -> StatusFigure:
        ids = [node.id for node in self.nodes]
        pairs: set[tuple[str, str]] = set()
        for name in ids:
            if ids.count(name) > 1:
                raise ValueError(f"two nodes have the id “{name}”")
        for link in self.links:
            for name in (link.start, link.end):
                if name not in ids:
                    raise ValueError(f"a link names “{name}”, which is no node's id")
            if link.start == link.end:
                raise ValueError(f"a link leads from “{link.start}” to itself")
            if (link.start, link.end) in pairs:
                raise ValueError(f"two links lead from “{link.start}” to “{link.end}”; make them one")
            pairs.add((link.start, link.end))
        return self

    def label_of(self, name: str) -> str:
        return next(node.label for node in self.nodes if node.id == name)

    def table(self) -> Table:
        rows = [(self.label_of(one.start), one.label, self.label_of(one.end)) for one in self.links]
        linked = {name for one in self.links for name in (one.start, one.end)}
        rows += [(node.label, "", "") for node in self.nodes if node.id not in linked]
        return Table(("From", "What ties them", "To"), tuple(rows))
