"""Addresses of lessons, and words of the pages of a lesson and of its quiz."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from learnapp.content.catalog import Lesson
from learnapp.learning.lessons.pages import LessonText, LessonView
from learnapp.learning.lessons.pretest import Advice
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.reading_time import ReadingPlace
from learnapp.quiz.quiz import QuizVersion


def lesson_url(lesson: Lesson, anchor: str | None = None) -> str:
    """Return the address of a lesson, or of a place in it."""
    return url_for("lessons.lesson", module=lesson.module, lesson=lesson.slug, _anchor=anchor)


def left_off(place: ReadingPlace) -> str:
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
