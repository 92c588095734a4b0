"""Course wording: what stands on the first page and on the path of a course: places, questions, marks."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from learnapp.content.catalog import Lesson
from learnapp.content.figures.places import HEIGHT, PLACES, WIDTH, name_of
from learnapp.learning.lessons.status_wording import StatusLine, lesson_status
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.overview import CourseProgress, ModuleProgress

# South of the border the land is narrow: a name stands below its place, on the sea.
_BELOW = frozenset({"seoul"})


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place on the map, in percent of its box, and the lesson that it leads to, if that is open to the reader."""

    name: str
    x: float
    y: float
    lesson: Lesson | None
    below: bool = False


def map_places(course: CourseProgress) -> list[MapPlace]:
    """Return the places of a course; one leads nowhere whose lesson asks for an age group or is for older readers."""
    lessons = {str(one.lesson.key): one.lesson for one in course.lessons if one.open}
    return [_map_place(place, lessons.get(key)) for place, key in course.course.places.items()]


def _map_place(place: str, lesson: Lesson | None) -> MapPlace:
    x, y = PLACES[place]
    return MapPlace(name_of(place), 100 * x / WIDTH, 100 * y / HEIGHT, lesson, place in _BELOW)


def question_count(course: CourseProgress) -> str:
    """Return how many questions a course asks: one a lesson."""
    return ngettext("%(num)s question", "%(num)s questions", len(course.lessons))


def path_look(course: CourseProgress, progress: LessonProgress) -> str:
    """Return how a lesson is marked on the path: done, here, or not at all."""
    if progress.complete:
        return "done"
    is_next = course.begun and course.next is not None and course.next.lesson is progress.lesson
    return "here" if is_next else ""


def path_note(module: ModuleProgress, progress: LessonProgress) -> StatusLine | None:
    """Return what a reader should know before going to a lesson: that it, or its quiz, is closed, and why."""
    if progress.complete or (progress.open and progress.quiz_open):
        return None
    return lesson_status(module, progress).on_map


def path_words(look: str) -> str:
    """Return the mark of a lesson on the path in words, for whoever does not see it; nothing for one to come."""
    return {"done": _("Done."), "here": _("You are here.")}.get(look, "")
