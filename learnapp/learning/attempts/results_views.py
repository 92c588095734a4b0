"""Results that are due: given to the current user by the page that reads next, and what stands in their place before.

Nothing is asked of the database here unless a quiz is sealed, which the statements that pages send anyhow tell.
"""

from dataclasses import replace

from flask import g, render_template
from flask.typing import ResponseReturnValue

from learnapp.content.catalog import Course
from learnapp.database.db import db
from learnapp.learning.access import current_age_access, current_progress, current_terms, current_user_id, lesson_or_404
from learnapp.learning.attempts import screens
from learnapp.learning.attempts.release import release_results
from learnapp.learning.attempts.start import is_only_kept, take_up
from learnapp.learning.attempts.values import AttemptDetail, AttemptSummary
from learnapp.learning.errors import ResultsWait
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.overview import CourseProgress, ModuleProgress
from learnapp.learning.terms import Terms
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound


def give_due_results() -> bool:
    """Give the current user the results that are due, and tell whether there were any."""
    given = release_results(db.session, [current_user_id()], clock.now())
    db.session.commit()
    return given


def waiting_terms(lesson: str) -> Terms | None:
    """Return the terms of a sealed quiz while its results wait; else give what is due, and return None."""
    terms = waiting_terms_of(lesson)
    if terms is None:
        give_due_results()
    return terms


def waiting_terms_of(lesson: str) -> Terms | None:
    """Return the terms of a lesson's quiz for the current user while its results wait."""
    now = clock.now()
    terms = current_terms(now).get(lesson)
    return terms if terms is not None and terms.waits(now) else None


def terms_to_begin(lesson: str, *, sealed: bool) -> Terms | None:
    """Return the terms by which a quiz begins now, None where it tells its results at once.

    A test that opens later makes nothing wait that begins now.
    """
    terms = waiting_terms_of(lesson)
    return terms if terms is not None and (terms.begun or sealed) else None


def take_up_from_device(summary: AttemptSummary) -> None:
    """Open an attempt that was answered on a device; its results wait where those of one that begins now would.

    Raises ResultsWait where it was begun before and would tell what waits, so that its answers stay on the device.
    """
    terms = terms_to_begin(summary.lesson, sealed=summary.sealed)
    if summary.sealed and terms is None:
        give_due_results()
        summary = replace(summary, sealed=False)
    if terms is not None and summary.sealed and not summary.deferred and not is_only_kept(summary):
        raise ResultsWait(terms)
    take_up(db.session, summary, g.arrived_at, deferred=terms is not None)


def settled_progress(course: Course) -> CourseProgress:
    """Return the current user's progress in a course, with the results that are due."""
    progress = current_progress(course)
    return current_progress(course) if progress.sealed and give_due_results() else progress


def settled_course_or_404(course: str) -> CourseProgress:
    """Return the progress in the course of this name with the results that are due; raises NotFound."""
    found = current_catalog().courses.get(course)
    if found is None:
        raise NotFound
    return settled_progress(found)


def settled_module_or_404(module: str) -> tuple[CourseProgress, ModuleProgress]:
    """Return the course's and the module's progress with the results that are due; raises NotFound."""
    catalog = current_catalog()
    found = catalog.modules.get(module)
    if found is None:
        raise NotFound
    course = settled_progress(catalog.course_of(found.lessons[0]))
    return course, course.module(module)


def settled_lesson_or_404(module: str, lesson: str) -> tuple[CourseProgress, LessonProgress]:
    """Return the course's and the lesson's progress with the results that are due; raises NotFound."""
    course, progress = lesson_or_404(module, lesson)
    return lesson_or_404(module, lesson) if course.sealed and give_due_results() else (course, progress)


def waiting_page(attempt: AttemptDetail, terms: Terms) -> ResponseReturnValue:
    """Answer with what was answered, and when results are shown."""
    waiting = screens.build_waiting(current_catalog(), attempt, terms, current_age_access(), clock.now())
    return render_template("attempts/attempt.html", waiting=waiting)
