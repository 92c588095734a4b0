"""Lesson progress: how far one person is in one lesson, as a frozen value for pages. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.catalog import Lesson
from learnapp.learning.errors import LessonClosed, LessonNotForAge
from learnapp.learning.progress import reading_time
from learnapp.learning.progress.rules import LONG_AGO, LessonState

Status = Literal["closed", "new", "begun", "quiz", "reading", "complete"]


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """The attempt to go on with, and at which item of how many it stands."""

    id: int
    kind: str
    number: int
    total: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class LessonProgress:
    """One lesson for one person, the lesson to finish first, if one closes it, and what the age group opens."""

    lesson: Lesson
    state: LessonState
    attempt: OpenAttempt | None
    closed_by: Lesson | None
    access: AgeAccess = FULL_ACCESS

    @property
    def allowed_by_age(self) -> bool:
        return self.access.can_open(self.lesson)

    @property
    def asks_age(self) -> bool:
        """Tell whether the lesson waits until the person has told an age group."""
        return self.access.to(self.lesson) == "ask"

    @property
    def closed_by_age(self) -> bool:
        return self.access.to(self.lesson) == "withheld"

    @property
    def advisory(self) -> str | None:
        """Return what stands before the lesson for this person; nothing where the age group closes it."""
        cards = self.access.to(self.lesson) == "whole"
        return None if self.closed_by_age else self.lesson.advisory_for(cards=cards)

    @property
    def open(self) -> bool:
        """Tell whether it may be read now, by the order of the course and by age."""
        return self.closed_by is None and self.allowed_by_age

    @property
    def reachable(self) -> bool:
        """Tell whether the lesson is worth going to: open, or open as soon as an age group is told."""
        return self.closed_by is None and not self.closed_by_age

    @property
    def begun(self) -> bool:
        """Tell whether anything is stored about it: a place, a route, an attempt, a result."""
        return self.attempt is not None or self.state.begun

    @property
    def required(self) -> bool:
        """Tell whether the lesson is asked of this person; what was reached stays theirs at any age."""
        return self.allowed_by_age or self.complete

    @property
    def complete(self) -> bool:
        return self.state.completed_at is not None

    @property
    def read(self) -> bool:
        return self.state.read_at is not None

    @property
    def minutes_left(self) -> int:
        """Return the minutes of reading and quiz that are not done; 0 when complete or not asked."""
        return reading_time.minutes_left(self.lesson, self.state, self.access) if self.allowed_by_age else 0

    @property
    def last_touched(self) -> datetime:
        """Return when the person was last at the lesson, long ago before the first time."""
        saved_at = self.attempt.saved_at if self.attempt else None
        return max(filter(None, (self.state.place_at, self.state.read_at, self.state.passed_at, saved_at, LONG_AGO)))

    @property
    def status(self) -> Status:
        """Return where the person stands: `quiz` where only the quiz is left, `reading` where only the reading is."""
        if self.complete:
            return "complete"
        if not self.open:
            return "closed"
        if self.read:
            return "quiz"
        if self.state.passed_at:
            return "reading"
        return "begun" if self.begun else "new"


def require_open(progress: LessonProgress) -> None:
    """Raise LessonNotForAge where the age group closes the lesson, LessonClosed where another comes first."""
    if not progress.allowed_by_age:
        raise LessonNotForAge(progress.lesson.key)
    if progress.closed_by is not None:
        raise LessonClosed(f"{progress.lesson.key} opens after {progress.closed_by.key}")
