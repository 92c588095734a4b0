"""Progress in a program: its lessons, done and left, as they are for one person. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from learnapp.content.programs import Program
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.overview import CourseProgress, ModuleProgress


@dataclass(frozen=True, slots=True)
class ProgramProgress:
    """A program for one person, module by module."""

    program: Program
    modules: tuple[ModuleProgress, ...]

    @property
    def lessons(self) -> tuple[LessonProgress, ...]:
        """Return every lesson that it asks for, in the order of its modules."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    @property
    def left(self) -> tuple[LessonProgress, ...]:
        """Return the lessons that are not complete."""
        return tuple(lesson for lesson in self.lessons if not lesson.complete)

    @property
    def done(self) -> bool:
        """Tell whether every lesson is complete."""
        return not self.left

    @property
    def done_count(self) -> int:
        return len(self.lessons) - len(self.left)

    @property
    def next(self) -> LessonProgress | None:
        """Return the lesson to go on with: the one last worked on, of several the first in order."""
        open_ones = [lesson for lesson in self.left if not lesson.closed_by_age and not lesson.rests]
        return max(open_ones, key=lambda lesson: lesson.last_touched, default=None)

    @property
    def minutes_left(self) -> int:
        """Return about how many minutes of lessons are left."""
        return sum(lesson.minutes_left for lesson in self.left)

    @property
    def opens_at(self) -> int | None:
        """Return the age from which all of its lessons are open, None where they are open to the person."""
        closed = [lesson.lesson.age.opens for lesson in self.lessons if not lesson.allowed_by_age]
        return max(closed, default=None)

    @property
    def begun(self) -> bool:
        return any(lesson.begun for lesson in self.lessons)


def program_progress(program: Program, courses: Iterable[CourseProgress]) -> ProgramProgress:
    """Return the progress in a program, taken from that in the courses that have its modules."""
    modules = {module.module.slug: module for course in courses for module in course.modules}
    return ProgramProgress(program, tuple(modules[slug] for slug in program.modules))
