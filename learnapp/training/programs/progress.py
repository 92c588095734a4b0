"""Progress in a program: its lessons and conversations, done and left, as they are for one person. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from learnapp.content.conversations import Conversation
from learnapp.content.programs import Program
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.overview import CourseProgress, ModuleProgress
from learnapp.training.practice.values import StoredRun

ProgramPart = Literal["learn", "practice"]


@dataclass(frozen=True, slots=True)
class PracticeProgress:
    """A conversation that a program asks for, with a person's run of it, None before it has begun."""

    conversation: Conversation
    run: StoredRun | None = None
    allowed_by_age: bool = True

    @property
    def done(self) -> bool:
        """Tell whether an end has been reached, be it that the conversation was shortened since."""
        if self.run is None:
            return False
        steps = self.conversation.steps(self.run.path)
        return self.run.done_at is not None or self.conversation.turn_after(steps) is None


@dataclass(frozen=True, slots=True)
class ProgramProgress:
    """A program for one person, module by module, then conversation by conversation."""

    program: Program
    modules: tuple[ModuleProgress, ...]
    practice: tuple[PracticeProgress, ...] = ()

    @property
    def lessons(self) -> tuple[LessonProgress, ...]:
        """Return every lesson that it asks for, in the order of its modules."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    @property
    def left(self) -> tuple[LessonProgress, ...]:
        """Return the lessons that are not complete."""
        return tuple(lesson for lesson in self.lessons if not lesson.complete)

    @property
    def practice_left(self) -> tuple[PracticeProgress, ...]:
        """Return the conversations that have not been done."""
        return tuple(one for one in self.practice if not one.done)

    @property
    def next_practice(self) -> PracticeProgress | None:
        """Return the conversation to go on with, the first that is open to the person."""
        return next((one for one in self.practice_left if one.allowed_by_age), None)

    @property
    def missing(self) -> ProgramPart | None:
        """Return the part in which something is left, the lessons first; None where all is done."""
        if self.left:
            return "learn"
        return "practice" if self.practice_left else None

    @property
    def done(self) -> bool:
        """Tell whether every lesson is complete, and every conversation done."""
        return self.missing is None

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
        """Return about how many minutes of lessons and practice are left."""
        practice = sum(one.conversation.minutes for one in self.practice_left)
        return sum(lesson.minutes_left for lesson in self.left) + practice

    @property
    def opens_at(self) -> int | None:
        """Return the age from which all that it asks for is open, None where all is open to the person."""
        closed = [lesson.lesson.age.opens for lesson in self.lessons if not lesson.allowed_by_age]
        closed += [one.conversation.opens for one in self.practice if not one.allowed_by_age]
        return max(closed, default=None)

    @property
    def begun(self) -> bool:
        return any(lesson.begun for lesson in self.lessons)


def program_progress(
    program: Program, courses: Iterable[CourseProgress], practice: Mapping[str, PracticeProgress] | None = None
) -> ProgramProgress:
    """Return the progress in a program, taken from that in the courses that have its modules and in conversations."""
    modules = {module.module.slug: module for course in courses for module in course.modules}
    practiced = tuple((practice or {})[slug] for slug in program.practice)
    return ProgramProgress(program, tuple(modules[slug] for slug in program.modules), practiced)


def practice_progress(
    conversations: Mapping[str, Conversation], runs: Mapping[str, StoredRun], age: int
) -> dict[str, PracticeProgress]:
    """Return the progress in each conversation of a course, for somebody who is shown what opens up to an age."""
    return {
        slug: PracticeProgress(conversation, runs.get(slug), age >= conversation.opens)
        for slug, conversation in conversations.items()
    }
