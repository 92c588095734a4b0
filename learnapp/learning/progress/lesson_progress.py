"""Lesson progress: how far one person is in one lesson, as a frozen value for pages. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.catalog import Lesson
from learnapp.content.closed_cards import quiz_access
from learnapp.learning.errors import LessonNotForAge, QuizClosed
from learnapp.learning.progress import reading_time
from learnapp.learning.progress.rules import LONG_AGO, LessonState

Status = Literal["closed", "new", "begun", "quiz", "waiting", "reading", "complete"]


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
    """One lesson for one person, the lesson to finish before its quiz, if there is one, and what the age group opens.

    `sealed`: its quiz tells nothing, as a deferred attempt is not graded yet; `handed_in`: that takes no more answers.
    `passed_main`: the main quiz was passed, not the short one alone; None where no attempt passed.
    """

    lesson: Lesson
    state: LessonState
    attempt: OpenAttempt | None
    closed_by: Lesson | None
    access: AgeAccess = FULL_ACCESS
    sealed: bool = False
    handed_in: bool = False
    passed_main: bool | None = None

    @property
    def allowed_by_age(self) -> bool:
        return self.access.can_open(self.lesson)

    @property
    def asks_age(self) -> bool:
        """Tell whether the lesson waits until the person has told an age group."""
        return self.access.to(self.lesson) == "ask"

    @property
    def quiz_access(self) -> AgeAccess:
        """Return what the quiz of the chosen route may ask."""
        short = self.lesson.quiz_for(self.state.route) is self.lesson.short_quiz
        return self.access if short else quiz_access(self.access, self.lesson, self.state.route)

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
        """Tell whether it may be read now: the age group alone decides that, never the order of the course."""
        return self.allowed_by_age

    @property
    def quiz_open(self) -> bool:
        """Tell whether its quiz may be taken now, by age and by the order of the course."""
        return self.closed_by is None and self.allowed_by_age

    @property
    def reachable(self) -> bool:
        """Tell whether the lesson is worth going to: open, or open as soon as an age group is told."""
        return not self.closed_by_age

    @property
    def begun(self) -> bool:
        """Tell whether anything is stored about it: a place, a route, an attempt, a result."""
        return self.attempt is not None or self.sealed or self.state.begun

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
    def read_route(self) -> str | None:
        """Return the route by which the lesson was read, whichever is chosen now: that of the quiz that was passed.

        Until one is passed it is the chosen one.
        """
        if self.passed_main:
            return "closed" if self.state.route == "short" else self.state.route
        return "short" if self.passed_main is False and self.lesson.short else self.state.route

    @property
    def result_waits(self) -> bool:
        """Tell whether nothing of the quiz is left to do but to wait for its result."""
        return self.handed_in and self.attempt is None and not self.complete

    @property
    def waiting(self) -> bool:
        """Tell whether nothing is left to do but to wait for the result."""
        return self.result_waits and self.read

    @property
    def rests(self) -> bool:
        """Tell whether nothing can be done in it for now: its result, or another lesson, comes first."""
        return self.waiting or (self.read and self.closed_by is not None)

    @property
    def minutes_left(self) -> int:
        """Return the minutes of reading and quiz that are not done; 0 when complete or not asked."""
        if not self.allowed_by_age:
            return 0
        return reading_time.minutes_left(self.lesson, self.state, self.quiz_access, quiz_done=self.result_waits)

    @property
    def last_touched(self) -> datetime:
        """Return when the person was last at the lesson, long ago before the first time."""
        saved_at = self.attempt.saved_at if self.attempt else None
        return max(filter(None, (self.state.place_at, self.state.read_at, self.state.passed_at, saved_at, LONG_AGO)))

    @property
    def status(self) -> Status:
        """Return where the person stands.

        `quiz` where only the quiz is left, `waiting` where only its result is, `reading` where only the reading is.
        """
        if self.complete:
            return "complete"
        if not self.open:
            return "closed"
        if self.read:
            return "waiting" if self.waiting else "quiz"
        if self.state.passed_at or self.result_waits:
            return "reading"
        return "begun" if self.begun else "new"


def require_open(progress: LessonProgress) -> None:
    """Raise LessonNotForAge where the age group closes the lesson."""
    if not progress.allowed_by_age:
        raise LessonNotForAge(progress.lesson.key)


def require_open_quiz(progress: LessonProgress) -> None:
    """Raise LessonNotForAge where the age group closes the lesson, QuizClosed where another lesson comes first."""
    require_open(progress)
    if progress.closed_by is not None:
        raise QuizClosed(f"{progress.lesson.key} opens after {progress.closed_by.key}")
