"""Recap: what somebody has behind them at the end of a module or a course, in the versions that they read. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from learnapp.content.catalog import Lesson
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.overview import CourseProgress


@dataclass(frozen=True, slots=True)
class LessonRecap:
    """A lesson that is done, and what its reader can say now: the key points of the version that they read."""

    lesson: Lesson
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompletionStatement:
    """What was completed and when, and no score: so many lessons in so many modules."""

    lessons: int
    modules: int
    begun_at: datetime
    completed_at: datetime


def recaps(lessons: Iterable[LessonProgress]) -> tuple[LessonRecap, ...]:
    """Return the lessons that are done; of one that is closed by age by now nothing is said."""
    return tuple(
        LessonRecap(one.lesson, one.lesson.end_for(one.read_route).key_points)
        for one in lessons
        if one.complete and one.allowed_by_age
    )


def statement(course: CourseProgress) -> CompletionStatement | None:
    """Return the statement of completion, None while something is left that is asked of the person."""
    if not course.complete:
        return None
    states = [one.state for one in course.lessons if one.complete]
    begun = [moment for state in states for moment in (state.place_at, state.read_at, state.passed_at) if moment]
    completed = [state.completed_at for state in states if state.completed_at]
    modules = sum(any(one.complete for one in module.lessons) for module in course.modules)
    return CompletionStatement(len(states), modules, min(begun), max(completed))
