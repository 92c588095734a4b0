"""Lesson wording: addresses of lessons, the words of their pages and quizzes, and links to go on."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from learnapp.content.catalog import Lesson
from learnapp.learning.lessons.pages import LessonText, LessonView
from learnapp.learning.lessons.pretest import Advice
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.overview import CourseProgress
from learnapp.learning.progress.reading_time import ReadingPlace, places
from learnapp.quiz.quiz import QuizVersion
from learnapp.web.catalog import current_catalog
from learnapp.web.i18n import chosen_zone, when


@dataclass(frozen=True, slots=True)
class ContinueLink:
    """Where to go on: an address, the words of its button, a sentence beside it.

    Perhaps with a `heading`, and the label of a second link to begin the lesson `again`.
    """

    url: str
    label: str
    note: str
    heading: str = ""
    again: str = ""


def tab_title(lesson: Lesson) -> str:
    """Return what tabs, the history and bookmarks call a lesson: a strong one by its place, not by its subject."""
    if lesson.sensitivity != "strong":
        return lesson.title
    module = current_catalog().modules[lesson.module].number
    return _("Module %(module)s, lesson %(lesson)s", module=module, lesson=lesson.number)


def lesson_url(lesson: Lesson, anchor: str | None = None) -> str:
    """Return the address of a lesson, or of a place in it."""
    return url_for("lessons.lesson", module=lesson.module, lesson=lesson.slug, _anchor=anchor)


def trail(lesson: Lesson) -> list[tuple[str, ...]]:
    """Return the way down to a lesson's page: address and words of its course and module, and their language."""
    catalog = current_catalog()
    course, module = catalog.course_of(lesson), catalog.modules[lesson.module]
    words = _("Module %(number)s: %(title)s", number=module.number, title=module.title)
    return [
        (url_for("lessons.course", course=course.slug), course.title, "en"),
        (url_for("lessons.module", module=module.slug), words),
    ]


def place_note(place: ReadingPlace) -> str:
    """Return where a reader left off, as the lesson itself says it."""
    if not place.title:
        return _("You left off at paragraph %(number)s.", number=place.number)
    return _("You left off at paragraph %(number)s, in “%(title)s”.", number=place.number, title=place.title)


def route_note(route: str, text: LessonText) -> str:
    """Return which way to read a lesson was chosen."""
    if route == "short":
        return _("You chose the short version.")
    if not text.cards:
        return _("You chose to read the lesson.")
    return _("You chose to read everything.") if route == "all" else _("You chose to keep the strong parts closed.")


def lesson_end(view: LessonView, text: LessonText) -> str:
    """Return what is left to do at the end of a lesson."""
    if view.complete:
        return _("You have done this lesson. Best quiz so far: %(percent)s%%.", percent=view.percent)
    if view.handed_in:
        return _("You have handed in the quiz of this lesson. Its result comes later.")
    if view.read:
        return _("You have read this lesson. Its quiz is what is left.")
    return _("%(questions)s questions, about %(minutes)s minutes.", questions=text.questions, minutes=text.minutes)


def quiz_rule(quiz: QuizVersion) -> str:
    """Return how a quiz is answered, by its behaviour."""
    if quiz.behaviour == "immediate":
        return _("You check each answer by itself and see at once why it holds or does not.")
    if quiz.behaviour == "interactive":
        return _("You may try each question three times. A hint or a try that fails takes a third off its mark.")
    return _("You answer all questions first. When you finish, you see each answer with its reason.")


def deferred_rule() -> str:
    """Return how a quiz is answered whose results wait."""
    return _("You answer all questions first, and can change your answers until you hand them in or the quiz closes.")


def quiz_button(progress: LessonProgress, kind: str, taken: bool) -> str:
    """Return the words of the button that begins a lesson's quiz of this kind, or goes on with it."""
    if progress.attempt and progress.attempt.kind == kind:
        return _("Go on at question %(number)s", number=progress.attempt.number)
    return _("Take the quiz again") if taken else _("Start the quiz")


def attempt_label(kind: str, passed: bool | None) -> str:
    """Return what an attempt of a lesson was, and whether it passed."""
    labels = {"main": _("Quiz"), "short": _("Short quiz"), "missed": _("Practice of what you missed")}
    return f"{labels[kind]} · {_('passed')}" if passed else labels[kind]


def advice_words(advice: Advice) -> str:
    """Return what the look ahead at a module says of one lesson."""
    if advice.state == "new":
        return _("Something in it may be new to you.")
    if advice.state == "left out":
        return ngettext("You left its question out.", "You left its questions out.", advice.asked)
    if advice.answered < advice.asked:
        return _("You knew what you answered. The lesson tells where it comes from.")
    return _("You knew what was asked. The lesson tells where it comes from.")


def continue_url(progress: LessonProgress) -> str:
    """Return where to go on in a lesson: its open attempt, its quiz if only that is left, else its text."""
    if progress.attempt:
        return url_for("attempts.attempt", attempt_id=progress.attempt.id)
    if progress.status == "quiz":
        return url_for("lessons.quiz", module=progress.lesson.module, lesson=progress.lesson.slug)
    return lesson_url(progress.lesson, progress.state.place)


def continue_label(course: CourseProgress, progress: LessonProgress) -> str:
    """Return the words of the button that goes on in a course at this lesson, on whatever page it stands."""
    if progress.attempt:
        return _("Go on with the quiz")
    if progress.status == "quiz":
        return _("Take the quiz")
    if _place(progress):
        return _("Go on reading")
    if not course.begun:
        return _("Start the first lesson")
    return _("Start the next lesson") if _is_new(progress) else _("Start reading")


def continue_lesson(course: CourseProgress, progress: LessonProgress) -> ContinueLink:
    """Return where to go on in the lesson that comes next, with what was reached in it and what is left."""
    place = _place(progress)
    if progress.state.place_at and progress.status == "begun":
        heading = _stopped_words(progress.state.place_at)
    else:
        heading = _("Next lesson") if _is_new(progress) else _("You are here")
    module = course.module(progress.lesson.module)
    where = _("Module %(module)s, lesson %(number)s of %(total)s.",
              module=module.module.number, number=progress.lesson.number, total=module.total)  # fmt: skip
    again = _("From the beginning") if place else ""
    if progress.attempt:
        again = _("Look at the lesson")
    note = f"{where} {_rest_note(progress, place)}"
    return ContinueLink(continue_url(progress), continue_label(course, progress), note, heading, again)


def start_label(progress: LessonProgress) -> str:
    """Return the words of a button that leads to a lesson by its title."""
    title = progress.lesson.title
    return _("Start “%(title)s”", title=title) if _is_new(progress) else _("Go on with “%(title)s”", title=title)


def _stopped_words(moment: datetime) -> str:
    """Return on which day a reader stopped, as HTML: a script knows better where no zone was chosen."""
    words = Markup.escape(when(moment))
    if not chosen_zone():
        words = Markup('<time datetime="{}" data-style="when">{}</time>').format(moment.isoformat(), words)
    return Markup(_("You stopped here, %(when)s")) % {"when": words}  # noqa: S704 - our own words


def _is_new(progress: LessonProgress) -> bool:
    return progress.status == "new" or progress.asks_age


def _place(progress: LessonProgress) -> ReadingPlace | None:
    """Return where the reader stopped; None where nothing was reached, or the place has left the lesson."""
    return places(progress.lesson, progress.state.route).get(progress.state.place or "")


def _rest_note(progress: LessonProgress, place: ReadingPlace | None) -> str:
    if progress.asks_age:
        return _("It asks for your age group first.")
    if progress.attempt:
        return _("The quiz is at question %(number)s of %(total)s.",
                 number=progress.attempt.number, total=progress.attempt.total)  # fmt: skip
    if progress.status == "quiz":
        return _("You have read it. The quiz is left.")
    if progress.result_waits:
        return _("The quiz is handed in. The reading is left.")
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
