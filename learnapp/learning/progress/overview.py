"""A course, its modules and its lessons as they stand for one person. Pure, frozen values for pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Literal

from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.catalog import Course, Lesson, Module
from learnapp.learning.progress import reading_time
from learnapp.learning.progress.rules import LessonState

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
    """One lesson for one person; `closed_by` is the lesson to finish first, None where none is.

    `reach` is how far the person's age band goes.
    """

    lesson: Lesson
    state: LessonState
    attempt: OpenAttempt | None
    closed_by: Lesson | None
    access: AgeAccess = FULL_ACCESS

    @property
    def fits(self) -> bool:
        """Tell whether the person's age band opens the lesson."""
        return self.access.can_open(self.lesson)

    @property
    def asks_age(self) -> bool:
        """Tell whether the lesson waits until the person has told an age band."""
        return self.access.to(self.lesson) == "ask"

    @property
    def advisory(self) -> str | None:
        """Return what stands before the lesson for this person; nothing where the age band closes it."""
        access = self.access.to(self.lesson)
        return None if access == "closed" else self.lesson.advisory_for(cards=access == "whole")

    @property
    def open(self) -> bool:
        """Tell whether it may be read now, by the order of the course and by age."""
        return self.closed_by is None and self.fits

    @property
    def ahead(self) -> bool:
        """Tell whether the lesson is worth going to: open, or open as soon as an age band is told."""
        return self.closed_by is None and (self.fits or self.asks_age)

    @property
    def begun(self) -> bool:
        """Tell whether anything is stored about it: a place, a route, an attempt, a result."""
        return self.attempt is not None or self.state.begun

    @property
    def counts(self) -> bool:
        """Tell whether the lesson is asked of this person; what was reached stays theirs at any age."""
        return self.fits or self.complete

    @property
    def complete(self) -> bool:
        return self.state.completed_at is not None

    @property
    def read(self) -> bool:
        return self.state.read_at is not None

    @property
    def passed(self) -> bool:
        return self.state.passed_at is not None

    @property
    def percent(self) -> int | None:
        """Return the best score in whole percent, None before the first result."""
        return self.state.percent

    @property
    def questions(self) -> int:
        """Return how many questions the lesson's quiz asks this person."""
        return self.access.question_count(self.lesson.quiz)

    @property
    def minutes_left(self) -> int:
        """Return the minutes of reading and quiz that are not done; 0 when complete or not asked."""
        return reading_time.minutes_left(self.lesson, self.state, self.access) if self.fits else 0

    @property
    def status(self) -> Status:
        """Return where the person stands.

        closed; new: open and not begun; begun: a place, a route, an attempt or a result is stored;
        quiz: only the quiz is left; reading: only the reading is left; complete.
        """
        if self.complete:
            return "complete"
        if not self.open:
            return "closed"
        if self.read:
            return "quiz"
        if self.passed:
            return "reading"
        return "begun" if self.begun else "new"


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """One module for one person; totals count the lessons that are asked of them."""

    module: Module
    lessons: tuple[LessonProgress, ...]

    @property
    def total(self) -> int:
        return sum(one.counts for one in self.lessons)

    @property
    def done(self) -> int:
        return sum(one.complete for one in self.lessons)

    @property
    def complete(self) -> bool:
        return 0 < self.total == self.done

    @property
    def strong(self) -> int:
        """Return how many of the lessons that are asked begin with an advisory."""
        return sum(one.counts and one.lesson.advisory is not None for one in self.lessons)

    @property
    def asking_age(self) -> int:
        """Return how many lessons wait for an age band."""
        return sum(one.asks_age and not one.complete for one in self.lessons)

    @property
    def percent(self) -> int:
        """Return the share of complete lessons, rounded down."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def minutes_left(self) -> int:
        return sum(one.minutes_left for one in self.lessons)

    @property
    def next(self) -> LessonProgress | None:
        """Return the first lesson to go to."""
        return next(iter(_left(self.lessons)), None)


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """One course for one person; totals count the lessons that are asked of them."""

    course: Course
    modules: tuple[ModuleProgress, ...]

    @property
    def lessons(self) -> tuple[LessonProgress, ...]:
        """Return every lesson in the order of the course."""
        return tuple(one for module in self.modules for one in module.lessons)

    @property
    def total(self) -> int:
        return sum(module.total for module in self.modules)

    @property
    def done(self) -> int:
        return sum(module.done for module in self.modules)

    @property
    def complete(self) -> bool:
        return 0 < self.total == self.done

    @property
    def asking_age(self) -> int:
        """Return how many lessons wait for an age band."""
        return sum(module.asking_age for module in self.modules)

    @property
    def percent(self) -> int:
        """Return the share of complete lessons, rounded down."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def minutes_left(self) -> int:
        return sum(module.minutes_left for module in self.modules)

    @property
    def begun(self) -> bool:
        return any(one.begun for one in self.lessons)

    @property
    def next(self) -> LessonProgress | None:
        """Return where to go on: the lesson last worked on, else the first one that is not complete."""
        left = _left(self.lessons)
        touched = [(when, one) for one in left if (when := _touched(one)) is not None]
        if touched:
            return max(touched, key=itemgetter(0))[1]
        return left[0] if left else None

    def before(self, lesson: Lesson) -> Lesson | None:
        """Return the lesson before this one, leaving out those that are not for the person's age band."""
        return self._beside(lesson, -1)

    def after(self, lesson: Lesson) -> Lesson | None:
        """Return the lesson after this one, leaving out those that are not for the person's age band."""
        return self._beside(lesson, 1)

    def instead_of(self, lesson: Lesson) -> Lesson | None:
        """Return what to read where this lesson is closed: an open one near it, a gentle one if there is."""
        at = next(i for i, one in enumerate(self.lessons) if one.lesson.key == lesson.key)
        near = (*self.lessons[at + 1 :], *self.lessons[:at][::-1])
        found = [one.lesson for one in near if one.open]
        gentle = (one for one in found if one.sensitivity != "strong")
        return next(gentle, found[0] if found else None)

    def _beside(self, lesson: Lesson, step: int) -> Lesson | None:
        """Step from lesson to lesson until one fits, or the course ends."""
        line = self.lessons
        at = next(i for i, one in enumerate(line) if one.lesson.key == lesson.key)
        rest = line[at + 1 :] if step > 0 else line[:at][::-1]
        return next((one.lesson for one in rest if one.fits or one.asks_age), None)

    def module(self, slug: str) -> ModuleProgress:
        """Return one module's progress; raises LookupError for a module of another course."""
        found = next((one for one in self.modules if one.module.slug == slug), None)
        if found is None:
            raise LookupError(slug)
        return found

    def of(self, lesson: Lesson) -> LessonProgress:
        """Return one lesson's progress; raises LookupError for a lesson of another course."""
        known = self.module(lesson.module).lessons
        found = next((one for one in known if one.lesson.slug == lesson.slug), None)
        if found is None:
            raise LookupError(lesson.key)
        return found


def _left(lessons: Sequence[LessonProgress]) -> list[LessonProgress]:
    """Return the lessons that may be gone to and are not complete, in order.

    One that waits for an age band is among them until the person has gone past it: who would rather not tell
    is not asked for ever.
    """
    past = max((at for at, one in enumerate(lessons) if one.begun), default=-1)
    return [
        one for at, one in enumerate(lessons) if one.ahead and not one.complete and (one.fits or at > past)
    ]


def _touched(one: LessonProgress) -> datetime | None:
    saved_at = one.attempt.saved_at if one.attempt else None
    dates = (one.state.place_at, one.state.read_at, one.state.passed_at, saved_at)
    return max((date for date in dates if date is not None), default=None)
