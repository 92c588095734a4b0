"""Progress overview: how far one person is in a course and its modules, as frozen values for pages. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.catalog import Course, Lesson, Module
from learnapp.learning.progress.lesson_progress import LessonProgress, OpenAttempt
from learnapp.learning.progress.rules import LessonState

NOT_BEGUN: tuple[LessonState, None] = (LessonState(), None)


class LessonTotals:
    """Totals of some lessons, `lessons` in order; they count the lessons that are asked of the person."""

    lessons: Sequence[LessonProgress]

    @cached_property
    def total(self) -> int:
        return sum(progress.required for progress in self.lessons)

    @cached_property
    def done(self) -> int:
        return sum(progress.complete for progress in self.lessons)

    @cached_property
    def complete(self) -> bool:
        return 0 < self.total == self.done

    @cached_property
    def strong(self) -> int:
        """Return how many of the lessons that are asked begin with an advisory."""
        return sum(progress.required and progress.lesson.advisory is not None for progress in self.lessons)

    @cached_property
    def asking_age(self) -> int:
        """Return how many lessons wait for an age group."""
        return sum(progress.asks_age and not progress.complete for progress in self.lessons)

    @cached_property
    def minutes_left(self) -> int:
        return sum(progress.minutes_left for progress in self.lessons)

    @cached_property
    def remaining_lessons(self) -> list[LessonProgress]:
        """Return the lessons that may be gone to and where something is left to do, in order.

        One that waits for an age group is among them until the person has gone past it: who would rather not
        tell is not asked for ever.
        """
        newest = max((at for at, progress in enumerate(self.lessons) if progress.begun), default=-1)
        return [
            progress
            for at, progress in enumerate(self.lessons)
            if progress.reachable
            and not progress.complete
            and not progress.rests
            and (progress.allowed_by_age or at > newest)
        ]


@dataclass(frozen=True)
class ModuleProgress(LessonTotals):
    """A module for one person."""

    module: Module
    lessons: tuple[LessonProgress, ...]

    @property
    def next(self) -> LessonProgress | None:
        """Return the first lesson to go to; one that waits for an age group only where nothing else is left."""
        open_lessons = (progress for progress in self.remaining_lessons if progress.open)
        return next(open_lessons, next(iter(self.remaining_lessons), None))


@dataclass(frozen=True)
class CourseProgress(LessonTotals):
    """A course for one person."""

    course: Course
    modules: tuple[ModuleProgress, ...]

    @cached_property
    def lessons(self) -> tuple[LessonProgress, ...]:  # type: ignore[override]
        """Return every lesson in the order of the course."""
        return tuple(progress for module in self.modules for progress in module.lessons)

    @cached_property
    def sealed(self) -> bool:
        """Tell whether a quiz of it waits for results."""
        return any(progress.sealed for progress in self.lessons)

    @cached_property
    def begun(self) -> bool:
        return any(progress.begun for progress in self.lessons)

    @cached_property
    def next(self) -> LessonProgress | None:
        """Return where to go on: the lesson last worked on, else the first one that is not complete."""
        # Of lessons that were never touched, which all count as touched long ago, `max` takes the first.
        return max(self.remaining_lessons, key=lambda progress: progress.last_touched, default=None)

    def before(self, lesson: Lesson) -> Lesson | None:
        """Return the lesson before this one, leaving out those that are not for the person's age group."""
        before = reversed(self.lessons[: self._numbers[lesson.key]])
        return next((progress.lesson for progress in before if not progress.closed_by_age), None)

    def after(self, lesson: Lesson) -> Lesson | None:
        """Return the lesson after this one, leaving out those that are not for the person's age group."""
        after = self.lessons[self._numbers[lesson.key] + 1 :]
        return next((progress.lesson for progress in after if not progress.closed_by_age), None)

    def instead_of(self, lesson: Lesson) -> Lesson | None:
        """Return what to read where this lesson is closed: an open one near it, a gentle one if there is."""
        at = self._numbers[lesson.key]
        near = (*self.lessons[at + 1 :], *self.lessons[:at][::-1])
        open_lessons = [progress.lesson for progress in near if progress.open]
        return min(open_lessons, key=lambda lesson: lesson.sensitivity == "strong", default=None)

    def module(self, slug: str) -> ModuleProgress:
        """Return one module's progress; raises LookupError for a module of another course."""
        return {progress.module.slug: progress for progress in self.modules}[slug]

    def of(self, lesson: Lesson) -> LessonProgress:
        """Return one lesson's progress; raises LookupError for a lesson of another course."""
        return self.lessons[self._numbers[lesson.key]]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {progress.lesson.key: number for number, progress in enumerate(self.lessons)}


def derive_progress(
    course: Course,
    stored: Mapping[str, tuple[LessonState, OpenAttempt | None]],
    *,
    staff: bool = False,
    access: AgeAccess = FULL_ACCESS,
    sealed: Mapping[str, bool] = MappingProxyType({}),
    passed_main: Mapping[str, bool] = MappingProxyType({}),
) -> CourseProgress:
    """Derive a course's progress from what is stored under each lesson's key. Pure.

    `sealed` has the lessons whose quizzes tell nothing, each with whether an attempt was handed in, `passed_main`
    those of which a quiz was passed, each with whether it was the main one.
    Every lesson may be read. Where quizzes open in order, one opens when all lessons before it in its module are
    complete or handed in. One that was begun stays open, so that a lesson put in later never closes the ones behind
    it; one that the age group closes is not waited for.
    """
    ordered = course.sequencing == "quizzes" and not staff
    modules = []
    for module in course.modules:
        first: Lesson | None = None
        lessons = []
        for lesson in module.lessons:
            row = stored.get(lesson.key)
            if row is None and lesson.was:
                # Rows of a lesson that was renamed may not have followed yet.
                row = next((stored[name] for name in lesson.was if name in stored), None)
            state, attempt = row or NOT_BEGUN
            handed_in = next((sealed[name] for name in (lesson.key, *lesson.was) if name in sealed), None)
            passed = [passed_main[name] for name in (lesson.key, *lesson.was) if name in passed_main]
            begun = attempt is not None or handed_in is not None or state.best_points is not None
            closed_by = first if ordered and not begun else None
            about_quiz = handed_in is not None, bool(handed_in), any(passed) if passed else None
            progress = LessonProgress(lesson, state, attempt, closed_by, access, *about_quiz)
            lessons.append(progress)
            if first is None and progress.allowed_by_age and not progress.complete and not progress.handed_in:
                first = lesson
        modules.append(ModuleProgress(module, tuple(lessons)))
    return CourseProgress(course, tuple(modules))
