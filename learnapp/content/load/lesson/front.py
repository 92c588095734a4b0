"""Parts of the front matter: the person on a lesson's cover, and the end of its short version."""

from __future__ import annotations

from pydantic import Field, model_validator

from learnapp.content.vocabulary import FactVoice, Line
from learnapp.quiz.model import FrozenModel, Slug, Text


class PersonFront(FrozenModel):
    """Who stands on the cover; `act` replaces what people.yaml says, `drawing` is an emblem of a thing."""

    id: Slug
    act: Text | None = None
    drawing: Slug | None = None
    drawing_alt: Line | None = None

    @model_validator(mode="after")
    def _drawing_is_described(self) -> PersonFront:
        if (self.drawing is None) != (self.drawing_alt is None):
            raise ValueError("drawing and drawing_alt go together: what the drawing shows, in words")
        return self


class ShortFront(FrozenModel):
    """What stands below the short version of a lesson: its own words, which tell nothing that it leaves out."""

    minutes: int = Field(ge=1, le=60)
    answer: Text
    key_points: tuple[Line, ...] = Field(min_length=2, max_length=4)
    keep_in_mind: dict[FactVoice, Line] = {}
    rests_note: Text | None = None
