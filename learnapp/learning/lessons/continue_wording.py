"""Links to go on: where they lead, and what is left, in words."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from learnapp.learning.lessons.lesson_wording import lesson_url
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.overview import CourseProgress
from learnapp.learning.progress.reading_time import ReadingPlace, places
from learnapp.web.i18n import when


@dataclass(frozen=True, slots=True)
class ContinueLink:
    """Where to go on: an address, the words of its button, and a sentence beside it.

    `heading` is said above, `again` is the label of a second link, to the lesson's beginning; both may be
    empty.
    """

    url: str
    label: str
    note: str
    heading: str = ""
    again: str = ""


def continue_url(progress: LessonProgress) -> str:
    """Return where to go on in a lesson: its open attempt, its quiz if only that is left, else its text."""
    if progress.attempt:
        return url_for("attempts.attempt", attempt_id=progress.attempt.id)
    if progress.status == "quiz":
        return url_for("lessons.quiz", module=progress.lesson.module, lesson=progress.lesson.slug)
    return lesson_url(progress.lesson, progress.state.place)


def continue_course(course: CourseProgress, visitor: bool) -> ContinueLink | None:
    """Return where to go on in a course, None where all is done; a `visitor` is told of no account needed."""
    progress = course.next
    if progress is None:
        return None
    title, minutes = progress.lesson.title, progress.lesson.minutes
    if progress.asks_age:
        note = _("“%(title)s” comes next, and asks for your age group first.", title=title)
    elif not course.begun:
        note = ngettext("“%(title)s” takes %(num)s minute to read.",
                        "“%(title)s” takes %(num)s minutes to read.", minutes, title=title)  # fmt: skip
        note += " " + _("No account needed.") if visitor else ""
    else:
        note = ngettext("“%(title)s”, about %(num)s minute left.", "“%(title)s”, about %(num)s minutes left.",
                        progress.minutes_left, title=title)  # fmt: skip
    label = _label(progress, _("Go on reading"))
    if progress.status == "new":
        label = _("Start the next lesson") if course.begun else _("Start the first lesson")
    return ContinueLink(continue_url(progress), label, note)


def continue_lesson(course: CourseProgress, progress: LessonProgress) -> ContinueLink:
    """Return where to go on in the lesson that comes next, with what was reached in it and what is left."""
    place = places(progress.lesson, progress.state.route).get(progress.state.place or "")
    if progress.state.place_at and progress.status == "begun":
        heading = _("You stopped here, %(when)s", when=when(progress.state.place_at))
    else:
        heading = _("Next lesson") if _is_new(progress) else _("You are here")
    module = course.module(progress.lesson.module)
    where = _("Module %(module)s, lesson %(number)s of %(total)s.",
              module=module.module.number, number=progress.lesson.number, total=module.total)  # fmt: skip
    again = _("From the beginning") if place else ""
    if progress.attempt:
        again = _("Look at the lesson")
    label = _label(progress, _("Go on reading") if place else _("Start reading"))
    return ContinueLink(continue_url(progress), label, f"{where} {_left_in(progress, place)}", heading, again)


def start_label(progress: LessonProgress) -> str:
    """Return the words of a button that leads to a lesson by its title."""
    title = progress.lesson.title
    return _("Start “%(title)s”", title=title) if _is_new(progress) else _("Go on with “%(title)s”", title=title)


def _is_new(progress: LessonProgress) -> bool:
    return progress.status == "new" or progress.asks_age


def _label(progress: LessonProgress, reading: str) -> str:
    """Return the words of a button that leads to a lesson's quiz, or to its text, as given."""
    if progress.attempt:
        return _("Go on with the quiz")
    return _("Take the quiz") if progress.status == "quiz" else reading


def _left_in(progress: LessonProgress, place: ReadingPlace | None) -> str:
    if progress.asks_age:
        return _("It asks for your age group first.")
    if progress.attempt:
        return _("The quiz is at question %(number)s of %(total)s.",
                 number=progress.attempt.number, total=progress.attempt.total)  # fmt: skip
    if progress.status == "quiz":
        return _("You have read it. The quiz is left.")
    if progress.status == "reading":
        return _("The quiz is passed. The reading is left.")
    if not place:
        return ngettext("About %(num)s minute with the quiz.", "About %(num)s minutes with the quiz.",
                        progress.minutes_left)  # fmt: skip
    left = ngettext("About %(num)s minute of reading is left, then the quiz.",
                    "About %(num)s minutes of reading are left, then the quiz.", place.minutes_left)  # fmt: skip
    if not place.title:
        return _("You had reached paragraph %(number)s.", number=place.number) + f" {left}"
    return (
        _("You had reached paragraph %(number)s, in “%(title)s”.", number=place.number, title=place.title) + f" {left}"
    )
