"""Programs of volunteers: modules, final, certificate, updates; the safety points of all, and a card for the day."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from learnapp.content.vocabulary import FactVoice, Line
from learnapp.quiz.model import FactId, FrozenModel, Slug, Text
from learnapp.quiz.quiz import QuizVersion, revised
from learnapp.quiz.selection import FormRules, ItemTraits

FormKind = Literal["final", "renewal"]
VERSION_DIGITS = 12
Strata = Annotated[
    Mapping[Slug, Annotated[int, Field(ge=1, le=60)]],
    Field(min_length=1, max_length=40),
    AfterValidator(lambda strata: MappingProxyType(dict(strata))),
]


def _day(text: str) -> str:
    with suppress(ValueError):
        if date.fromisoformat(text).isoformat() == text:  # which reads 2026-W53-4, too
            return text
    raise ValueError("write a day as 2026-12-31")


Day = Annotated[str, AfterValidator(_day), Field(json_schema_extra={"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})]


class SafetyPoint(FrozenModel):
    """Something that nobody may get wrong at a stand: when it comes up, what to do, and why.

    Its items stand in quizzes/final/<id>.yaml; a final asks one of each point, and only full marks will do.
    """

    id: Slug
    title: Line
    when: Text
    steps: tuple[Line, ...] = Field(min_length=2, max_length=6)
    why: Text


class CardFigure(FrozenModel):
    """A number for the pocket: what was counted, with its year, and the fact that says so."""

    figure: Line
    words: Line
    fact: FactId


class CardLine(FrozenModel):
    """Something to say, or that nobody knows, with the facts that it rests on, if any."""

    text: Line
    facts: tuple[FactId, ...] = Field(max_length=4)


class CardWording(FrozenModel):
    """What not to say, and what to say instead."""

    avoid: Line
    instead: Line


class FieldCard(FrozenModel):
    """What a volunteer has in the pocket on the day, on one sheet; the safety points stand on it, too."""

    figures: tuple[CardFigure, ...] = Field(min_length=1, max_length=8)
    openings: tuple[CardLine, ...] = Field(min_length=5, max_length=5)
    wordings: tuple[CardWording, ...] = Field(min_length=1, max_length=8)
    unknown: tuple[CardLine, ...] = Field(min_length=1, max_length=4)


class FinalBlueprint(FrozenModel):
    """A form of questions: how many of each bank (`strata`), and with how many points it is passed.

    At least `dated_least` items have a figure with its year, at most `strong_most` rest on strong facts, and each of
    `voices` speaks in one or more.
    """

    strata: Strata
    pass_points: int = Field(ge=1, le=200)
    dated_least: int = Field(default=0, ge=0, le=200)
    strong_most: int = Field(default=0, ge=0, le=200)
    voices: tuple[FactVoice, ...] = Field(default=(), max_length=8)

    @model_validator(mode="after")
    def _can_be_passed(self) -> Self:
        if self.pass_points > self.total:
            raise ValueError(f"lower `pass_points` to {self.total} or less: there are no more questions")
        return self

    @property
    def total(self) -> int:
        """Return how many questions it has, each worth a point."""
        return sum(self.strata.values())

    @property
    def rules(self) -> FormRules:
        """Return what a drawn form has to hold."""
        return FormRules(self.dated_least, self.strong_most, frozenset(self.voices))


class RenewalBlueprint(FinalBlueprint):
    """The shorter form that renews a certificate, from so many days before it ends on."""

    opens_days: int = Field(ge=1, le=365)


class ProgramUpdate(FrozenModel):
    """A change that whoever was trained before has to read and acknowledge, from a day on; five minutes at most."""

    id: Slug
    asked_from: Day
    title: Line
    text: Text
    facts: tuple[FactId, ...] = Field(min_length=1, max_length=12)

    @property
    def day(self) -> date:
        """Return from which day on it is asked."""
        return date.fromisoformat(self.asked_from)


class Program(FrozenModel):
    """A program for volunteers: all lessons of its modules, conversations to practice, then its final.

    The final is renewed by a shorter one. `was` are names that it had, under which finals and certificates are kept.
    """

    slug: Slug
    title: Line
    lead: Text
    can: tuple[Line, ...] = Field(min_length=1, max_length=6)
    was: tuple[Slug, ...] = Field(default=(), max_length=20)
    modules: tuple[Slug, ...] = Field(min_length=1, max_length=40)
    practice: tuple[Slug, ...] = Field(default=(), max_length=40)
    final: FinalBlueprint
    renewal: RenewalBlueprint
    valid_months: int = Field(ge=1, le=36)
    updates: tuple[ProgramUpdate, ...] = Field(default=(), max_length=40)

    @property
    def names(self) -> tuple[str, ...]:
        """Return its name and those that it had."""
        return (self.slug, *self.was)

    def form(self, kind: FormKind) -> FinalBlueprint:
        """Return the form of the final, or of its renewal."""
        return self.final if kind == "final" else self.renewal

    def updates_due(self, today: date) -> tuple[ProgramUpdate, ...]:
        """Return what is asked to be acknowledged on a day, the oldest first."""
        due = (update for update in self.updates if update.day <= today)
        return tuple(sorted(due, key=lambda update: update.day))


@dataclass(frozen=True, slots=True)
class FinalBank:
    """The questions of a program's final or renewal, as a quiz to be drawn from, with what each is like."""

    quiz: QuizVersion
    rules: FormRules
    traits: Mapping[str, ItemTraits]

    def of_course(self, digest: str) -> "FinalBank":
        """Return the bank with the version of its course, in a few digits, which certificates name."""
        quiz = self.quiz.model_copy(update={"course_version": digest[:VERSION_DIGITS]})
        return replace(self, quiz=revised(quiz))
