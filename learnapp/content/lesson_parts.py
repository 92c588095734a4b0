"""Parts of a lesson beside its text: the person on its cover, what a teacher takes to class."""

from dataclasses import dataclass

from pydantic import Field

from learnapp.content.vocabulary import Line
from learnapp.quiz.model import FrozenModel, Text


@dataclass(frozen=True, slots=True)
class LessonPerson:
    """The person whom a lesson begins with: the name as published, and what she or he did.

    `drawing` names an emblem of a thing, `drawing_alt` says what it shows.
    """

    id: str
    name: str
    act: str
    drawing: str | None = None
    drawing_alt: str | None = None


class TeacherNotes(FrozenModel):
    """What is shown to leaders and authors only: questions to discuss aloud, a plan, what to prepare, articles.

    `concerned` is about students who may be concerned themselves.
    """

    discuss: tuple[Line, ...] = Field(min_length=1, max_length=4)
    plan: tuple[Line, ...] = Field(default=(), max_length=10)
    prepare: Text | None = None
    articles: tuple[Line, ...] = Field(default=(), max_length=8)
    concerned: Text | None = None
