"""People wording: whom a reader meets in lessons, and where, in words."""

from collections.abc import Iterable

from flask_babel import gettext as _

from learnapp.content.catalog import Lesson
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.overview import CourseProgress
from learnapp.library.cache import current_library
from learnapp.library.people import PersonEntry, people_told
from learnapp.web.catalog import current_catalog

FIRST_SHOWN = 4


def people_met(lessons: Iterable[LessonProgress]) -> list[PersonEntry]:
    """Return whom the reader has met in those of these lessons that they have read, in the version that they read."""
    known = current_library().people
    met = {entry.person.id for one in lessons for entry in _met_in(one, known)}
    return [entry for entry in known if entry.person.id in met]


def people_to_meet(course: CourseProgress) -> list[PersonEntry]:
    """Return four people for the first page: from whom the reader is with on, then from the beginning."""
    known = list(current_library().people)
    here = course.next.lesson if course.next else None
    at = next((number for number, entry in enumerate(known) if here in entry.lessons), 0)
    return (known[at:] + known[:at])[:FIRST_SHOWN]


def meeting_words(entry: PersonEntry, course: CourseProgress) -> str:
    """Return where the reader met a person, or will: “You met in 1.3. Again in 2.5.”"""
    keys = {lesson.key for lesson in entry.lessons}
    own = [one for one in course.lessons if one.lesson.key in keys]
    past, to_come = [one for one in own if _met_in(one, [entry])], [one for one in own if not one.read]
    if not past:
        # Who is told of in a card that was left closed, or in the other version, is still to be met there.
        return _("You meet in %(lessons)s.", lessons=_numbers(to_come or own)) if own else ""
    words = _("You met in %(lessons)s.", lessons=_numbers(past))
    return f"{words} {_('Again in %(lessons)s.', lessons=_numbers(to_come))}" if to_come else words


def _met_in(one: LessonProgress, entries: Iterable[PersonEntry]) -> list[PersonEntry]:
    read = (one.read or one.complete) and one.allowed_by_age
    return people_told(entries, one.lesson, one.read_route) if read else []


def lesson_number(lesson: Lesson) -> str:
    """Return a lesson's number with its module's: 3.2."""
    return f"{current_catalog().modules[lesson.module].number}.{lesson.number}"


def _numbers(lessons: Iterable[LessonProgress]) -> str:
    return ", ".join(lesson_number(one.lesson) for one in lessons)
