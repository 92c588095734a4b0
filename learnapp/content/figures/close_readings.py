"""Figures that take something apart: a mechanism with its actors, and a document line by line."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from learnapp.content.figures.base import Facts, FigureBase
from learnapp.content.vocabulary import Line
from learnapp.quiz.model import FrozenModel


class MechanismStep(FrozenModel):
    """One step: who does what."""

    actor: Line
    does: Line
    facts: Facts


class MechanismExit(FrozenModel):
    """Where somebody can act, at the step of this number (from 1), and how."""

    at: int = Field(ge=1, le=6)
    label: Line
    facts: Facts


class MechanismFigure(FigureBase):
    """Steps of which each makes the next one likelier, with the place where somebody can break it."""

    kind: Literal["mechanism"]
    connector: Literal["arrows", "loop"] = "arrows"
    steps: tuple[MechanismStep, ...] = Field(min_length=2, max_length=6)
    exit: MechanismExit | None = None

    @model_validator(mode="after")
    def _exit_is_at_a_step(self) -> MechanismFigure:
        if self.exit and self.exit.at > len(self.steps):
            raise ValueError(f"the exit is at step {self.exit.at}; steps are counted from 1 to {len(self.steps)}")
        return self


class DocumentHead(FrozenModel):
    """What is read: its title, who wrote it, and when."""

    title: Line
    author: Line
    date: Line


class DocumentLine(FrozenModel):
    """One line of the document in our words, and our remark on it."""

    text: Line
    remark: Line | None = None
    facts: Facts


class DocumentFigure(FigureBase):
    """A document read closely, in our words and not in its own."""

    kind: Literal["document"]
    document: DocumentHead
    lines: tuple[DocumentLine, ...] = Field(min_length=1, max_length=8)

    @model_validator(mode="after")
    def _something_is_remarked(self) -> DocumentFigure:
        if not any(line.remark for line in self.lines):
            raise ValueError("a document without a `remark` is only told again; remark on a line, or write it as text")
        return self
